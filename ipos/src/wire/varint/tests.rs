use proptest::prelude::*;

use super::*;

/// Whether it is postcard's form, and read again as what it was.
fn check<T: Varint + serde::Serialize + PartialEq + std::fmt::Debug>(value: T) {
    let mut out = Vec::new();
    value.put(&mut out);
    assert_eq!(out, postcard::to_stdvec(&value).unwrap());
    let mut reader = Reader::new(&out);
    assert_eq!(T::read(&mut reader), Ok(value));
    assert!(reader.is_empty());
}

/// What of these bytes is read, beside what postcard reads.
fn check_bytes<T: Varint + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug>(
    bytes: &[u8],
) {
    let mut reader = Reader::new(bytes);
    let read = T::read(&mut reader);
    match postcard::take_from_bytes::<T>(bytes) {
        Ok((value, rest)) => {
            let taken = bytes.len() - rest.len();
            let is_shortest = taken == 1 || bytes[taken - 1] != 0;
            assert_eq!(read.ok(), is_shortest.then_some(value), "{bytes:?}");
            assert_eq!(reader.position(), taken, "{bytes:?}");
        }
        Err(_) => assert!(read.is_err(), "{bytes:?}"),
    }
}

proptest! {
    #[test]
    #[expect(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "any integer will do")]
    fn integers_have_the_form_of_postcard(number: u128, shift in 0u32..128) {
        let bits = number >> shift;
        check(bits as u16);
        check(bits as u32);
        check(bits as u64);
        check(bits as usize);
        check(bits);
        check(bits as i16);
        check(bits as i32);
        check(bits as i64);
        check(bits as isize);
        check(bits as i128);
    }

    #[test]
    fn what_postcard_refuses_is_refused(
        bytes in prop::collection::vec(prop_oneof![Just(0x80), Just(0xff), Just(0), Just(1), any::<u8>()], 0..20),
    ) {
        check_bytes::<u16>(&bytes);
        check_bytes::<u32>(&bytes);
        check_bytes::<u64>(&bytes);
        check_bytes::<usize>(&bytes);
        check_bytes::<u128>(&bytes);
        check_bytes::<i16>(&bytes);
        check_bytes::<i32>(&bytes);
        check_bytes::<i64>(&bytes);
        check_bytes::<isize>(&bytes);
        check_bytes::<i128>(&bytes);
    }
}
