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

use std::sync::LazyLock;

use fastrand::Rng;
use ipos::{
    Schema, schema_of,
    simulation::{Member, Told, write_schema},
};

use super::Target;
use crate::{
    grammar,
    mutate::{LONGEST, border},
    records::{join, put_bytes, put_varint, split},
    scene::{Scene, edit_at, is_proposal, proposed},
    subject::{self, Deep, Guarded},
    trace::Trace,
};

pub(super) const TARGET: Target = Target {
    name: "host",
    run,
    make,
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
}

impl Attack {
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
    let mut attack = Attack {
        scene: Scene::new(),
        due: 1,
        has_told: false,
    };
    let mut trace = Trace::default();
    for record in split(input) {
        let Some((&what, record)) = record.split_first() else {
            continue;
        };
        let goes_on = match what {
            0 => attack.send(record, &mut trace),
            1 => attack.send(&proposed(record, attack.due), &mut trace),
            2 => {
                attack.scene.edit_at_host(script(record));
                true
            }
            3 => {
                attack.scene.edit_at_honest(script(record));
                true
            }
            4 => {
                let other = attack.scene.other;
                attack.scene.host.lags(other);
                true
            }
            5 => attack.create(record, &mut trace),
            _ => true,
        };
        attack.scene.deliver();
        for message in attack.scene.to_other.drain(..) {
            let told = Told::read(&message).expect("it was read before");
            if let Told::Rejected { reason, .. } | Told::Failed { reason, .. } = told {
                trace.say(&reason);
            } else {
                trace.note(message[0]);
            }
        }
        if !goes_on {
            attack.scene.dismiss();
            break;
        }
    }
    attack.scene.check();
    trace
}

fn make(rng: &mut Rng) -> Vec<u8> {
    match rng.bool() {
        true => session(rng),
        false => drawn(rng),
    }
}

fn with(what: u8, bytes: &[u8]) -> Vec<u8> {
    let mut record = vec![what];
    record.extend(bytes);
    record
}

/// What a member has sent in a session.
fn session(rng: &mut Rng) -> Vec<u8> {
    let mut scene = Scene::new();
    let mut member = Member::new(scene.other);
    let mut records = vec![];
    let mut length = 0;
    for _ in 0..rng.usize(2..24) {
        let seed = rng.u64(..);
        match rng.u8(..16) {
            0..=5 => drop(edit_at(&mut member, seed)),
            6 | 7 => {
                scene.edit_at_host(seed);
                records.push(with(2, &seed.to_be_bytes()));
            }
            8 => {
                scene.edit_at_honest(seed);
                records.push(with(3, &seed.to_be_bytes()));
            }
            9 => {
                scene.host.lags(scene.other);
                records.push(vec![4]);
            }
            10 => drop(member.create("new", vec![seed.to_string()])),
            11 => drop(member.delete(["new", "list", "guarded"][rng.usize(..3)])),
            12 => drop(member.barrier()),
            _ => {
                scene.deliver();
                for message in scene.to_other.drain(..) {
                    member.receive(&message).expect("a host is understood");
                }
            }
        }
        for message in member.take_outgoing() {
            length += message.len() + 3;
            if length > LONGEST - 512 {
                return join(records);
            }
            records.push(with(1, &message));
            scene.receive(&message).expect("a member is understood");
        }
        scene.deliver();
    }
    join(records)
}

/// Proposals that a member could make and none does.
fn drawn(rng: &mut Rng) -> Vec<u8> {
    let mut records = vec![];
    for _ in 0..1 + rng.usize(..6) {
        let seed = rng.u64(..);
        records.push(match rng.u8(..12) {
            0 => with(2, &seed.to_be_bytes()),
            1 => with(3, &seed.to_be_bytes()),
            2 => {
                let mut how = vec![rng.u8(..8), rng.u8(..)];
                how.extend(grammar::value(&SCHEMAS[0], rng));
                with(5, &how)
            }
            3 => {
                let mut message = vec![3, 1];
                put_bytes(&mut message, KEYS[rng.usize(..KEYS.len())].as_bytes());
                with(1, &message)
            }
            4 => {
                let mut message = vec![rng.u8(4..10)];
                (0..rng.usize(..3)).for_each(|_| put_varint(&mut message, border(rng)));
                with(0, &message)
            }
            5..=7 => with(1, &act(rng)),
            _ => with(1, &commit(0, rng)),
        });
    }
    join(records)
}

/// What stands before the patches of a commit, and its object's place among those of the host.
fn commit_to(kind: u8, rng: &mut Rng) -> (Vec<u8>, usize) {
    let place = rng.usize(..12).saturating_sub(8);
    let mut message = vec![kind, 1, 0];
    put_varint(&mut message, place as u128);
    let base = if rng.u8(..8) == 0 {
        border(rng)
    } else {
        rng.u128(..8)
    };
    put_varint(&mut message, base);
    message.push(u8::from(rng.u8(..6) == 0));
    message.push(rng.u8(..6).saturating_sub(3));
    (message, place)
}

fn commit(kind: u8, rng: &mut Rng) -> Vec<u8> {
    let (mut message, place) = commit_to(kind, rng);
    let patches = grammar::patches(&SCHEMAS[place.saturating_sub(1).min(3)], rng);
    put_bytes(&mut message, &patches);
    message
}

fn act(rng: &mut Rng) -> Vec<u8> {
    let (mut message, _) = commit_to(11, rng);
    let count = rng.usize(..4);
    put_bytes(&mut message, &grammar::marked(&SCHEMAS[0], count, rng));
    put_varint(&mut message, count as u128);
    for _ in 0..count {
        let (name, mut args) = (["play", "name", "other"][rng.usize(..3)], vec![]);
        match name {
            "play" => put_varint(&mut args, rng.u128(..64)),
            _ => put_bytes(&mut args, "name".repeat(rng.usize(1..6)).as_bytes()),
        }
        put_bytes(&mut message, name.as_bytes());
        put_bytes(&mut message, &args);
        let asks = rng.u8(..3);
        message.push(asks);
        if asks == 2 {
            put_bytes(&mut message, &[0, rng.u8(..5)]);
        }
    }
    message
}
