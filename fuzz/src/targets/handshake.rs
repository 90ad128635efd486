//! The first message each way.
//!
//! Records: who speaks, the host if it begins with an odd byte; the message.

use fastrand::Rng;
use ipos::{
    SchemaHash,
    simulation::{self, Coming, Reply},
};

use super::Target;
use crate::{
    mutate::border,
    records::{join, put_varint, split},
    trace::Trace,
};

pub(super) const TARGET: Target = Target {
    name: "handshake",
    run,
    make,
};

fn run(input: &[u8]) -> Trace {
    let mut trace = Trace::default();
    let [who, message, ..] = split(input)[..] else {
        return trace;
    };
    let read = match who.first().is_some_and(|who| who % 2 == 1) {
        true => simulation::answer,
        false => simulation::hello,
    };
    let greeting = read(message);
    trace.outcome(&greeting);
    if let Ok(greeting) = greeting {
        trace.accept();
        trace.say(greeting.says);
        trace.size(greeting.again.len());
        assert!(
            greeting.again.len() <= message.len(),
            "nothing is longer than it was"
        );
        let again = read(&greeting.again);
        assert_eq!(again, Ok(greeting), "it is read as it is written");
    }
    trace
}

/// Hashes as a list of them is told, since they are made of types alone.
fn hashes(rng: &mut Rng) -> Vec<SchemaHash> {
    let count = match rng.u8(..16) {
        0 => rng.usize(..130),
        _ => rng.usize(..4),
    };
    let mut told = vec![];
    put_varint(&mut told, count as u128);
    told.extend(std::iter::repeat_with(|| rng.u8(..)).take(16 * count));
    postcard::from_bytes(&told).expect("it is a list of arrays")
}

fn text(rng: &mut Rng) -> String {
    let text = ["", "a", "worker ä", "not you, 語"][rng.usize(..4)];
    match rng.u8(..16) {
        0 => text.repeat(rng.usize(..64)),
        _ => text.to_owned(),
    }
}

fn secret(rng: &mut Rng) -> [u8; 32] {
    std::array::from_fn(|_| rng.u8(..))
}

/// What takes numbers reads them from these, whichever they are.
fn numbers(rng: &mut Rng) -> Vec<u8> {
    let mut numbers = vec![rng.u8(..2)];
    for _ in 0..rng.usize(..6) {
        let number = match rng.u8(..4) {
            0 => border(rng),
            _ => rng.u128(..5),
        };
        put_varint(&mut numbers, number & u128::from(u64::MAX));
    }
    numbers.extend([0; 16]);
    numbers
}

fn said_by_host(rng: &mut Rng) -> Vec<u8> {
    let (text, has, known) = (text(rng), hashes(rng), numbers(rng));
    simulation::write_answer(match rng.u8(..4) {
        0 => Reply::Refused(&text),
        1 => Reply::Later(&text),
        _ => Reply::Welcome {
            you: postcard::from_bytes(&[rng.u8(..128)]).expect("it is a number"),
            label: &text,
            frame_limit: u64::try_from(border(rng)).unwrap_or(u64::MAX),
            has: &has,
            ticket: rng.bool().then(|| secret(rng)),
            known: &known,
        },
    })
}

fn said_by_member(rng: &mut Rng) -> Vec<u8> {
    let coming = match rng.u8(..3) {
        0 => Coming::ByName,
        1 => Coming::Invited(secret(rng)),
        _ => Coming::Again(secret(rng)),
    };
    simulation::write_hello(coming, &text(rng), hashes(rng))
}

fn make(rng: &mut Rng) -> Vec<u8> {
    let is_host = rng.bool();
    let message = match is_host {
        true => said_by_host(rng),
        false => said_by_member(rng),
    };
    join([vec![u8::from(is_host)], message])
}
