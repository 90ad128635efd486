//! `Box`, `Arc` and `Cow`: as if they were their content. A patch of a boxed value is boxed too, so that types
//! and patches can be recursive. They are not counted as a level of nesting: a peer that knows the type
//! only by its schema does not see them.

use std::{borrow::Cow, fmt::Debug, sync::Arc};

use serde::Serialize;

use crate::{
    cursor::{Cover, Cursor, Finish},
    error::Result,
    parts::Parts,
    patch::{Fault, Incoming},
    schema::{SchemaBuilder, TypeRef},
    shared::{Assign, Shared},
    wire::{DecodeError, Reader},
};

/// What of `Shared` is the same for all covers of a `$content`.
macro_rules! covered {
    ($content:ty) => {
        const IS_KEY: bool = <$content as Shared>::IS_KEY;
        type Patch = Box<<$content as Shared>::Patch>;
        type Mut<'a> = <$content as Shared>::Mut<'a>;

        fn writer(cursor: Cursor<'_, Self>) -> Self::Mut<'_> {
            <$content>::writer(cursor.uncovered())
        }
        fn finish(writer: Self::Mut<'_>, finish: Finish) -> Result<()> {
            <$content>::finish(writer, finish)
        }
        fn apply(&mut self, patch: &mut Incoming<'_>) -> Result<(), Fault> {
            self.uncover().apply(patch)
        }
        fn describe(schema: &mut SchemaBuilder) -> TypeRef {
            <$content>::describe(schema)
        }
    };
}

impl<T> Cover for Box<T> {
    type Content = T;

    fn content(&self) -> &T {
        self
    }
    fn uncover(&mut self) -> &mut T {
        self
    }
}

impl<T: Shared> Shared for Box<T> {
    covered!(T);

    fn replace(cursor: Cursor<'_, Self>, value: Self) {
        T::replace(cursor.uncovered(), *value);
    }
    fn encode(&self, out: &mut Vec<u8>) {
        (**self).encode(out);
    }
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        T::decode(reader).map(Self::new)
    }
    fn parts(&self, parts: &mut Parts) {
        parts.look_at(&**self);
    }
}

/// What a snapshot still holds is cloned before it is changed.
impl<T: Clone> Cover for Arc<T> {
    type Content = T;

    fn content(&self) -> &T {
        self
    }
    fn uncover(&mut self) -> &mut T {
        Self::make_mut(self)
    }
}

impl<T: Shared> Shared for Arc<T> {
    covered!(T);

    fn replace(cursor: Cursor<'_, Self>, value: Self) {
        T::replace(cursor.uncovered(), Self::unwrap_or_clone(value));
    }
    fn encode(&self, out: &mut Vec<u8>) {
        (**self).encode(out);
    }
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        T::decode(reader).map(Self::new)
    }
    fn parts(&self, parts: &mut Parts) {
        parts.look_at(&**self);
    }
}

impl<T: ?Sized + ToOwned> Cover for Cow<'_, T> {
    type Content = T::Owned;

    fn content(&self) -> &T::Owned {
        match self {
            Self::Owned(content) => content,
            Self::Borrowed(_) => unreachable!("it was uncovered, so it is owned"),
        }
    }
    fn uncover(&mut self) -> &mut T::Owned {
        self.to_mut()
    }
}

impl<T> Shared for Cow<'static, T>
where
    T: ?Sized + ToOwned<Owned: Shared> + Serialize + Debug + Sync + 'static,
{
    covered!(T::Owned);

    fn replace(cursor: Cursor<'_, Self>, value: Self) {
        T::Owned::replace(cursor.uncovered(), value.into_owned());
    }
    fn encode(&self, out: &mut Vec<u8>) {
        match self {
            Self::Owned(content) => content.encode(out),
            Self::Borrowed(content) => T::to_owned(content).encode(out),
        }
    }
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        T::Owned::decode(reader).map(Self::Owned)
    }
}

#[diagnostic::do_not_recommend]
impl Assign<Cow<'static, str>> for &'static str {
    fn into_value(self) -> Cow<'static, str> {
        Cow::Borrowed(self)
    }
}

#[diagnostic::do_not_recommend]
impl Assign<Cow<'static, str>> for String {
    fn into_value(self) -> Cow<'static, str> {
        Cow::Owned(self)
    }
}
