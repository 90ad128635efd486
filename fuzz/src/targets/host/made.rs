//! Attacks on a host that are drawn.

use fastrand::Rng;
use ipos::{
    Schema,
    simulation::{Member, read_schema},
};

use super::{KEYS, SCHEMAS};
use crate::{
    grammar,
    mutate::{LONGEST, border},
    records::{join, put_bytes, put_varint},
    scene::{Scene, edit_at},
};

pub(super) fn make(rng: &mut Rng) -> Vec<u8> {
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
    let (mut length, mut is_cut) = (0, false);
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
            9 if !is_cut => {
                scene.host.lags(scene.other);
                records.push(vec![4]);
            }
            10 => drop(member.create("new", vec![seed.to_string()])),
            11 => drop(member.delete(["new", "list", "guarded"][rng.usize(..3)])),
            12 => drop(member.barrier()),
            13 if is_cut => {
                is_cut = false;
                scene.come_back();
                member.resume();
                records.push(vec![8]);
            }
            13 if rng.bool() => {
                is_cut = true;
                scene.cut_off();
                member.cut_off().expect("a host is understood");
                records.push(vec![6]);
            }
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
        let record = match rng.u8(..16) {
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
                // Those with one number or two, a ping among them.
                let kind = [4, 5, 6, 7, 8, 9, 12, 12][rng.usize(..8)];
                let mut message = vec![kind];
                let count = match kind {
                    12 => 1,
                    _ => rng.usize(..3),
                };
                (0..count).for_each(|_| {
                    put_varint(&mut message, border(rng) & u128::from(u64::MAX));
                });
                with(0, &message)
            }
            12 => {
                let schema = grammar::schema(rng);
                records.push(with(0, &[&[10], &schema[..]].concat()));
                if let Ok(schema) = read_schema(&schema) {
                    records.extend(of_own(&schema, rng));
                }
                with(2, &seed.to_be_bytes())
            }
            13 | 14 => {
                records.push(vec![6]);
                // What it misses meanwhile.
                for _ in 0..rng.usize(..4) {
                    records.push(with(rng.u8(2..4), &rng.u64(..).to_be_bytes()));
                }
                match rng.u8(..8) {
                    0 => with(8, &[]),
                    1 | 2 => with(9, &[]),
                    3 => with(7, &[rng.u8(..16), rng.u8(..4)]),
                    _ => with(7, &[rng.u8(..3), 0]),
                }
            }
            5..=7 => with(1, &act(rng)),
            _ => with(1, &commit(0, rng)),
        };
        records.push(record);
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

/// An object of a type of its own, and commits to it. The number of the member that is let in first is 2.
fn of_own(schema: &Schema, rng: &mut Rng) -> Vec<Vec<u8>> {
    let value = grammar::value(schema, rng);
    let object = [2, rng.u8(..3)];
    let mut create = vec![1, 1];
    create.extend(object);
    put_bytes(&mut create, KEYS[rng.usize(4..KEYS.len())].as_bytes());
    create.extend(postcard::to_stdvec(&schema.hash()).expect("it is an array"));
    put_varint(&mut create, value.len() as u128);
    let mut records = vec![with(1, &create)];
    for chunk in value.chunks(rng.usize(1..512)) {
        let mut message = vec![2];
        put_bytes(&mut message, chunk);
        records.push(with(0, &message));
    }
    for _ in 0..rng.usize(..3) {
        let mut message = vec![0, 1];
        message.extend(object);
        put_varint(&mut message, rng.u128(..8));
        message.extend([0, 0]);
        put_bytes(&mut message, &grammar::patches(schema, rng));
        records.push(with(1, &message));
    }
    records
}
