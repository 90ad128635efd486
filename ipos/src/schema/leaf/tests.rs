#![cfg(not(loom))]

use std::{
    ffi::{CString, OsString},
    ops::{Bound, Range},
};

use serde_bytes::ByteBuf;

use super::*;
use crate::schema::schema_of;

/// Whether the type and its schema say the same of bytes.
#[track_caller]
fn check<T: Shared>(bytes: &[u8], is_value: bool) {
    let schema = schema_of::<T>();
    let mut reader = Reader::new(bytes);
    let typed = T::decode(&mut reader).and_then(|_| reader.finish());
    let name = std::any::type_name::<T>();
    assert_eq!(typed.is_ok(), is_value, "{bytes:?} as {name}: {typed:?}");
    let walked = schema.check(bytes);
    assert_eq!(
        walked.is_ok(),
        is_value,
        "{bytes:?} over {name}: {walked:?}"
    );
    let mut reader = Reader::new(bytes);
    let held = schema.decode(&mut reader);
    let held = held.and_then(|value| reader.finish().map(|()| value));
    assert_eq!(held.is_ok(), is_value, "{bytes:?} by {name}: {held:?}");
    if let Ok(held) = held {
        let mut again = vec![];
        schema.encode(&held, &mut again);
        assert_eq!(again, bytes, "{name}");
    }
}

/// Nanoseconds as a varint.
const SECOND: [u8; 5] = [0x80, 0x94, 0xeb, 0xdc, 3];
const ALMOST_A_SECOND: [u8; 5] = [0xff, 0x93, 0xeb, 0xdc, 3];

#[test]
fn bytes_are_values_with_and_without_the_type() {
    check::<NonZero<u8>>(&[1], true);
    check::<NonZero<u8>>(&[0], false);
    check::<NonZero<i8>>(&[0], false);
    check::<NonZero<u64>>(&[0x80, 1], true);
    check::<NonZero<u64>>(&[0], false);
    check::<NonZero<u64>>(&[0x81, 0], false);
    check::<NonZero<i128>>(&[0], false);
    check::<NonZero<usize>>(&[], false);
    for start in [[0].as_slice(), &[1], &[0x80, 1]] {
        let with = |nanoseconds: &[u8]| [start, nanoseconds].concat();
        check::<Duration>(&with(&ALMOST_A_SECOND), true);
        check::<Duration>(&with(&SECOND), false);
        check::<Duration>(&with(&[0x80, 0]), false);
        check::<Duration>(start, false);
        check::<SystemTime>(&with(&ALMOST_A_SECOND), true);
        check::<SystemTime>(&with(&SECOND), false);
    }
    check::<Duration>(&[0x80, 0, 0], false);
    check::<Ipv4Addr>(&[1, 2, 3, 4], true);
    check::<Ipv4Addr>(&[1, 2, 3], false);
    check::<Ipv6Addr>(&[0; 16], true);
    check::<Ipv6Addr>(&[0; 15], false);
    check::<IpAddr>(&[0, 1, 2, 3, 4], true);
    check::<IpAddr>(&[1, 1, 2, 3, 4], false);
    check::<IpAddr>(&[2, 1, 2, 3, 4], false);
    check::<SocketAddrV4>(&[1, 2, 3, 4, 80], true);
    check::<SocketAddrV4>(&[1, 2, 3, 4, 0xff, 0xff, 4], false);
    check::<SocketAddrV4>(&[1, 2, 3, 4, 0x80, 0], false);
    check::<SocketAddrV6>(&[0; 19], true);
    check::<SocketAddrV6>(&[0; 18], false);
    check::<SocketAddr>(&[0, 1, 2, 3, 4, 80], true);
    check::<SocketAddr>(&[3, 1, 2, 3, 4, 80], false);
    check::<PathBuf>(&[2, b'/', 0xff], true);
    check::<PathBuf>(&[3, b'/', 0xff], false);
    check::<OsString>(&[1, 0xff], true);
    check::<ByteBuf>(&[1, 0], true);
    check::<ByteBuf>(&[0xff, 0xff, 3], false);
    check::<Range<NonZero<u8>>>(&[1, 2], true);
    check::<Range<NonZero<u8>>>(&[1, 0], false);
    check::<Bound<bool>>(&[0], true);
    check::<Bound<bool>>(&[2, 1], true);
    check::<Bound<bool>>(&[3, 1], false);
    check::<Bound<bool>>(&[1, 2], false);
    check::<Result<u8, bool>>(&[0, 9], true);
    check::<Result<u8, bool>>(&[1, 9], false);
    check::<Result<u8, bool>>(&[2, 0], false);
    check::<Box<str>>(&[1, 0xff], false);
    check::<Box<[bool]>>(&[2, 1, 0], true);
    check::<Box<[bool]>>(&[2, 1, 2], false);
}

#[test]
fn what_only_its_type_can_read_is_read_over_by_the_others() {
    // A text of one NUL.
    let bytes = [2, 1, 0];
    schema_of::<CString>().check(&bytes).unwrap();
    CString::decode(&mut Reader::new(&bytes)).unwrap_err();
}

#[test]
fn leaves_are_called_as_rust_calls_them() {
    for (schema, name) in [
        (schema_of::<()>(), "()"),
        (schema_of::<u128>(), "u128"),
        (schema_of::<char>(), "char"),
        (schema_of::<ByteBuf>(), "[u8]"),
        (schema_of::<NonZero<u8>>(), "NonZeroU8"),
        (schema_of::<Ipv4Addr>(), "Ipv4Addr"),
    ] {
        assert_eq!(schema.to_string(), name);
    }
}
