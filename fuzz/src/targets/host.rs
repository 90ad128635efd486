//! The host, with an authenticated member that says anything.
//!
//! Records: a byte for what happens, then what that takes.
//!
//! | byte | what happens |
//! |---|---|
//! | 0 | the member sends a message |
//! | 1 | the same; a proposal has the number that is due |
//! | 2 | the host edits by a script |
//! | 3 | an honest member does |
//! | 4 | the member does not read, and misses something |
//! | 5 | it creates an object: place in a list of keys, length of the chunks, and a value of the deep type |
//! | 6 | its connection is cut |
//! | 7 | it comes again, and asks for what it has missed; of what it has heard, and of its verdicts, it has so many less |
//! | 8 | it comes again, and does not ask |
//! | 9 | it is let go, and comes as another one |
//!
//! While it is cut off it can do none of the others.

mod made;

use std::sync::LazyLock;

use ipos::{
    Schema, schema_of,
    simulation::{Told, write_schema},
};

use super::Target;
use crate::{
    records::{put_bytes, put_varint, split},
    scene::{Scene, is_proposal, proposed},
    subject::{self, Deep, Guarded},
    trace::Trace,
};

pub(super) const TARGET: Target = Target {
    name: "host",
    run,
    make: made::make,
};

const KEYS: &[&str] = &["deep", "guarded", "list", "judged", "new", "ä", ""];

static SCHEMAS: LazyLock<[Schema; 4]> = LazyLock::new(|| {
    [
        schema_of::<Deep>(),
        schema_of::<Guarded>(),
        schema_of::<Vec<String>>(),
        schema_of::<Vec<u64>>(),
    ]
});

static DEEP: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut message = vec![10];
    message.extend(write_schema(&subject::deep()));
    message
});

/// What an attack is in the middle of.
struct Attack {
    scene: Scene,
    /// The number of the next proposal.
    due: u64,
    has_told: bool,
    is_cut: bool,
    /// What has the last place in the order of all that it was told, and the last verdict.
    heard: u64,
    settled: u64,
}

impl Attack {
    fn new() -> Self {
        Self {
            scene: Scene::new(),
            due: 1,
            has_told: false,
            is_cut: false,
            heard: 0,
            settled: 0,
        }
    }

    /// Something happens; `false` when the connection ends.
    fn step(&mut self, what: u8, record: &[u8], trace: &mut Trace) -> bool {
        match what {
            2 => self.scene.edit_at_host(script(record)),
            3 => self.scene.edit_at_honest(script(record)),
            7 | 8 if self.is_cut => {
                self.scene.come_back();
                (self.is_cut, self.has_told) = (false, false);
                return what == 8 || self.send(&self.resume(record), trace);
            }
            9 => {
                self.scene.come_as_another();
                (self.is_cut, self.has_told) = (false, false);
                (self.due, self.heard, self.settled) = (1, 0, 0);
            }
            _ if self.is_cut => {}
            0 => return self.send(record, trace),
            1 => return self.send(&proposed(record, self.due), trace),
            4 => self.scene.host.lags(self.scene.other),
            5 => return self.create(record, trace),
            6 => {
                self.scene.cut_off();
                self.is_cut = true;
            }
            _ => {}
        }
        true
    }

    /// The member sends a message; `false` when the connection ends.
    fn send(&mut self, message: &[u8], trace: &mut Trace) -> bool {
        let received = self.scene.receive(message);
        trace.note(message.first().copied().unwrap_or(99));
        trace.outcome(&received);
        if received.is_ok() && is_proposal(message) {
            self.due += 1;
        }
        received.unwrap_or(false)
    }

    /// What it asks when it comes again, with so much less than it has.
    fn resume(&self, less: &[u8]) -> Vec<u8> {
        let less = |at: usize| less.get(at).copied().map_or(0, u64::from);
        let mut message = vec![8];
        for number in [
            self.heard.saturating_sub(less(0)),
            self.settled.saturating_sub(less(1)),
        ] {
            put_varint(&mut message, u128::from(number));
        }
        message
    }

    /// It hears what it is told.
    fn hear(&mut self, message: &[u8], trace: &mut Trace) {
        let told = Told::read(message).expect("it was read before");
        match &told {
            Told::Rejected { reason, .. } | Told::Failed { reason, .. } => trace.say(reason),
            _ => trace.note(message[0]),
        }
        match told {
            Told::Accepted { .. } | Told::Amended { .. } | Told::Acted { .. } => trace.accept(),
            // Proposals behind that have not arrived.
            Told::Resumed { taken, .. } => self.due = taken + 1,
            _ => {}
        }
        let (seq, number) = match told {
            Told::Accepted { seq, number }
            | Told::Amended { seq, number, .. }
            | Told::Rejected { seq, number, .. }
            | Told::Acted { seq, number, .. }
            | Told::Failed { seq, number, .. } => (seq, number),
            Told::Stale { number } => (0, number),
            Told::Commit { seq, .. } | Told::Deleted { seq, .. } | Told::Live { seq } => (seq, 0),
            _ => (0, 0),
        };
        self.heard = self.heard.max(seq);
        self.settled = self.settled.max(number);
    }

    fn create(&mut self, how: &[u8], trace: &mut Trace) -> bool {
        let Some((&[key, size], value)) = how.split_first_chunk() else {
            return true;
        };
        if !self.has_told && !self.send(&DEEP, trace) {
            return false;
        }
        self.has_told = true;
        let mut message = vec![1];
        put_varint(&mut message, u128::from(self.due));
        message.extend(postcard::to_stdvec(&self.scene.other).expect("it is a number"));
        put_varint(&mut message, u128::from(self.due));
        put_bytes(&mut message, KEYS[usize::from(key) % KEYS.len()].as_bytes());
        let hash = SCHEMAS[0].hash();
        message.extend(postcard::to_stdvec(&hash).expect("it is an array"));
        put_varint(&mut message, value.len() as u128);
        let mut goes_on = self.send(&message, trace);
        for chunk in value.chunks(usize::from(size) + 1) {
            let mut message = vec![2];
            put_bytes(&mut message, chunk);
            goes_on = goes_on && self.send(&message, trace);
        }
        goes_on
    }
}

fn script(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0, |script, &byte| script << 8 | u64::from(byte))
}

fn run(input: &[u8]) -> Trace {
    let mut attack = Attack::new();
    let mut trace = Trace::default();
    for record in split(input) {
        let Some((&what, record)) = record.split_first() else {
            continue;
        };
        let goes_on = attack.step(what, record, &mut trace);
        attack.scene.deliver();
        for message in std::mem::take(&mut attack.scene.to_other) {
            attack.hear(&message, &mut trace);
        }
        if !goes_on {
            attack.scene.dismiss();
            break;
        }
    }
    attack.scene.check();
    trace
}
