use std::collections::VecDeque;

use super::{KEEP, Spool};

/// Strings of these lengths come, and those that are too many or too long together go: what is left is as in a list.
fn check(lengths: impl IntoIterator<Item = usize>, most: usize, longest: usize) -> Spool {
    let (mut spool, mut kept) = (Spool::default(), VecDeque::new());
    for (number, length) in lengths.into_iter().enumerate() {
        let string = vec![u8::try_from(number % 251).unwrap(); length];
        kept.push_back((spool.push(&string), string));
        while kept.len() > most || spool.bytes() > longest {
            let (place, _) = kept.pop_front().unwrap();
            spool.pop(place);
        }
        let bytes: usize = kept.iter().map(|(_, string)| string.len()).sum();
        assert_eq!(spool.bytes(), bytes);
        for (place, string) in &kept {
            assert_eq!(spool.get(*place), string);
        }
    }
    spool
}

#[test]
fn strings_are_what_they_were_until_they_go() {
    check((0..1000).map(|number| number % 7), 10, usize::MAX);
    check((0..1000).map(|number| number * 13 % 97), 100, 500);
    check([0, 5000, 0, 1, 70_000, 3], 2, usize::MAX);
    check([0, 5000, 0, 1, 70_000, 3], 2, 100);
    check([1; 100], 0, 0);
}

#[test]
fn memory_follows_what_is_kept() {
    let even = check(vec![10; 10_000], 100, usize::MAX);
    assert!(even.bytes.capacity() <= 4 * 100 * 10);
    let large = check([1 << 20; 4], 3, usize::MAX);
    assert!(large.bytes.capacity() >= 3 << 20);
    let small_since = check([1 << 20; 4].into_iter().chain([10; 100]), 3, usize::MAX);
    assert!(small_since.bytes.capacity() <= 8 * KEEP);
    let mut cleared = large;
    cleared.clear();
    assert_eq!(cleared.bytes(), 0);
    assert!(cleared.bytes.capacity() <= KEEP);
}
