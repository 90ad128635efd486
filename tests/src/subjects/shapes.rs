//! Derived types of other shapes: tuple structs, unit structs, enums, generics, atomic fields and types.

use ipos::Shared;
use proptest::{prelude::*, strategy::Union};
use serde::{Deserialize, Serialize};

use crate::{
    subject::{Outcome, PartOp, Subject, done, part_ops, part_reaches_in, plain_part},
    subjects::structs::Task,
};

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Pair(u8, Vec<String>);

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Unit;

/// A variant of each kind.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub enum Shape {
    #[default]
    Empty,
    Label(String),
    Line(u16, Vec<u8>),
    Rect {
        of: Task,
        tags: Vec<bool>,
    },
}

/// Holds values of its own type.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub enum Expr {
    #[default]
    Zero,
    Negative(Box<Expr>),
    Sum(Box<Self>, Option<Box<Self>>),
    Call {
        arguments: Vec<Expr>,
        name: String,
    },
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub enum Either<A, B> {
    #[default]
    Neither,
    Left(A),
    Both {
        a: A,
        b: B,
    },
}

/// A field that is replaced whole.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Theme {
    name: String,
    #[shared(atomic)]
    colors: Vec<(u8, Option<String>)>,
}

/// Replaced whole, and told by serde as a text.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
#[serde(into = "String", from = "String")]
#[shared(atomic)]
pub struct Words(Vec<String>);

impl From<Words> for String {
    fn from(words: Words) -> Self {
        words.0.join("\n")
    }
}

impl From<String> for Words {
    fn from(text: String) -> Self {
        Self(text.lines().map(str::to_owned).collect())
    }
}

/// `Subject` for an enum of these variants, of which the first has no fields.
macro_rules! enums {
    ($($ty:ty, $name:ident $op:ident {
        $unit:ident;
        $($variant:ident $variant_mut:ident {
            $($member:tt $bind:ident: $part:ty, $case:ident $set:ident $part_mut:ident;)+
        })*
        $(=> $newtype:ident $newtype_mut:ident: $inner:ty;)*
    })+) => {$(
        #[derive(Clone, Debug)]
        pub enum $op {
            Set($ty),
            $($( $case(PartOp<$part, <$part as Subject>::Op>), )+)*
            $( $newtype(Box<<$inner as Subject>::Op>), )*
        }

        impl Subject for $ty {
            type Op = $op;

            fn values(depth: u32) -> BoxedStrategy<Self> {
                let mut values = vec![Just($name::$unit).boxed()];
                if let Some(depth) = depth.checked_sub(1) {
                    $(
                        let parts = ($( <$part as Subject>::values(depth), )+);
                        let variant = |($($bind,)+)| $name::$variant { $($member: $bind),+ };
                        values.push(parts.prop_map(variant).boxed());
                    )*
                    $(
                        let inner = <$inner as Subject>::values(depth);
                        values.push(inner.prop_map($name::$newtype).boxed());
                    )*
                }
                Union::new(values).boxed()
            }

            fn ops(depth: u32) -> BoxedStrategy<$op> {
                let mut ops = vec![Self::values(depth).prop_map($op::Set).boxed()];
                if let Some(depth) = depth.checked_sub(1) {
                    $($( ops.push(part_ops::<$part>(depth).prop_map($op::$case).boxed()); )+)*
                    $(
                        let inner = <$inner as Subject>::ops(depth).prop_map(Box::new);
                        ops.push(inner.prop_map($op::$newtype).boxed());
                    )*
                }
                Union::new(ops).boxed()
            }

            // A way through a variant may be longer than a small value.
            fn reaches_in(op: &$op) -> bool {
                !matches!(op, $op::Set(_))
            }

            fn live(writer: &mut Self::Mut<'_>, op: &$op) -> Outcome {
                match op {
                    $op::Set(value) => done(writer.set(value.clone())),
                    $($(
                        $op::$case(op) => match (writer.$variant_mut(), op) {
                            (None, _) => done(()),
                            (Some(mut inside), PartOp::Set(part)) => {
                                done(inside.$set(part.clone()))
                            }
                            (Some(mut inside), PartOp::In(op)) => {
                                <$part as Subject>::live(&mut inside.$part_mut(), op)
                            }
                        },
                    )+)*
                    $(
                        $op::$newtype(op) => match writer.$newtype_mut() {
                            None => done(()),
                            Some(mut inside) => <$inner as Subject>::live(&mut inside, op),
                        },
                    )*
                }
            }

            fn plain(value: &mut Self, op: &$op) -> Outcome {
                match op {
                    $op::Set(new) => done(*value = new.clone()),
                    $($(
                        $op::$case(op) => match value {
                            $name::$variant { $member: part, .. } => plain_part(part, op),
                            _ => done(()),
                        },
                    )+)*
                    $(
                        $op::$newtype(op) => match value {
                            $name::$newtype(part) => <$inner as Subject>::plain(part, op),
                            _ => done(()),
                        },
                    )*
                }
            }
        }
    )+};
}

enums! {
    Shape, Shape ShapeOp {
        Empty;
        Line line_mut {
            0 a: u16, Line0 set_0 _0_mut;
            1 b: Vec<u8>, Line1 set_1 _1_mut;
        }
        Rect rect_mut {
            of of: Task, RectOf set_of of_mut;
            tags tags: Vec<bool>, RectTags set_tags tags_mut;
        }
        => Label label_mut: String;
    }
    Expr, Expr ExprOp {
        Zero;
        Sum sum_mut {
            0 a: Box<Expr>, Sum0 set_0 _0_mut;
            1 b: Option<Box<Expr>>, Sum1 set_1 _1_mut;
        }
        Call call_mut {
            arguments arguments: Vec<Expr>, CallArguments set_arguments arguments_mut;
            name name: String, CallName set_name name_mut;
        }
        => Negative negative_mut: Box<Expr>;
    }
    Either<String, Vec<u8>>, Either EitherOp {
        Neither;
        Both both_mut {
            a a: String, BothA set_a a_mut;
            b b: Vec<u8>, BothB set_b b_mut;
        }
        => Left left_mut: String;
    }
}

#[derive(Clone, Debug)]
pub enum PairOp {
    Set(Pair),
    First(PartOp<u8, <u8 as Subject>::Op>),
    Second(PartOp<Vec<String>, <Vec<String> as Subject>::Op>),
}

impl Subject for Pair {
    type Op = PairOp;

    fn values(depth: u32) -> BoxedStrategy<Self> {
        let parts = (u8::values(depth), Vec::values(depth));
        parts
            .prop_map(|(first, second)| Self(first, second))
            .boxed()
    }

    fn ops(depth: u32) -> BoxedStrategy<PairOp> {
        prop_oneof![
            Self::values(depth).prop_map(PairOp::Set),
            part_ops::<u8>(depth).prop_map(PairOp::First),
            part_ops::<Vec<String>>(depth).prop_map(PairOp::Second),
        ]
        .boxed()
    }

    fn reaches_in(op: &PairOp) -> bool {
        match op {
            PairOp::Set(_) => false,
            PairOp::First(op) => part_reaches_in::<u8>(op),
            PairOp::Second(op) => part_reaches_in::<Vec<String>>(op),
        }
    }

    fn live(writer: &mut PairMut<'_>, op: &PairOp) -> Outcome {
        match op {
            PairOp::Set(value) => done(writer.set(value.clone())),
            PairOp::First(PartOp::Set(part)) => done(writer.set_0(*part)),
            PairOp::First(PartOp::In(op)) => u8::live(&mut writer._0_mut(), op),
            PairOp::Second(PartOp::Set(part)) => done(writer.set_1(part.clone())),
            PairOp::Second(PartOp::In(op)) => Vec::live(&mut writer._1_mut(), op),
        }
    }

    fn plain(value: &mut Self, op: &PairOp) -> Outcome {
        match op {
            PairOp::Set(new) => done(*value = new.clone()),
            PairOp::First(op) => plain_part(&mut value.0, op),
            PairOp::Second(op) => plain_part(&mut value.1, op),
        }
    }
}

impl Subject for Unit {
    type Op = ();

    fn values(_: u32) -> BoxedStrategy<Self> {
        Just(Unit).boxed()
    }
    fn ops(_: u32) -> BoxedStrategy<()> {
        Just(()).boxed()
    }
    fn live(writer: &mut UnitMut<'_>, (): &()) -> Outcome {
        done(writer.set(Unit))
    }
    fn plain(_: &mut Self, (): &()) -> Outcome {
        done(())
    }
}

#[derive(Clone, Debug)]
pub enum ThemeOp {
    Set(Theme),
    Name(PartOp<String, <String as Subject>::Op>),
    Colors(Vec<(u8, Option<String>)>),
    Clear,
}

impl Subject for Theme {
    type Op = ThemeOp;
    const AS_SERDE: bool = false;

    fn values(depth: u32) -> BoxedStrategy<Self> {
        let parts = (String::values(depth), Vec::values(depth));
        parts
            .prop_map(|(name, colors)| Self { name, colors })
            .boxed()
    }

    fn ops(depth: u32) -> BoxedStrategy<ThemeOp> {
        prop_oneof![
            Self::values(depth).prop_map(ThemeOp::Set),
            part_ops::<String>(depth).prop_map(ThemeOp::Name),
            Vec::values(depth).prop_map(ThemeOp::Colors),
            Just(ThemeOp::Clear),
        ]
        .boxed()
    }

    fn reaches_in(op: &ThemeOp) -> bool {
        matches!(op, ThemeOp::Name(op) if part_reaches_in::<String>(op))
    }

    fn live(writer: &mut ThemeMut<'_>, op: &ThemeOp) -> Outcome {
        match op {
            ThemeOp::Set(value) => done(writer.set(value.clone())),
            ThemeOp::Name(PartOp::Set(name)) => done(writer.set_name(name)),
            ThemeOp::Name(PartOp::In(op)) => String::live(&mut writer.name_mut(), op),
            ThemeOp::Colors(colors) => done(writer.set_colors(colors.clone())),
            ThemeOp::Clear => done(writer.colors_mut().modify(Vec::clear)),
        }
    }

    fn plain(value: &mut Self, op: &ThemeOp) -> Outcome {
        match op {
            ThemeOp::Set(new) => done(*value = new.clone()),
            ThemeOp::Name(op) => plain_part(&mut value.name, op),
            ThemeOp::Colors(colors) => done(value.colors.clone_from(colors)),
            ThemeOp::Clear => done(value.colors.clear()),
        }
    }
}

#[derive(Clone, Debug)]
pub enum WordsOp {
    Set(Words),
    Push(String),
}

impl Subject for Words {
    type Op = WordsOp;
    const AS_SERDE: bool = false;

    fn values(depth: u32) -> BoxedStrategy<Self> {
        // Only words that the text gives back.
        let words = prop::collection::vec("[a-z]{1,3}", 0..=depth as usize);
        words.prop_map(Self).boxed()
    }

    fn ops(depth: u32) -> BoxedStrategy<WordsOp> {
        prop_oneof![
            Self::values(depth).prop_map(WordsOp::Set),
            "[a-z]{1,3}".prop_map(WordsOp::Push),
        ]
        .boxed()
    }

    fn live(writer: &mut ipos::AtomicMut<'_, Self>, op: &WordsOp) -> Outcome {
        match op {
            WordsOp::Set(value) => done(writer.set(value.clone())),
            WordsOp::Push(word) => done(writer.modify(|words| words.0.push(word.clone()))),
        }
    }

    fn plain(value: &mut Self, op: &WordsOp) -> Outcome {
        match op {
            WordsOp::Set(new) => done(*value = new.clone()),
            WordsOp::Push(word) => done(value.0.push(word.clone())),
        }
    }
}
