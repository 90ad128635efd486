//! Tuples of up to twelve parts: changed part by part.

use std::ops::Deref;

use serde::{Deserialize, Serialize};

use crate::{
    cursor::{Cursor, Finish},
    error::Result,
    parts::Parts,
    patch::{Fault, Incoming, Patch},
    schema::{SchemaBuilder, TypeRef},
    shared::{Assign, Shared},
    wire::{DecodeError, Reader, put_length},
};

macro_rules! tuples {
    ($($patch:ident $wrapper:ident: [$($index:tt $part:ident $variant:ident $set:ident $part_mut:ident,)+])+) => {$(
        /// A change to one part of a tuple.
        #[derive(Clone, Debug, Serialize, Deserialize)]
        #[serde(bound = "")]
        pub enum $patch<$($part: Shared),+> {
            $(
                /// A change to the part of this number.
                $variant($part::Patch),
            )+
        }

        impl<$($part: Shared),+> Patch for $patch<$($part),+> {
            fn encode(&self, out: &mut Vec<u8>) {
                match self {
                    $(Self::$variant(patch) => {
                        put_length(out, $index);
                        patch.encode(out);
                    })+
                }
            }
            fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                match reader.length()? {
                    $($index => reader.nested(Patch::decode).map(Self::$variant),)+
                    number => Err(reader.no_such("part", "tuple", number)),
                }
            }
        }

        /// The wrapper of a tuple.
        #[derive(Debug)]
        pub struct $wrapper<'a, $($part),+>(Cursor<'a, ($($part,)+)>);

        impl<$($part),+> Deref for $wrapper<'_, $($part),+> {
            type Target = ($($part,)+);
            fn deref(&self) -> &Self::Target {
                self.0.value()
            }
        }

        impl<$($part: Shared),+> $wrapper<'_, $($part),+> {
            /// Replaces all parts.
            pub fn set(&mut self, value: ($($part,)+)) {
                $( self.$set(value.$index); )+
            }
            $(
                /// Replaces the part of this number.
                pub fn $set(&mut self, value: impl Assign<$part>) {
                    let part = self.0.field($index, |tuple| &mut tuple.$index);
                    $part::replace(part, value.into_value());
                }

                /// The wrapper of the part of this number.
                pub fn $part_mut(&mut self) -> $part::Mut<'_> {
                    $part::writer(self.0.field($index, |tuple| &mut tuple.$index))
                }
            )+
        }

        impl<$($part: Shared),+> Shared for ($($part,)+) {
            const IS_KEY: bool = $( $part::IS_KEY )&&+;
            type Patch = $patch<$($part),+>;
            type Mut<'a> = $wrapper<'a, $($part),+>;

            fn writer(cursor: Cursor<'_, Self>) -> Self::Mut<'_> {
                $wrapper(cursor)
            }
            fn finish(writer: Self::Mut<'_>, finish: Finish) -> Result<()> {
                writer.0.finish(finish)
            }
            fn replace(cursor: Cursor<'_, Self>, value: Self) {
                $wrapper(cursor).set(value);
            }
            fn encode(&self, out: &mut Vec<u8>) {
                $( self.$index.encode(out); )+
            }
            fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                reader.parts(|reader| Ok(($($part::decode(reader)?,)+)))
            }
            fn apply(&mut self, patch: &mut Incoming<'_>) -> Result<(), Fault> {
                let operation = patch.operation()?;
                patch.nested(|patch| match operation.number {
                    $( $index => self.$index.apply(patch), )+
                    _ => Err(patch.no_such("part", "tuple", operation)),
                })
            }
            fn parts(&self, parts: &mut Parts) {
                $( parts.field($index, &self.$index); )+
            }
            fn describe(schema: &mut SchemaBuilder) -> TypeRef {
                schema.tuple::<Self>(|schema| vec![$($part::describe(schema)),+])
            }
        }
    )+};
}

tuples! {
    Tuple1Patch Tuple1Mut: [0 A F0 set_0 _0_mut,]
    Tuple2Patch Tuple2Mut: [0 A F0 set_0 _0_mut, 1 B F1 set_1 _1_mut,]
    Tuple3Patch Tuple3Mut: [0 A F0 set_0 _0_mut, 1 B F1 set_1 _1_mut, 2 C F2 set_2 _2_mut,]
    Tuple4Patch Tuple4Mut: [0 A F0 set_0 _0_mut, 1 B F1 set_1 _1_mut, 2 C F2 set_2 _2_mut, 3 D F3 set_3 _3_mut,]
    Tuple5Patch Tuple5Mut: [0 A F0 set_0 _0_mut, 1 B F1 set_1 _1_mut, 2 C F2 set_2 _2_mut, 3 D F3 set_3 _3_mut, 4 E F4 set_4 _4_mut,]
    Tuple6Patch Tuple6Mut: [0 A F0 set_0 _0_mut, 1 B F1 set_1 _1_mut, 2 C F2 set_2 _2_mut, 3 D F3 set_3 _3_mut, 4 E F4 set_4 _4_mut, 5 F F5 set_5 _5_mut,]
    Tuple7Patch Tuple7Mut: [0 A F0 set_0 _0_mut, 1 B F1 set_1 _1_mut, 2 C F2 set_2 _2_mut, 3 D F3 set_3 _3_mut, 4 E F4 set_4 _4_mut, 5 F F5 set_5 _5_mut, 6 G F6 set_6 _6_mut,]
    Tuple8Patch Tuple8Mut: [0 A F0 set_0 _0_mut, 1 B F1 set_1 _1_mut, 2 C F2 set_2 _2_mut, 3 D F3 set_3 _3_mut, 4 E F4 set_4 _4_mut, 5 F F5 set_5 _5_mut, 6 G F6 set_6 _6_mut, 7 H F7 set_7 _7_mut,]
    Tuple9Patch Tuple9Mut: [0 A F0 set_0 _0_mut, 1 B F1 set_1 _1_mut, 2 C F2 set_2 _2_mut, 3 D F3 set_3 _3_mut, 4 E F4 set_4 _4_mut, 5 F F5 set_5 _5_mut, 6 G F6 set_6 _6_mut, 7 H F7 set_7 _7_mut, 8 I F8 set_8 _8_mut,]
    Tuple10Patch Tuple10Mut: [0 A F0 set_0 _0_mut, 1 B F1 set_1 _1_mut, 2 C F2 set_2 _2_mut, 3 D F3 set_3 _3_mut, 4 E F4 set_4 _4_mut, 5 F F5 set_5 _5_mut, 6 G F6 set_6 _6_mut, 7 H F7 set_7 _7_mut, 8 I F8 set_8 _8_mut, 9 J F9 set_9 _9_mut,]
    Tuple11Patch Tuple11Mut: [0 A F0 set_0 _0_mut, 1 B F1 set_1 _1_mut, 2 C F2 set_2 _2_mut, 3 D F3 set_3 _3_mut, 4 E F4 set_4 _4_mut, 5 F F5 set_5 _5_mut, 6 G F6 set_6 _6_mut, 7 H F7 set_7 _7_mut, 8 I F8 set_8 _8_mut, 9 J F9 set_9 _9_mut, 10 K F10 set_10 _10_mut,]
    Tuple12Patch Tuple12Mut: [0 A F0 set_0 _0_mut, 1 B F1 set_1 _1_mut, 2 C F2 set_2 _2_mut, 3 D F3 set_3 _3_mut, 4 E F4 set_4 _4_mut, 5 F F5 set_5 _5_mut, 6 G F6 set_6 _6_mut, 7 H F7 set_7 _7_mut, 8 I F8 set_8 _8_mut, 9 J F9 set_9 _9_mut, 10 K F10 set_10 _10_mut, 11 L F11 set_11 _11_mut,]
}
