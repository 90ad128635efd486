//! Methods that not every type of element has, and those that change nothing.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    fmt::Debug,
};

use ipos::{
    __private::{Cursor, Incoming, Recorder},
    Shared,
};

/// What a change records.
fn recorded<T: Shared>(value: &mut T, change: impl FnOnce(&mut T::Mut<'_>)) -> Vec<u8> {
    let mut recorder = Recorder::default();
    change(&mut T::writer(Cursor::new(value, &mut recorder)));
    recorder.patches().to_vec()
}

/// Does a change on the wrapper and on the value itself: the same comes of it, here and in a replica, and
/// it takes no more than so many bytes.
#[track_caller]
fn check<T: Shared + PartialEq>(
    before: T,
    most: usize,
    live: impl FnOnce(&mut T::Mut<'_>),
    plain: impl FnOnce(&mut T),
) {
    let (mut value, mut model, mut replica) = (before.clone(), before.clone(), before);
    let patches = recorded(&mut value, live);
    plain(&mut model);
    assert_eq!(value, model);
    let mut incoming = Incoming::new(&patches, None);
    while incoming.advance() {
        replica.apply(&mut incoming).unwrap();
    }
    assert_eq!(replica, value, "a replica ends equal");
    assert!(
        patches.len() <= most,
        "{patches:?} is more than {most} bytes"
    );
}

#[test]
fn what_needs_an_order_or_copies_is_there() {
    let list = || vec![3u32, 1, 2, 1];
    check(list(), 6, |w| w.sort(), |list| list.sort());
    check(
        list(),
        6,
        |w| w.sort_unstable(),
        |list| list.sort_unstable(),
    );
    check(
        list(),
        5,
        |w| w.copy_within(1..3, 2),
        |list| list.copy_within(1..3, 2),
    );
    check([3u8, 1, 2], 4, |w| w.sort(), |array| array.sort());
    check(
        [3u8, 1, 2],
        4,
        |w| w.copy_within(1.., 0),
        |array| array.copy_within(1.., 0),
    );
    check(
        VecDeque::from(list()),
        6,
        |w| w.sort(),
        |list| list.make_contiguous().sort(),
    );
    check(
        VecDeque::from(list()),
        4,
        |w| {
            w.front_mut().unwrap().set(9);
        },
        |list| *list.front_mut().unwrap() = 9,
    );
    check(
        VecDeque::from(list()),
        4,
        |w| w.back_mut().unwrap().set(9),
        |list| *list.back_mut().unwrap() = 9,
    );
    check(
        None::<u32>,
        8,
        |w| w.get_or_insert_default().add(2),
        |value| *value.get_or_insert_default() += 2,
    );
    check(
        BTreeMap::from([(1u8, 2u8)]),
        3,
        |w| {
            w.entry(3).or_insert_with_key(|key| key * 2);
        },
        |map| {
            map.entry(3).or_insert_with_key(|key| key * 2);
        },
    );
}

#[test]
fn what_is_said_of_a_large_value_takes_few_bytes() {
    let large = || (0..1000u32).collect::<Vec<_>>();
    check(
        large(),
        5,
        |w| w.rotate_left(300),
        |list| list.rotate_left(300),
    );
    check(large(), 3, |w| w.reverse(), |list| list.reverse());
    check(large(), 5, |w| w.swap(1, 999), |list| list.swap(1, 999));
    check(large(), 5, |w| w.truncate(200), |list| list.truncate(200));
    check(large(), 4, |w| w.clear(), |list| list.clear());
    check(
        large(),
        128,
        |w| w.retain(|n| n % 2 == 0),
        |list| list.retain(|n| n % 2 == 0),
    );
    check(large(), 6, |w| w.extend([1, 2]), |list| list.extend([1, 2]));
    check([0u8; 32], 3, |w| w.reverse(), |array| array.reverse());
    let text = || "x".repeat(1000);
    check(text(), 4, |w| w.insert(0, 'y'), |text| text.insert(0, 'y'));
    check(text(), 4, |w| w.clear(), |text| text.clear());
    let set = || (0..200u8).collect::<BTreeSet<_>>();
    check(
        set(),
        4,
        |w| w.extend([201, 202]),
        |set| set.extend([201, 202]),
    );
    check(
        set(),
        4,
        |w| w.retain(|n| *n > 1),
        |set| set.retain(|n| *n > 1),
    );
}

/// A sum is told in no more bytes than the numbers before and behind it, whatever their signs.
#[test]
fn sums_take_no_more_than_the_whole() {
    for (before, n) in [
        (-64i64, 127i64),
        (-8192, 16383),
        (0, i64::MAX),
        (63, -127),
        (-1, 1),
    ] {
        let size = |n: i64| 1 + postcard::to_stdvec(&n).unwrap().len();
        let most = size(before).max(size(before + n));
        check(before, most, |w| w.add(n), |value| *value += n);
        check(before + n, most, |w| w.sub(n), |value| *value -= n);
    }
    check(
        5u64,
        2,
        |w| w.wrapping_add(u64::MAX),
        |n| *n = n.wrapping_add(u64::MAX),
    );
}

/// Asserts that a change records nothing.
#[track_caller]
fn silent<T: Shared + Debug>(mut value: T, change: impl FnOnce(&mut T::Mut<'_>)) {
    let patches = recorded(&mut value, change);
    assert!(patches.is_empty(), "{patches:?} for {value:?}");
}

#[test]
fn what_changes_nothing_records_nothing() {
    let list = || vec![1u8, 2, 3];
    silent(list(), |w| w.sort());
    silent(list(), |w| w.swap(1, 1));
    silent(list(), |w| w.rotate_left(3));
    silent(list(), |w| w.rotate_right(0));
    silent(list(), |w| w.truncate(3));
    silent(list(), |w| w.retain(|_| true));
    silent(list(), |w| w.dedup());
    silent(list(), |w| w.extend([]));
    silent(list(), |w| w.append(&mut vec![]));
    silent(list(), |w| w.resize(3, 9));
    silent(list(), |w| drop(w.drain(1..1)));
    silent(list(), |w| drop(w.splice(2..2, [])));
    silent(list(), |w| drop(w.split_off(3)));
    silent(list(), |w| assert_eq!(w.pop_if(|_| false), None));
    silent(vec![7u8], |w| w.reverse());
    silent(Vec::<u8>::new(), |w| w.clear());
    silent(Vec::<u8>::new(), |w| w.fill(1));
    silent(vec![(), (), ()], |w| w.reverse());
    silent(vec![(), (), ()], |w| w.swap(0, 2));
    silent([1u8, 2], |w| w.sort());
    silent(String::from("text"), |w| w.push_str(""));
    silent(String::from("text"), |w| w.insert_str(2, ""));
    silent(String::from("text"), |w| w.truncate(9));
    silent(String::from("text"), |w| w.retain(|_| true));
    silent(String::from("text"), |w| w.make_ascii_lowercase());
    silent(String::from("text"), |w| w.modify(|_| ()));
    silent(None::<u8>, |w| assert_eq!(w.take(), None));
    silent(7u8, |w| w.add(0));
    silent(7u8, |w| w.modify(|_| ()));
    let map = || BTreeMap::from([(1u8, 2u8)]);
    silent(map(), |w| assert_eq!(w.remove(&9), None));
    silent(map(), |w| w.retain(|_, _| true));
    silent(map(), |w| w.extend([]));
    silent(BTreeMap::<u8, u8>::new(), |w| w.clear());
    let set = || BTreeSet::from([1u8, 2]);
    silent(set(), |w| assert!(!w.insert(1)));
    silent(set(), |w| w.extend([1, 2]));
    silent(set(), |w| assert_eq!(w.replace(2), Some(2)));
    silent(set(), |w| w.retain(|_| true));
}
