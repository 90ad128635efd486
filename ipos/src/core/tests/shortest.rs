//! Numbers have one form: the shortest.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::Arc,
};

use crate::{
    Shared,
    core::{Typed, Untyped, commit},
    recorder::UndoLog,
    schema::schema_of,
    wire::{DecodeError, Problem, Reader},
};

/// The same bytes with a number that ends at `at` made longer.
fn longer(bytes: &[u8], at: usize) -> Vec<u8> {
    let mut longer = bytes.to_vec();
    longer[at] |= 0x80;
    longer.insert(at + 1, 0);
    longer
}

/// Reads bytes as a value in each way that there is, which must agree.
fn read<T: Shared>(bytes: &[u8]) -> Result<(), DecodeError> {
    let schema = Arc::new(schema_of::<T>());
    let typed = Typed::<T>::from_bytes(bytes, schema.clone()).map(drop);
    let untyped = Untyped::from_bytes(bytes.to_vec(), schema.clone()).map(drop);
    assert_eq!(typed, untyped, "{bytes:?}");
    let mut reader = Reader::of_own(bytes);
    let decoded = schema.decode(&mut reader).and_then(|_| reader.finish());
    assert_eq!(decoded, typed, "{bytes:?}, as a tree");
    typed
}

/// Applies bytes as patches in each way that there is, which must agree.
fn patch<T: Shared>(value: &T, bytes: &[u8]) -> Result<(), DecodeError> {
    let mut typed = Typed::new(value.clone());
    let schema = Arc::new(schema_of::<T>());
    let skipped = schema.check_patches(bytes);
    let mut encoded = Vec::new();
    value.encode(&mut encoded);
    let mut untyped = Untyped::from_bytes(encoded.clone(), schema).unwrap();
    let applied = commit::apply(&mut untyped, bytes, &mut UndoLog::default()).map(drop);
    assert_eq!(applied.is_ok(), skipped.is_ok(), "{bytes:?}");
    let applied_typed = commit::apply(&mut typed, bytes, &mut UndoLog::default()).map(drop);
    assert_eq!(applied_typed, applied, "{bytes:?}, with the type");
    applied
}

/// Each number of a value, by where it ends, in its shortest form and in a longer one.
fn values<T: Shared>(value: &T, ends: &[usize]) {
    let mut bytes = Vec::new();
    value.encode(&mut bytes);
    assert_eq!(read::<T>(&bytes), Ok(()), "{value:?}");
    for &end in ends {
        let problem = read::<T>(&longer(&bytes, end)).unwrap_err().problem;
        assert_eq!(
            problem,
            Problem::NotShortest,
            "{value:?}, the number at {end}"
        );
    }
}

/// The same for the numbers of a patch.
fn patches<T: Shared>(value: &T, bytes: &[u8], ends: &[usize]) {
    assert_eq!(patch(value, bytes), Ok(()), "{bytes:?}");
    for &end in ends {
        let problem = patch(value, &longer(bytes, end)).unwrap_err().problem;
        assert_eq!(
            problem,
            Problem::NotShortest,
            "{bytes:?}, the number at {end}"
        );
    }
}

#[test]
fn a_value_s_numbers_are_as_short_as_they_can_be() {
    values(&7u16, &[0]);
    values(&300u32, &[1]);
    values(&0u64, &[0]);
    values(&(1u128 << 100), &[14]);
    values(&128usize, &[1]);
    values(&-1i16, &[0]);
    values(&-300i32, &[1]);
    values(&i64::from(i32::MIN), &[4]);
    values(&0i128, &[0]);
    values(&1isize, &[0]);
    values(&'a', &[0]);
    values(&'\0', &[0]);
    values(&String::new(), &[0]);
    values(&"text".repeat(50), &[1]);
    values(&vec![0u8, 0, 0], &[0]);
    values(&vec![1u16, 300], &[0, 1, 3]);
    values(&VecDeque::from([0i8]), &[0]);
    values(&Some(0u8), &[0]);
    values(&None::<u8>, &[0]);
    values(&BTreeMap::from([(1u32, String::from("a"))]), &[0, 1, 2]);
    values(&BTreeSet::from([5u64]), &[0, 1]);
    values(&((), 3u16, false, 4u32, 0.0f32), &[0, 2]);
}

#[test]
fn a_patch_s_numbers_are_as_short_as_they_can_be() {
    let list = vec![1u32, 2, 3];
    patches(&list, &[0, 1, 5], &[0, 1, 2]);
    patches(&list, &[1, 2, 0, 9], &[0, 1, 2, 3]);
    patches(&list, &[1, 2, 1, 9], &[0, 1, 2, 3]);
    patches(&list, &[2, 3, 9], &[0, 1, 2]);
    patches(&list, &[3, 3, 1, 9], &[0, 1, 2, 3]);
    patches(&list, &[4, 3, 9], &[0, 1, 2]);
    patches(&list, &[5, 0], &[0, 1]);
    patches(&list, &[6, 0, 1, 1, 9], &[0, 1, 2, 3, 4]);
    patches(&list, &[7, 0, 1], &[0, 1, 2]);
    patches(&list, &[8, 3, 2, 1, 0], &[0, 1, 2, 3, 4]);
    patches(&list, &[9, 2, 1, 2], &[0, 1, 2, 3]);
    let text = String::from("text");
    patches(&text, &[1, 4, 1, b'!'], &[0, 1, 2]);
    patches(&text, &[2, 0, 1, 1, b'T'], &[0, 1, 2, 3]);
    let map = BTreeMap::from([(1u32, 'a')]);
    patches(&map, &[1, 1, 1, b'b'], &[0, 1, 2]);
    patches(&map, &[2, 1], &[0, 1]);
    patches(&map, &[3, 1, 0, 1, b'b'], &[0, 1, 2, 3]);
    patches(&BTreeSet::from([1u16]), &[1, 2], &[0, 1]);
    patches(&Some(1u16), &[1, 2, 2], &[0, 1, 2]);
    patches(&(1u8, 2i64), &[1, 0, 1], &[0, 1, 2]);
}

/// Whatever is read as a leaf is the one form of that leaf.
#[test]
fn equal_leaves_have_equal_bytes() {
    fn check<T: Shared>(bytes: &[u8]) -> usize {
        let mut reader = Reader::new(bytes);
        let Ok(value) = T::decode(&mut reader) else {
            return 0;
        };
        let mut written = Vec::new();
        value.encode(&mut written);
        assert_eq!(
            written,
            reader.read_between(0, reader.position()),
            "{value:?}"
        );
        1
    }
    let interesting = [0, 1, 2, 3, 4, b'a', 0x7f, 0x80, 0x81, 0xa4, 0xc3, 0xff];
    let mut read = 0;
    for a in interesting {
        for b in interesting {
            for c in interesting {
                for d in interesting {
                    let bytes = &[a, b, c, d];
                    read += check::<u8>(bytes) + check::<i8>(bytes) + check::<bool>(bytes);
                    read += check::<u16>(bytes) + check::<i16>(bytes) + check::<u32>(bytes);
                    read += check::<i64>(bytes) + check::<u128>(bytes) + check::<usize>(bytes);
                    read += check::<char>(bytes) + check::<f32>(bytes) + check::<String>(bytes);
                }
            }
        }
    }
    assert!(read > 100_000, "{read} leaves were read");
}

#[test]
fn a_character_is_one() {
    let cases: [(&[u8], bool); 7] = [
        (&[1, b'a'], true),
        (&[2, 0xc3, 0xa4], true),
        (&[4, 0xf0, 0x9f, 0xa6, 0x80], true),
        (&[0], false),
        (&[2, b'a', b'b'], false),
        (&[3, 0xc3, 0xa4, b'b'], false),
        (&[1, 0xc3], false),
    ];
    for (bytes, is_one) in cases {
        assert_eq!(read::<char>(bytes).is_ok(), is_one, "{bytes:?}");
    }
}
