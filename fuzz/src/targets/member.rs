//! A member, with a host that says anything.
//!
//! Records: a byte for what happens, then what that takes.
//!
//! | byte | what happens |
//! |---|---|
//! | 0 | the host sends a message |
//! | 1 | the same; a verdict is on the oldest proposal |
//! | 2 | the same, and more messages are at hand |
//! | 3 | the member edits by a script |
//! | 4 | it creates or deletes an object under one of some keys |
//! | 5 | it is cut off, and asks for what it has missed |
//! | 6 | it begins a barrier |
//! | 7 | the host tells the table of one of some types |
//! | 8 | it is cut off, and joins another host |
//! | 9 | what that has not is at an end |

use std::{collections::VecDeque, sync::LazyLock};

use fastrand::Rng;
use ipos::{
    PeerId, Progress, Schema, Subscription, schema_of,
    simulation::{Asked, Dynamic, Me, Member, write_schema},
};

use super::Target;
use crate::{
    grammar,
    mutate::{LONGEST, border},
    records::{join, put_bytes, put_varint, split},
    scene::{Scene, edit_at, is_verdict, judged},
    subject::{Deep, Guarded},
    trace::Trace,
};

pub(super) const TARGET: Target = Target {
    name: "member",
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

/// The messages that tell their tables.
static TOLD: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let told = |schema: &Schema| {
        let mut message = vec![14];
        message.extend(write_schema(schema));
        message
    };
    SCHEMAS.iter().map(told).collect()
});

/// The second process that is let in, as in the scenes.
fn me() -> PeerId {
    process(2)
}

fn process(number: u8) -> PeerId {
    postcard::from_bytes(&[number]).expect("it is a number")
}

/// A member under attack.
struct Attacked {
    member: Member,
    /// The proposals without a verdict.
    open: VecDeque<u64>,
    ear: Option<(Subscription<Progress<Deep>>, Deep)>,
}

impl Attacked {
    fn new() -> Self {
        Self {
            member: Member::new(me()),
            open: VecDeque::new(),
            ear: None,
        }
    }

    /// The host sends a message; `false` when the connection ends.
    fn hear(&mut self, message: &[u8], more: bool, trace: &mut Trace) -> bool {
        let heard = match more {
            true => self.member.gather(message),
            false => self.member.receive(message),
        };
        trace.note(message.first().copied().unwrap_or(99));
        trace.outcome(&heard);
        if heard.is_ok() && is_verdict(message) {
            self.open.pop_front();
        }
        // A commit of another, or what became of its own.
        if heard.is_ok() && (message.first() == Some(&2) || is_verdict(message)) {
            trace.accept();
        }
        heard.is_ok()
    }

    /// What it has posted can be read, and its objects can be told.
    fn look(&mut self, trace: &mut Trace) {
        for message in self.member.take_outgoing() {
            let asked = Asked::read(&message).expect("a member writes what can be read");
            trace.note(message[0]);
            match asked {
                Asked::Commit { number, .. }
                | Asked::Create { number, .. }
                | Asked::Delete { number, .. } => self.open.push_back(number),
                _ => {}
            }
        }
        self.member.take_noticed();
        if self.ear.is_none()
            && let Some(handle) = self.member.named("deep")
            && let Some(ear) = handle.hear::<Deep>(&Me::new(me()), 16)
        {
            let copy = ear.snapshot();
            self.ear = Some((ear, copy));
        }
        if let Some((ear, copy)) = &mut self.ear {
            while let Some(progress) = ear.try_next() {
                if let Progress::Changed { change, .. } = progress {
                    trace.note(u8::from(change.apply_to(copy)));
                }
            }
        }
    }

    fn check(&mut self) {
        for key in self.member.keys() {
            let handle = self.member.named(&key).expect("it has what it names");
            let view = handle.view();
            let held = Dynamic::read(&view.value, &view.schema);
            held.expect("what was accepted can be read again");
        }
    }
}

fn script(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0, |script, &byte| script << 8 | u64::from(byte))
}

fn run(input: &[u8]) -> Trace {
    let mut attacked = Attacked::new();
    let mut trace = Trace::default();
    for record in split(input) {
        let Some((&what, record)) = record.split_first() else {
            continue;
        };
        let goes_on = match what {
            0 => attacked.hear(record, false, &mut trace),
            1 | 2 => {
                let oldest = attacked.open.front().copied().unwrap_or_default();
                attacked.hear(&judged(record, oldest), what == 2, &mut trace)
            }
            7 => {
                let which = record.first().map_or(0, |&which| usize::from(which % 4));
                attacked.hear(&TOLD[which], false, &mut trace)
            }
            _ => {
                let done = act(&mut attacked.member, what, record);
                trace.outcome(&done);
                done.is_ok()
            }
        };
        attacked.look(&mut trace);
        if !goes_on {
            break;
        }
    }
    // What is left of the session still works.
    edit_at(&mut attacked.member, 1);
    attacked.look(&mut trace);
    attacked.check();
    trace
}

/// The member does something of its own; fails when the connection ends by what was at hand.
fn act(member: &mut Member, what: u8, how: &[u8]) -> Result<(), String> {
    match what {
        3 => drop(edit_at(member, script(how))),
        4 => {
            let which = how.first().map_or(0, |&which| usize::from(which));
            let key = KEYS[which % KEYS.len()];
            match which / KEYS.len() % 3 {
                0 => drop(member.delete(key)),
                1 => drop(member.create(key, vec!["mine".to_owned()])),
                _ => drop(member.create(key, Deep::default())),
            }
        }
        5 => {
            member.cut_off()?;
            member.resume();
        }
        6 => drop(member.barrier()),
        // It comes to another host, as another member or by chance the same.
        8 => {
            member.cut_off()?;
            member.rejoin(process(2 + how.first().copied().unwrap_or(0) % 2));
        }
        9 => member.disown(),
        _ => {}
    }
    Ok(())
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

/// A message as a record; a table by its place among those that are known.
fn told(what: u8, message: &[u8]) -> Vec<u8> {
    match TOLD.iter().position(|told| told == message) {
        Some(which) => vec![7, u8::try_from(which).expect("they are few")],
        None => with(what, message),
    }
}

/// What a host has sent in a session, and what the member has done in between.
fn session(rng: &mut Rng) -> Vec<u8> {
    let mut scene = Scene::new();
    let mut member = Member::new(scene.other);
    let mut records = vec![];
    let mut length = 0;
    for _ in 0..rng.usize(2..32) {
        let seed = rng.u64(..);
        match rng.u8(..12) {
            0..=2 => scene.edit_at_host(seed),
            3 => scene.edit_at_honest(seed),
            4 => {
                let key = KEYS[rng.usize(2..KEYS.len())];
                match rng.bool() {
                    true => scene.host.create(key, vec![seed.to_string()]),
                    false => drop(scene.host.delete(key)),
                }
            }
            5 => scene.host.lags(scene.other),
            6..=8 => {
                let (what, how) = match rng.u8(..8) {
                    0 => (4, vec![rng.u8(..21)]),
                    1 => (6, vec![]),
                    _ => (3, seed.to_be_bytes().to_vec()),
                };
                act(&mut member, what, &how).expect("a host is understood");
                records.push(with(what, &how));
            }
            _ => {}
        }
        scene.deliver();
        if rng.bool() {
            let messages = std::mem::take(&mut scene.to_other);
            for message in messages {
                let record = told(1, &message);
                length += record.len() + 2;
                if length > LONGEST - 512 {
                    return join(records);
                }
                records.push(record);
                member.receive(&message).expect("a host is understood");
            }
        }
        for message in member.take_outgoing() {
            scene.receive(&message).expect("a member is understood");
        }
    }
    join(records)
}

fn put_object(message: &mut Vec<u8>, place: usize) {
    put_varint(message, 0);
    put_varint(message, place as u128);
}

/// What a host could say and none does, behind a beginning that is as it should be.
fn drawn(rng: &mut Rng) -> Vec<u8> {
    let mut records = vec![];
    let which = rng.usize(..6).saturating_sub(2);
    records.push(vec![7, u8::try_from(which).expect("they are few")]);
    let value = match which {
        0 if rng.bool() => {
            let mut value = vec![];
            ipos::Shared::encode(&Deep::default(), &mut value);
            value
        }
        _ => grammar::value(&SCHEMAS[which], rng),
    };
    let mut object = vec![0, 1];
    put_object(&mut object, which + 1);
    put_bytes(&mut object, KEYS[which].as_bytes());
    let hash = postcard::to_stdvec(&SCHEMAS[which].hash());
    object.extend(hash.expect("it is an array"));
    object.push(0);
    put_varint(&mut object, value.len() as u128);
    records.push(with(0, &object));
    for chunk in value.chunks(rng.usize(1..512)) {
        let mut message = vec![1];
        put_bytes(&mut message, chunk);
        records.push(with(0, &message));
    }
    records.push(with(0, &[8, 1, 0]));
    let mut seq = 1;
    for _ in 0..rng.usize(1..10) {
        seq += rng.u128(..3);
        let seed = rng.u64(..);
        let patches = grammar::patches(&SCHEMAS[which], rng);
        records.push(match rng.u8(..13) {
            0..=2 => with(3, &seed.to_be_bytes()),
            3..=6 => {
                let mut message = vec![2];
                put_varint(&mut message, seq);
                put_varint(&mut message, rng.u128(..4));
                put_object(&mut message, which + 1);
                put_bytes(&mut message, &patches);
                with(rng.u8(1..3), &message)
            }
            7 | 8 => with(1, &verdict(seq, &patches, rng)),
            9 => with(4, &[rng.u8(..)]),
            10 => with(5, &[]),
            11 => with(0, &[&[14], &grammar::schema(rng)[..]].concat()),
            _ => {
                let mut message = vec![rng.u8(7..21)];
                (0..rng.usize(..4)).for_each(|_| put_varint(&mut message, border(rng)));
                with(0, &message)
            }
        });
    }
    join(records)
}

fn verdict(seq: u128, patches: &[u8], rng: &mut Rng) -> Vec<u8> {
    let kind = [3, 4, 5, 6, 15, 16][rng.usize(..6)];
    let mut message = vec![kind];
    if kind != 5 {
        put_varint(&mut message, seq);
    }
    put_varint(&mut message, 1);
    match kind {
        4 => put_bytes(&mut message, patches),
        6 => put_bytes(&mut message, b"no"),
        15 => {
            message.push(1);
            put_bytes(&mut message, patches);
            message.extend([1, 2, 0, 1]);
        }
        16 => {
            put_bytes(&mut message, b"no");
            put_bytes(&mut message, &[1, 1, b'x']);
        }
        _ => {}
    }
    message
}
