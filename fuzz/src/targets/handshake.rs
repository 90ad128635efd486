//! The first message each way.
//!
//! Records: who speaks, the host if it begins with an odd byte; the message.

use fastrand::Rng;
use ipos::simulation;

use super::Target;
use crate::{
    mutate::border,
    records::{join, put_bytes, put_varint, split},
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
    let again = read(message);
    trace.outcome(&again);
    if let Ok(again) = again {
        assert!(
            again.len() <= message.len(),
            "nothing is longer than it was"
        );
        assert_eq!(
            read(&again),
            Ok(again.clone()),
            "it is read as it is written"
        );
        trace.size(again.len());
    }
    trace
}

fn make(rng: &mut Rng) -> Vec<u8> {
    let mut message = b"IPOS\x03\x00".to_vec();
    let is_host = rng.bool();
    let hashes = |message: &mut Vec<u8>, rng: &mut Rng| {
        let count = rng.usize(..4);
        put_varint(message, count as u128);
        (0..16 * count).for_each(|_| message.push(rng.u8(..)));
    };
    match (is_host, rng.u8(..3)) {
        (true, 0) => {
            message.push(1);
            put_bytes(&mut message, "not you, ä".as_bytes());
        }
        (true, _) => {
            message.push(0);
            put_varint(&mut message, rng.u128(..300));
            put_varint(&mut message, border(rng) & u128::from(u64::MAX));
            hashes(&mut message, rng);
        }
        (false, _) => {
            (0..32).for_each(|_| message.push(rng.u8(..)));
            put_bytes(&mut message, "worker ä".as_bytes());
            hashes(&mut message, rng);
        }
    }
    join([vec![u8::from(is_host)], message])
}
