//! Tuples of one to twelve parts.

use proptest::prelude::*;

use crate::subject::{Outcome, PartOp, Subject, done, part_ops, part_reaches_in, plain_part};

macro_rules! tuple {
    ($($index:tt $part:ident $op:ident $variant:ident $set:ident $part_mut:ident,)+) => {
        const _: () = {
            #[derive(Clone, Debug)]
            pub enum TupleOp<$($part, $op),+> {
                Set(($($part,)+)),
                $( $variant(PartOp<$part, $op>), )+
            }

            impl<$($part: Subject),+> Subject for ($($part,)+) {
                type Op = TupleOp<$($part, <$part as Subject>::Op),+>;
                const UNORDERED: bool = $( $part::UNORDERED )||+;
                const AS_SERDE: bool = $( $part::AS_SERDE )&&+;

                fn values(depth: u32) -> BoxedStrategy<Self> {
                    ($( $part::values(depth), )+).boxed()
                }

                fn ops(depth: u32) -> BoxedStrategy<Self::Op> {
                    let mut ops = vec![Self::values(depth).prop_map(TupleOp::Set).boxed()];
                    $( ops.push(part_ops::<$part>(depth).prop_map(TupleOp::$variant).boxed()); )+
                    proptest::strategy::Union::new(ops).boxed()
                }

                fn reaches_in(op: &Self::Op) -> bool {
                    match op {
                        TupleOp::Set(_) => false,
                        $( TupleOp::$variant(op) => part_reaches_in::<$part>(op), )+
                    }
                }

                fn live(writer: &mut Self::Mut<'_>, op: &Self::Op) -> Outcome {
                    match op {
                        TupleOp::Set(value) => done(writer.set(value.clone())),
                        $(
                            TupleOp::$variant(PartOp::Set(part)) => done(writer.$set(part.clone())),
                            TupleOp::$variant(PartOp::In(op)) => {
                                $part::live(&mut writer.$part_mut(), op)
                            }
                        )+
                    }
                }

                fn plain(value: &mut Self, op: &Self::Op) -> Outcome {
                    match op {
                        TupleOp::Set(new) => done(*value = new.clone()),
                        $( TupleOp::$variant(op) => plain_part(&mut value.$index, op), )+
                    }
                }
            }
        };
    };
}

/// A tuple of the first part, of the first two, and so on.
macro_rules! tuples {
    ([$($head:tt)*]) => {};
    ([$($head:tt)*] [$($next:tt)*] $($rest:tt)*) => {
        tuple! { $($head)* $($next)*, }
        tuples! { [$($head)* $($next)*,] $($rest)* }
    };
}

tuples! {
    []
    [0 A OpA InA set_0 _0_mut]
    [1 B OpB InB set_1 _1_mut]
    [2 C OpC InC set_2 _2_mut]
    [3 D OpD InD set_3 _3_mut]
    [4 E OpE InE set_4 _4_mut]
    [5 F OpF InF set_5 _5_mut]
    [6 G OpG InG set_6 _6_mut]
    [7 H OpH InH set_7 _7_mut]
    [8 I OpI InI set_8 _8_mut]
    [9 J OpJ InJ set_9 _9_mut]
    [10 K OpK InK set_10 _10_mut]
    [11 L OpL InL set_11 _11_mut]
}
