//! Leaves, and all that is replaced whole as they are: set and modify.

use std::{
    cmp::Reverse,
    ffi::{CString, OsString},
    marker::PhantomData,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6},
    num::{NonZero, Saturating},
    ops::{Bound, Range, RangeFrom, RangeInclusive, RangeTo},
    os::unix::ffi::OsStringExt,
    path::PathBuf,
    sync::Arc,
    time::{Duration, SystemTime},
};

use ipos::LeafMut;
use proptest::{collection::vec, prelude::*, sample::select};
use serde_bytes::ByteBuf;

use crate::subject::{Outcome, Subject, done};

#[derive(Clone, Debug)]
pub enum LeafOp<T> {
    Set(T),
    Modify(T),
}

impl<T: Subject> LeafOp<T> {
    pub(super) fn of(values: impl Fn() -> BoxedStrategy<T>) -> BoxedStrategy<Self> {
        prop_oneof![
            values().prop_map(LeafOp::Set),
            values().prop_map(LeafOp::Modify),
        ]
        .boxed()
    }

    pub(super) fn live(&self, writer: &mut LeafMut<'_, T>) -> Outcome {
        match self.clone() {
            LeafOp::Set(value) => done(writer.set(value)),
            LeafOp::Modify(new) => done(writer.modify(|value| std::mem::replace(value, new))),
        }
    }

    pub(super) fn plain(&self, value: &mut T) -> Outcome {
        match self.clone() {
            LeafOp::Set(new) => done(*value = new),
            LeafOp::Modify(new) => done(std::mem::replace(value, new)),
        }
    }
}

/// What is replaced whole: for each type its values, and whether its bytes are postcard's.
macro_rules! leaves {
    ($($(where [$($generics:tt)*])? $ty:ty, $as_serde:expr, $unordered:expr $(, keeps $keeps:literal)? => $values:expr;)+) => {$(
        impl$(<$($generics)*>)? $crate::subject::Subject for $ty {
            type Op = $crate::subjects::leaf::LeafOp<Self>;
            const AS_SERDE: bool = $as_serde;
            const UNORDERED: bool = $unordered;
            $( const SERDE_KEEPS: bool = $keeps; )?

            fn values(depth: u32) -> proptest::strategy::BoxedStrategy<Self> {
                let values: &dyn Fn(u32) -> _ = &$values;
                values(depth).boxed()
            }
            fn ops(depth: u32) -> proptest::strategy::BoxedStrategy<Self::Op> {
                $crate::subjects::leaf::LeafOp::of(|| <Self as $crate::subject::Subject>::values(depth))
            }
            fn live(writer: &mut Self::Mut<'_>, op: &Self::Op) -> $crate::subject::Outcome {
                op.live(writer)
            }
            fn plain(value: &mut Self, op: &Self::Op) -> $crate::subject::Outcome {
                op.plain(value)
            }
        }
    )+};
}
pub(super) use leaves;

/// Nanoseconds of a second, often none.
fn nanoseconds() -> impl Strategy<Value = u32> {
    prop_oneof![2 => Just(0), 1 => Just(999_999_999), 1 => 0..1_000_000_000u32]
}

fn time(seconds: i64, nanoseconds: u32) -> SystemTime {
    let distance = Duration::from_secs(seconds.unsigned_abs());
    let time = if seconds < 0 {
        SystemTime::UNIX_EPOCH - distance
    } else {
        SystemTime::UNIX_EPOCH + distance
    };
    time + Duration::new(0, nanoseconds)
}

fn short_texts() -> impl Strategy<Value = String> {
    prop_oneof![3 => "[a-c]{0,2}", 1 => any::<String>()]
}

fn short_bytes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![3 => vec(0..3u8, 0..3), 1 => vec(any::<u8>(), 0..200)]
}

/// A list of values of a type.
fn list<T: Subject>(depth: u32) -> impl Strategy<Value = Vec<T>> {
    vec(
        T::values(depth.saturating_sub(1)),
        0..=depth.min(4) as usize,
    )
}

leaves! {
    (), true, false => |_| Just(());
    bool, true, false => |_| any::<bool>();
    char, true, false => |_| prop_oneof![select(vec!['a', 'ä', '語', '🦀', '\0']), any::<char>()];
    Duration, true, false => |_| {
        let seconds = prop_oneof![0..3u64, Just(u64::MAX)];
        (seconds, nanoseconds()).prop_map(|(s, n)| Duration::new(s, n))
    };
    // Serde writes none that is before 1970, and without a sign.
    SystemTime, false, false, keeps false => |_| {
        let seconds = prop_oneof![2 => -3..3i64, 1 => select(vec![i64::MIN, i64::MAX]), 1 => any::<i64>()];
        (seconds, nanoseconds()).prop_map(|(s, n)| time(s, n))
    };
    Ipv4Addr, true, false => |_| prop_oneof![Just(Ipv4Addr::LOCALHOST), any::<Ipv4Addr>()];
    Ipv6Addr, true, false => |_| prop_oneof![Just(Ipv6Addr::LOCALHOST), any::<Ipv6Addr>()];
    IpAddr, true, false => |_| any::<IpAddr>();
    SocketAddrV4, true, false => |_| any::<SocketAddrV4>();
    // Serde loses what stands behind the port.
    SocketAddrV6, false, false, keeps false => |_| any::<SocketAddrV6>();
    SocketAddr, false, false, keeps false => |_| any::<SocketAddr>();
    // Serde writes none that is not UTF-8.
    PathBuf, false, false, keeps false => |_| {
        prop_oneof![
            short_texts().prop_map(PathBuf::from),
            short_bytes().prop_map(|bytes| OsString::from_vec(bytes).into()),
        ]
    };
    OsString, false, false => |_| short_bytes().prop_map(OsString::from_vec);
    CString, false, false => |_| vec(1..=255u8, 0..4).prop_map(|bytes| CString::new(bytes).unwrap());
    ByteBuf, true, false => |_| short_bytes().prop_map(ByteBuf::from);
    Box<str>, true, false => |_| short_texts().prop_map(Box::from);
    Arc<str>, true, false => |_| short_texts().prop_map(Arc::from);
    where [T: Subject] Box<[T]>, T::AS_SERDE, T::UNORDERED => |depth| list::<T>(depth).prop_map(Box::from);
    where [T: Subject] Arc<[T]>, T::AS_SERDE, T::UNORDERED => |depth| list::<T>(depth).prop_map(Arc::from);
    where [T: Subject] Range<T>, T::AS_SERDE, T::UNORDERED => |depth| {
        (T::values(depth), T::values(depth)).prop_map(|(start, end)| start..end)
    };
    where [T: Subject] RangeInclusive<T>, T::AS_SERDE, T::UNORDERED => |depth| {
        (T::values(depth), T::values(depth)).prop_map(|(start, end)| start..=end)
    };
    where [T: Subject] RangeFrom<T>, T::AS_SERDE, T::UNORDERED => |depth| {
        T::values(depth).prop_map(|start| start..)
    };
    where [T: Subject] RangeTo<T>, T::AS_SERDE, T::UNORDERED => |depth| {
        T::values(depth).prop_map(|end| ..end)
    };
    where [T: Subject] Bound<T>, T::AS_SERDE, T::UNORDERED => |depth| {
        prop_oneof![
            Just(Bound::Unbounded),
            T::values(depth).prop_map(Bound::Included),
            T::values(depth).prop_map(Bound::Excluded),
        ]
    };
    where [T: Subject] Reverse<T>, T::AS_SERDE, T::UNORDERED => |depth| T::values(depth).prop_map(Reverse);
    where [T: ?Sized + Send + Sync + 'static] PhantomData<T>, true, false => |_| Just(PhantomData);
}

macro_rules! non_zero {
    ($($number:ty)*) => {
        leaves! { $(
            NonZero<$number>, true, false => |_| {
                let numbers = prop_oneof![3 => 1..4 as $number, 1 => any::<$number>()];
                numbers.prop_map(|number| NonZero::new(number).unwrap_or(NonZero::<$number>::MAX))
            };
        )* }
    };
}

non_zero! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }

macro_rules! saturating {
    ($($number:ty)*) => {
        leaves! { $(
            Saturating<$number>, true, false => |_| any::<$number>().prop_map(Saturating);
        )* }
    };
}

saturating! { u8 u16 u32 u64 usize i8 i16 i32 i64 isize }
