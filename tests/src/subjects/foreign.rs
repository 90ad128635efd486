//! The types of well-known crates.

use std::hash::{BuildHasher, Hash};

use bytes::{Bytes, BytesMut};
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use indexmap::{IndexMap, IndexSet};
use jiff::{SignedDuration, Timestamp, Zoned, civil, tz};
use proptest::{collection::vec, prelude::*, sample::select};
use smallvec::SmallVec;
use uuid::Uuid;

use super::leaf::leaves;
use crate::subject::{Outcome, Subject, done, positions};

/// Seconds since 1970 that all calendars know.
fn seconds() -> impl Strategy<Value = i64> {
    prop_oneof![3 => -1..2i64, 1 => -50_000_000_000..200_000_000_000i64]
}

fn nanoseconds() -> impl Strategy<Value = u32> {
    prop_oneof![2 => select(vec![0, 500_000_000, 1_000_000]), 1 => 0..1_000_000_000u32]
}

fn utc() -> impl Strategy<Value = DateTime<Utc>> {
    (seconds(), nanoseconds()).prop_map(|(s, n)| DateTime::from_timestamp(s, n).unwrap())
}

fn timestamps() -> impl Strategy<Value = Timestamp> {
    (seconds(), nanoseconds()).prop_map(|(s, n)| {
        let n = i32::try_from(n).unwrap();
        Timestamp::new(s, if s < 0 { -n } else { n }).unwrap()
    })
}

fn zoned() -> impl Strategy<Value = Zoned> {
    // Others, UTC among them, are known by a name, to those who have the database.
    let zones = vec![
        tz::TimeZone::fixed(tz::offset(2)),
        tz::TimeZone::fixed(tz::offset(-7)),
    ];
    (timestamps(), select(zones)).prop_map(|(time, zone)| time.to_zoned(zone))
}

fn buffers() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![3 => vec(0..3u8, 0..3), 1 => vec(any::<u8>(), 0..200)]
}

/// Few elements.
fn some<T: Strategy>(items: T, depth: u32) -> impl Strategy<Value = Vec<T::Value>> {
    vec(items, 0..=depth.min(4) as usize)
}

leaves! {
    // Serde tells its length.
    Uuid, false, false => |_| any::<u128>().prop_map(Uuid::from_u128);
    Bytes, true, false => |_| buffers().prop_map(Bytes::from);
    BytesMut, true, false => |_| buffers().prop_map(|bytes| BytesMut::from(&*bytes));
    DateTime<Utc>, true, false => |_| utc();
    DateTime<FixedOffset>, true, false => |_| {
        let zones = select(vec![0, 3600, -19_800]).prop_map(|east| FixedOffset::east_opt(east).unwrap());
        (utc(), zones).prop_map(|(time, zone)| time.with_timezone(&zone))
    };
    NaiveDateTime, true, false => |_| utc().prop_map(|time| time.naive_utc());
    NaiveDate, true, false => |_| utc().prop_map(|time| time.date_naive());
    NaiveTime, true, false => |_| {
        prop_oneof![
            3 => utc().prop_map(|time| time.time()),
            1 => Just(NaiveTime::from_hms_milli_opt(23, 59, 59, 1_500).unwrap()),
        ]
    };
    TimeDelta, true, false => |_| {
        (seconds(), nanoseconds()).prop_map(|(s, n)| TimeDelta::new(s, n).unwrap())
    };
    Timestamp, true, false => |_| timestamps();
    Zoned, true, false => |_| zoned();
    civil::DateTime, true, false => |_| zoned().prop_map(|time| time.datetime());
    civil::Date, true, false => |_| zoned().prop_map(|time| time.date());
    civil::Time, true, false => |_| zoned().prop_map(|time| time.time());
    SignedDuration, true, false => |_| timestamps().prop_map(|time| time.as_duration());
    where [
        K: Subject + Eq + Hash,
        V: Subject,
        S: BuildHasher + Default + Clone + Send + Sync + 'static
    ] IndexMap<K, V, S>, K::AS_SERDE && V::AS_SERDE, K::UNORDERED || V::UNORDERED => |depth| {
        let inner = depth.saturating_sub(1);
        some((K::values(inner), V::values(inner)), depth).prop_map(|items| items.into_iter().collect())
    };
    where [
        T: Subject + Eq + Hash,
        S: BuildHasher + Default + Clone + Send + Sync + 'static
    ] IndexSet<T, S>, T::AS_SERDE, T::UNORDERED => |depth| {
        let inner = depth.saturating_sub(1);
        some(T::values(inner), depth).prop_map(|items| items.into_iter().collect())
    };
}

/// What a `SmallVec` has for itself, and some of what all lists have.
#[derive(Clone, Debug)]
pub enum SmallOp<T, O> {
    Set(Vec<T>),
    At(usize, Box<O>),
    Push(T),
    Pop,
    Insert(usize, T),
    Remove(usize),
    SwapRemove(usize),
    Extend(Vec<T>),
    Splice(usize, usize, Vec<T>),
    Reverse,
    RotateLeft(usize),
}

impl<T: Subject> Subject for SmallVec<[T; 2]> {
    type Op = SmallOp<T, T::Op>;
    const UNORDERED: bool = T::UNORDERED;
    const AS_SERDE: bool = T::AS_SERDE;

    fn values(depth: u32) -> BoxedStrategy<Self> {
        let items = some(T::values(depth.saturating_sub(1)), depth);
        items.prop_map(Self::from_vec).boxed()
    }

    fn ops(depth: u32) -> BoxedStrategy<Self::Op> {
        use SmallOp::*;
        let inner = depth.saturating_sub(1);
        let items = || some(T::values(inner), depth);
        let part = T::ops(inner).prop_map(Box::new);
        prop_oneof![
            items().prop_map(Set),
            (positions(), part).prop_map(|(at, op)| At(at, op)),
            T::values(inner).prop_map(Push),
            Just(Pop),
            (positions(), T::values(inner)).prop_map(|(at, item)| Insert(at, item)),
            positions().prop_map(Remove),
            positions().prop_map(SwapRemove),
            items().prop_map(Extend),
            (positions(), 0..3usize, items())
                .prop_map(|(at, length, items)| Splice(at, length, items)),
            Just(Reverse),
            positions().prop_map(RotateLeft),
        ]
        .boxed()
    }

    fn reaches_in(op: &Self::Op) -> bool {
        matches!(op, SmallOp::At(..) | SmallOp::SwapRemove(_))
    }

    fn live(writer: &mut Self::Mut<'_>, op: &Self::Op) -> Outcome {
        match op.clone() {
            SmallOp::Set(items) => done(writer.set(SmallVec::from(items))),
            SmallOp::At(at, op) => T::live(&mut writer.at(at), &op),
            SmallOp::Push(item) => done(writer.push(item)),
            SmallOp::Pop => done(writer.pop()),
            SmallOp::Insert(at, item) => done(writer.insert(at, item)),
            SmallOp::Remove(at) => done(writer.remove(at)),
            SmallOp::SwapRemove(at) => done(writer.swap_remove(at)),
            SmallOp::Extend(items) => done(writer.extend_from_slice(&items)),
            SmallOp::Splice(at, length, items) => done(
                writer
                    .splice(at..at.saturating_add(length), items)
                    .collect::<Vec<_>>(),
            ),
            SmallOp::Reverse => done(writer.reverse()),
            SmallOp::RotateLeft(middle) => done(writer.rotate_left(middle)),
        }
    }

    fn plain(value: &mut Self, op: &Self::Op) -> Outcome {
        match op.clone() {
            SmallOp::Set(items) => done(*value = Self::from_vec(items)),
            SmallOp::At(at, op) => T::plain(&mut value[at], &op),
            SmallOp::Push(item) => done(value.push(item)),
            SmallOp::Pop => done(value.pop()),
            SmallOp::Insert(at, item) => done(value.insert(at, item)),
            SmallOp::Remove(at) => done(value.remove(at)),
            SmallOp::SwapRemove(at) => done(value.swap_remove(at)),
            SmallOp::Extend(items) => done(value.extend(items)),
            SmallOp::Splice(at, length, items) => {
                let mut list = value.to_vec();
                let range = at..at.saturating_add(length);
                let removed = list.splice(range, items).collect::<Vec<_>>();
                *value = Self::from_vec(list);
                done(removed)
            }
            SmallOp::Reverse => done(value.reverse()),
            SmallOp::RotateLeft(middle) => done(value.rotate_left(middle)),
        }
    }
}
