//! Derived types of the other shapes: tuple structs, enums, with parameters, with fields that are skipped,
//! atomic, or for the host alone.

use std::collections::BTreeMap;

use ipos::Shared;
use proptest::{prelude::*, sample::select};
use serde::{Deserialize, Serialize};

use super::structs::{Task, in_part, structs};
use crate::subject::{Outcome, PartOp, Subject, done, part_ops, part_reaches_in, plain_part};

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Marker;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Place(i32, Option<String>);

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Wrapped(Vec<Task>);

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Buffer<T, K: Ord = u8> {
    items: Vec<T>,
    by_key: BTreeMap<K, T>,
    r#type: Option<Box<T>>,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Grid<T, const WIDTH: usize> {
    cells: Vec<T>,
    name: String,
}

/// A part of it is every process's own.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct View {
    #[shared(skip)]
    cache: Vec<u8>,
    title: String,
    #[shared(skip)]
    at: u32,
    rows: Vec<u16>,
}

/// A part of it is replaced whole.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Theme {
    name: String,
    #[shared(atomic)]
    words: Vec<String>,
    size: u8,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub enum Color {
    Red,
    Green,
    Blue,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub enum Shape {
    Empty,
    Circle(f64),
    Pair(u8, Vec<String>),
    Rect { of: Task, inner: Vec<Shape> },
    Nothing {},
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub enum Tree<K: Ord, V = u8> {
    Value(V),
    Node { inner: BTreeMap<K, Tree<K, V>> },
}

/// Parts of its variants are every process's own.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub enum Panel {
    Closed,
    Pair(#[shared(skip)] Vec<u8>, String),
    Table {
        rows: Vec<u16>,
        #[shared(skip)]
        at: u32,
        name: String,
    },
    Local(#[shared(skip)] u8),
}

/// A part of it is for the host alone to write.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Job {
    name: String,
    #[shared(host_only)]
    approved: Vec<u8>,
}

/// A part of a variant is for the host alone to write.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub enum Step {
    Open(Job),
    Done {
        #[shared(host_only)]
        by: String,
        note: Option<u8>,
    },
}

impl<K: Ord, V: Default> Default for Tree<K, V> {
    fn default() -> Self {
        Self::Value(V::default())
    }
}

structs! {
    Place, PlaceOp, false, true, local [] {
        0: i32, First set_0 _0_mut;
        1: Option<String>, Second set_1 _1_mut;
    }
    Wrapped, WrappedOp, false, true, local [] {
        0: Vec<Task>, Inner set_0 _0_mut;
    }
    Buffer<String>, BufferOp, false, true, local [] {
        items: Vec<String>, Items set_items items_mut;
        by_key: BTreeMap<u8, String>, ByKey set_by_key by_key_mut;
        r#type: Option<Box<String>>, Type set_type type_mut;
    }
    Grid<Option<u8>, 3>, GridOp, false, true, local [] {
        cells: Vec<Option<u8>>, Cells set_cells cells_mut;
        name: String, Name set_name name_mut;
    }
    Job, JobOp, false, true, local [] {
        name: String, Name set_name name_mut;
        approved: Vec<u8>, Approved set_approved approved_mut;
    }
    View, ViewOp, false, false, local [cache at] {
        title: String, Title set_title title_mut;
        rows: Vec<u16>, Rows set_rows rows_mut;
    }
    Theme, ThemeOp, false, false, local [] {
        name: String, Name set_name name_mut;
        words: Vec<String>, Words set_words words_mut atomic;
        size: u8, Size set_size size_mut;
    }
}

/// The operations of enums: of a variant's only field, which has its own wrapper, and of one field among
/// several.
macro_rules! enums {
    ($($name:ty, $op:ident, $as_serde:literal: |$depth:ident| $values:expr;
        only { $($only:ident: $only_ty:ty, |$only_part:ident| $only_is:pat, $only_mut:ident;)* }
        several { $($part:ident: $ty:ty, |$found:ident| $is:pat, $variant_mut:ident $set:ident $part_mut:ident;)* }
    )+) => {$(
        #[derive(Clone, Debug)]
        pub enum $op {
            Set($name),
            $( $only(Box<<$only_ty as Subject>::Op>), )*
            $( $part(PartOp<$ty, <$ty as Subject>::Op>), )*
        }

        impl Subject for $name {
            type Op = $op;
            const AS_SERDE: bool = $as_serde;

            fn values($depth: u32) -> BoxedStrategy<Self> {
                $values.boxed()
            }

            fn ops(depth: u32) -> BoxedStrategy<$op> {
                #[allow(unused_mut)] // there may be no fields
                let mut ops = vec![Self::values(depth).prop_map($op::Set).boxed()];
                $(
                    let only = <$only_ty as Subject>::ops(depth);
                    ops.push(only.prop_map(|op| $op::$only(Box::new(op))).boxed());
                )*
                $( ops.push(part_ops::<$ty>(depth).prop_map($op::$part).boxed()); )*
                proptest::strategy::Union::new(ops).boxed()
            }

            fn reaches_in(op: &$op) -> bool {
                !matches!(op, $op::Set(_))
            }

            fn live(writer: &mut Self::Mut<'_>, op: &$op) -> Outcome {
                match op {
                    $op::Set(value) => done(writer.set(value.clone())),
                    $(
                        $op::$only(op) => {
                            let part = writer.$only_mut();
                            done(part.map(|mut part| <$only_ty as Subject>::live(&mut part, op)))
                        }
                    )*
                    $(
                        $op::$part(op) => done(writer.$variant_mut().map(|mut variant| match op {
                            PartOp::Set(part) => done(variant.$set(part.clone())),
                            PartOp::In(op) => in_part!($ty, variant.$part_mut(), op),
                        })),
                    )*
                }
            }

            fn plain(value: &mut Self, op: &$op) -> Outcome {
                match op {
                    $op::Set(new) => done(*value = new.clone()),
                    $(
                        $op::$only(op) => done(match value {
                            $only_is => Some(<$only_ty as Subject>::plain($only_part, op)),
                            _ => None,
                        }),
                    )*
                    $(
                        $op::$part(op) => done(match value {
                            $is => Some(plain_part($found, op)),
                            _ => None,
                        }),
                    )*
                }
            }
        }
    )+};
}

enums! {
    Marker, MarkerOp, true: |_depth| Just(Marker);
    only {}
    several {}

    Color, ColorOp, true: |_depth| select(vec![Color::Red, Color::Green, Color::Blue]);
    only {}
    several {}

    Shape, ShapeOp, true: |depth| prop_oneof![
        select(vec![Shape::Empty, Shape::Nothing {}]),
        f64::values(depth).prop_map(Shape::Circle),
        <(u8, Vec<String>)>::values(depth).prop_map(|(a, b)| Shape::Pair(a, b)),
        <(Task, Vec<Shape>)>::values(depth).prop_map(|(of, inner)| Shape::Rect { of, inner }),
    ];
    only {
        Circle: f64, |part| Shape::Circle(part), circle_mut;
    }
    several {
        PairFirst: u8, |part| Shape::Pair(part, _), pair_mut set_0 _0_mut;
        PairSecond: Vec<String>, |part| Shape::Pair(_, part), pair_mut set_1 _1_mut;
        RectOf: Task, |of| Shape::Rect { of, .. }, rect_mut set_of of_mut;
        RectInner: Vec<Shape>, |inner| Shape::Rect { inner, .. }, rect_mut set_inner inner_mut;
    }

    Tree<String>, TreeOp, true: |depth| prop_oneof![
        u8::values(depth).prop_map(Tree::Value),
        <BTreeMap<_, _> as Subject>::values(depth).prop_map(|inner| Tree::Node { inner }),
    ];
    only {
        Value: u8, |value| Tree::Value(value), value_mut;
    }
    several {
        NodeInner: BTreeMap<String, Tree<String>>, |inner| Tree::Node { inner }, node_mut set_inner inner_mut;
    }

    Panel, PanelOp, false: |depth| prop_oneof![
        select(vec![Panel::Closed, Panel::Local(0)]),
        String::values(depth).prop_map(|name| Panel::Pair(vec![], name)),
        <(Vec<u16>, String)>::values(depth).prop_map(|(rows, name)| Panel::Table { rows, at: 0, name }),
    ];
    only {}
    several {
        PairName: String, |part| Panel::Pair(_, part), pair_mut set_1 _1_mut;
        TableRows: Vec<u16>, |rows| Panel::Table { rows, .. }, table_mut set_rows rows_mut;
        TableName: String, |name| Panel::Table { name, .. }, table_mut set_name name_mut;
    }

    Step, StepOp, true: |depth| prop_oneof![
        Job::values(depth).prop_map(Step::Open),
        <(String, Option<u8>)>::values(depth).prop_map(|(by, note)| Step::Done { by, note }),
    ];
    only {
        Open: Job, |job| Step::Open(job), open_mut;
    }
    several {
        DoneBy: String, |by| Step::Done { by, .. }, done_mut set_by by_mut;
        DoneNote: Option<u8>, |note| Step::Done { note, .. }, done_mut set_note note_mut;
    }
}
