#![cfg(not(loom))]

use super::*;
use crate::{
    core::{
        LABEL_LIMIT, PeerId,
        handshake::{self, Answer, Known, SIZE_LIMIT, Secret},
    },
    schema::table_of,
};

fn object(number: u32) -> ObjectId {
    ObjectId {
        creator: PeerId(u32::MAX - 1),
        number,
    }
}

#[test]
fn what_was_sent_back_was_not_dealt_with() {
    let dealt = Dealt::new(9, BTreeMap::from([(object(1), 4), (object(2), 12)]));
    let taken = [1, 2, 3].map(|number| dealt.taken_for(object(number)));
    assert_eq!(taken, [3, 9, 9]);
}

#[test]
fn a_first_message_has_room_for_all_of_it() {
    let first = u64::MAX - 1000;
    let stale = (0..200).map(|number| (object(u32::MAX - number), first + u64::from(number)));
    let dealt = Dealt::new(u64::MAX, stale.collect());
    // Those that were sent back last are told.
    assert_eq!(dealt.stale.len(), STALE);
    assert_eq!(dealt.stale.values().min(), Some(&(first + 200 - 64)));
    let welcome = Answer::Welcome {
        you: PeerId(u32::MAX - 1),
        label: &"x".repeat(LABEL_LIMIT),
        frame_limit: u64::MAX,
        has: vec![table_of::<u32>().hash(); 128],
        ticket: Some(Secret([0; 32])),
        known: Known::Not(dealt),
    };
    let mut bytes = Vec::new();
    handshake::write(&mut bytes, &welcome);
    assert!(bytes.len() < SIZE_LIMIT, "{}", bytes.len());
}
