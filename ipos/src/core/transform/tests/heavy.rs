//! What takes long to be carried over each other is charged before it is done.

use std::collections::BTreeSet;

use super::super::{Commit, Edit, Work, patch::MOST_SELECTED};
use crate::{
    core::{
        Typed,
        commit::{self, Applied},
    },
    recorder::UndoLog,
    schema::schema_of,
    types::{
        list::{self, write_positions},
        set,
    },
    wire::put_length,
};

/// The insertion of so many elements from `first` on.
fn inserted(first: u32, count: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    put_length(&mut bytes, set::INSERT_ALL);
    put_length(&mut bytes, count as usize);
    for item in first..first + count {
        put_length(&mut bytes, item as usize);
    }
    bytes
}

#[test]
fn what_is_apart_by_its_keys_is_charged_by_their_number() {
    let schema = schema_of::<BTreeSet<u32>>();
    let full = || Work::new().keys;
    // How many keys each has, the first one of the other, how many may be looked at, and whether they are
    // left as they are for want of work.
    let rows = [
        ([1 << 16, 1 << 16], 1 << 16, full(), false),
        ([3000, 3000], 3000, 6000, false),
        ([3000, 3000], 3000, 5999, true),
        ([20, 3000], 20, 3020, false),
        ([3000, 20], 3000, 3019, true),
        // Those that share a key take pairs.
        ([1000, 1000], 999, full(), false),
        ([3000, 3000], 2999, full(), true),
    ];
    for (counts, second, keys, is_left) in rows {
        let bytes = [inserted(0, counts[0]), inserted(second, counts[1])];
        let parse = |bytes| Commit::parse(&schema, bytes).unwrap();
        let [mine, theirs] = [parse(&bytes[0][..]), parse(&bytes[1][..])];
        let mut work = Work {
            keys,
            ..Work::new()
        };
        let (over, under) = mine.clone().cross(theirs.clone(), &mut work);
        assert_eq!(work.is_spent(), is_left, "{counts:?} from {second}");
        assert_eq!(over.has_lost() && under.has_lost(), is_left);
        if is_left || second >= counts[0] {
            assert_eq!(
                (over.patches(), under.patches()),
                (mine.patches(), theirs.patches())
            );
        }
    }
}

/// Bits for a list, every other one set.
fn selected(length: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    write_positions(&mut bytes, list::SELECT, &[length]);
    bytes.resize(bytes.len() + length.div_ceil(8), 0x55);
    bytes
}

#[test]
fn many_bits_are_not_taken_apart() {
    let schema = schema_of::<Vec<u8>>();
    for (length, is_left) in [(MOST_SELECTED, false), (MOST_SELECTED + 1, true)] {
        let bytes = selected(length);
        let mut push = Vec::new();
        write_positions(&mut push, list::PUSH, &[length, 7]);
        let [mine, theirs] = [&bytes, &push].map(|bytes| Commit::parse(&schema, bytes).unwrap());
        let is_bits = matches!(mine.patches()[0].edit, Edit::Select(..));
        assert_eq!(is_bits, is_left, "{length}");
        let (over, under) = mine.cross(theirs, &mut Work::new());
        assert_eq!(
            [over.has_lost(), under.has_lost()],
            [is_left; 2],
            "{length}"
        );
        assert_eq!(over.write_whole() == bytes, is_left, "{length}");
    }
}

#[test]
fn bits_of_another_length_than_the_list_are_gone() {
    for (length, expected) in [(16, Applied::Whole), (17, Applied::Rest(vec![]))] {
        let mut typed = Typed::new(vec![1u8; 16]);
        let applied = commit::apply(&mut typed, &selected(length), &mut UndoLog::default());
        assert_eq!(applied, Ok(expected), "{length}");
    }
}
