//! What is as its content: `Box`, `Arc` and `Cow`.

use std::{borrow::Cow, fmt::Debug, sync::Arc};

use proptest::prelude::*;
use serde::Serialize;

use crate::subject::{Outcome, Subject};

macro_rules! covers {
    ($([$($generics:tt)*] $cover:ty: $content:ty, $new:expr, $inside:expr;)*) => {$(
        impl<$($generics)*> Subject for $cover {
            type Op = <$content as Subject>::Op;
            const UNORDERED: bool = <$content>::UNORDERED;
            const AS_SERDE: bool = <$content>::AS_SERDE;

            fn values(depth: u32) -> BoxedStrategy<Self> {
                <$content>::values(depth).prop_map($new).boxed()
            }
            fn ops(depth: u32) -> BoxedStrategy<Self::Op> {
                <$content>::ops(depth)
            }
            fn reaches_in(op: &Self::Op) -> bool {
                <$content>::reaches_in(op)
            }
            fn live(writer: &mut Self::Mut<'_>, op: &Self::Op) -> Outcome {
                <$content>::live(writer, op)
            }
            fn plain(value: &mut Self, op: &Self::Op) -> Outcome {
                let inside: fn(&mut Self) -> &mut $content = $inside;
                <$content>::plain(inside(value), op)
            }
        }
    )*};
}

covers! {
    [T: Subject] Box<T>: T, Box::new, Box::as_mut;
    [T: Subject] Arc<T>: T, Arc::new, Arc::make_mut;
    [T: ?Sized + ToOwned<Owned: Subject> + PartialEq + Serialize + Debug + Sync + 'static]
        Cow<'static, T>: T::Owned, Cow::Owned, Cow::to_mut;
}
