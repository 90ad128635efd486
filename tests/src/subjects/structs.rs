//! Derived structs.

use std::collections::{BTreeSet, HashMap};

use ipos::Shared;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

use crate::subject::{Outcome, PartOp, Subject, done, part_ops, part_reaches_in, plain_part};

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Task {
    pub name: String,
    pub done: bool,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Board {
    title: String,
    tick: u64,
    tasks: Vec<Task>,
    owners: HashMap<String, u32>,
    lead: Option<Box<Task>>,
    tags: BTreeSet<char>,
    place: (i8, String),
}

/// Holds values of its own type.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Node {
    children: Vec<Node>,
    next: Option<Box<Self>>,
    name: String,
}

/// The operations of structs with these fields. An `atomic` field has no wrapper of its own; those that
/// are `local` are not shared, and have their default.
macro_rules! structs {
    ($($name:ty, $op:ident, $unordered:literal, $as_serde:literal, local [$($local:tt)*] {
        $($field:tt: $ty:ty, $variant:ident $set:ident $field_mut:ident $($atomic:ident)?;)+
    })+) => {$(
        #[derive(Clone, Debug)]
        pub enum $op {
            Set($name),
            $( $variant(PartOp<$ty, <$ty as Subject>::Op>), )+
        }

        impl Subject for $name {
            type Op = $op;
            const UNORDERED: bool = $unordered;
            const AS_SERDE: bool = $as_serde;

            fn values(depth: u32) -> BoxedStrategy<Self> {
                ($( <$ty as Subject>::values(depth), )+)
                    .prop_map(|($($field_mut,)+)| Self {
                        $($field: $field_mut,)+
                        $($local: Default::default(),)*
                    })
                    .boxed()
            }

            fn ops(depth: u32) -> BoxedStrategy<$op> {
                let mut ops = vec![Self::values(depth).prop_map($op::Set).boxed()];
                $( ops.push(part_ops::<$ty>(depth).prop_map($op::$variant).boxed()); )+
                proptest::strategy::Union::new(ops).boxed()
            }

            fn reaches_in(op: &$op) -> bool {
                match op {
                    $op::Set(_) => false,
                    $( $op::$variant(op) => part_reaches_in::<$ty>(op), )+
                }
            }

            fn live(writer: &mut Self::Mut<'_>, op: &$op) -> Outcome {
                match op {
                    $op::Set(value) => done(writer.set(value.clone())),
                    $(
                        $op::$variant(PartOp::Set(part)) => done(writer.$set(part.clone())),
                        $op::$variant(PartOp::In(op)) => {
                            in_part!($ty, writer.$field_mut(), op $(, $atomic)?)
                        }
                    )+
                }
            }

            fn plain(value: &mut Self, op: &$op) -> Outcome {
                match op {
                    $op::Set(new) => done(*value = new.clone()),
                    $( $op::$variant(op) => plain_part(&mut value.$field, op), )+
                }
            }
        }
    )+};
}

/// Does an operation on a field.
macro_rules! in_part {
    ($ty:ty, $part:expr, $op:expr) => {
        <$ty as Subject>::live(&mut $part, $op)
    };
    ($ty:ty, $part:expr, $op:expr, atomic) => {
        $part.modify(|part| <$ty as Subject>::plain(part, $op))
    };
}

pub(super) use {in_part, structs};

structs! {
    Task, TaskOp, false, true, local [] {
        name: String, Name set_name name_mut;
        done: bool, Done set_done done_mut;
    }
    Board, BoardOp, true, true, local [] {
        title: String, Title set_title title_mut;
        tick: u64, Tick set_tick tick_mut;
        tasks: Vec<Task>, Tasks set_tasks tasks_mut;
        owners: HashMap<String, u32>, Owners set_owners owners_mut;
        lead: Option<Box<Task>>, Lead set_lead lead_mut;
        tags: BTreeSet<char>, Tags set_tags tags_mut;
        place: (i8, String), Place set_place place_mut;
    }
    Node, NodeOp, false, true, local [] {
        children: Vec<Node>, Children set_children children_mut;
        next: Option<Box<Node>>, Next set_next next_mut;
        name: String, Name set_name name_mut;
    }
}
