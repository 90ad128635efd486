//! What the derive makes of the struct `Pages` of `bound.rs`.

/// A change to one field of a [`Pages`](struct@Pages).
#[allow(dead_code, private_bounds, private_interfaces)]
enum PagesPatch<T>
where
    T: Shared,
{
    /// A change to `all`.
    All(<Vec<T> as ::ipos::Shared>::Patch),
}
#[automatically_derived]
impl<T> ::ipos::__private::PatchEnum for PagesPatch<T>
where
    T: Shared,
    Pages<
        T,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    const NAME: &'static ::core::primitive::str = "PagesPatch";
    const VARIANTS: &'static [&'static ::core::primitive::str] = &["All"];
    fn give<__V: ::ipos::__private::PatchVisitor>(&self, to: __V) -> __V::Output {
        match *self {
            Self::All(ref content) => to.field(0, content),
        }
    }
    fn take<__S: ::ipos::__private::PatchSource>(
        number: ::core::primitive::usize,
        from: __S,
    ) -> ::core::result::Result<Self, __S::Error> {
        match number {
            0 => ::core::result::Result::Ok(Self::All(__S::field(from)?)),
            _ => from.no_such(number),
        }
    }
}
#[automatically_derived]
impl<T> ::core::clone::Clone for PagesPatch<T>
where
    T: Shared,
    Pages<
        T,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    fn clone(&self) -> Self {
        match *self {
            Self::All(ref content) => Self::All(::core::clone::Clone::clone(content)),
        }
    }
}
#[automatically_derived]
impl<T> ::core::fmt::Debug for PagesPatch<T>
where
    T: Shared,
    Pages<
        T,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_patch(self, f)
    }
}
#[automatically_derived]
impl<T> ::ipos::__private::serde::Serialize for PagesPatch<T>
where
    T: Shared,
    Pages<
        T,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    fn serialize<__S: ::ipos::__private::serde::Serializer>(
        &self,
        serializer: __S,
    ) -> ::core::result::Result<__S::Ok, __S::Error> {
        ::ipos::__private::serialize_patch(self, serializer)
    }
}
#[automatically_derived]
impl<'__de, T> ::ipos::__private::serde::Deserialize<'__de> for PagesPatch<T>
where
    T: Shared,
    Pages<
        T,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    fn deserialize<__D: ::ipos::__private::serde::Deserializer<'__de>>(
        deserializer: __D,
    ) -> ::core::result::Result<Self, __D::Error> {
        ::ipos::__private::deserialize_patch(deserializer)
    }
}
#[automatically_derived]
impl<T> ::ipos::Patch for PagesPatch<T>
where
    T: Shared,
    Pages<
        T,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    fn encode(&self, out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        ::ipos::__private::encode_patch(self, out);
    }
    fn decode(
        reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        ::ipos::__private::decode_patch(reader)
    }
}
/// The wrapper of a [`Pages`](struct@Pages), through which it is changed.
#[allow(dead_code, private_bounds, private_interfaces)]
struct PagesMut<'ipos, T>(::ipos::__private::Cursor<'ipos, Pages<T>>);
#[automatically_derived]
impl<T> ::core::fmt::Debug for PagesMut<'_, T>
where
    T: Shared,
    Pages<
        T,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_writer("PagesMut", &self.0, f)
    }
}
#[automatically_derived]
impl<T> ::core::ops::Deref for PagesMut<'_, T>
where
    T: Shared,
    Pages<
        T,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    type Target = Pages<T>;
    #[inline]
    fn deref(&self) -> &Pages<T> {
        self.0.value()
    }
}
#[allow(dead_code, private_bounds, private_interfaces)]
impl<T> PagesMut<'_, T>
where
    T: Shared,
    Pages<
        T,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    /// Replaces all fields.
    #[inline]
    fn set(&mut self, value: Pages<T>) {
        <Vec<
            T,
        > as ::ipos::Shared>::replace(
            self.0.field(0, |owner| &mut owner.all),
            value.all,
        );
    }
    /// Runs an action here, and has the host run it again in this place of the commit.
    #[inline]
    fn call<__R, __E>(
        &mut self,
        action: ::ipos::Action<Pages<T>, __R, __E>,
    ) -> ::core::result::Result<__R, __E> {
        ::ipos::__private::call(&mut self.0, action)
    }
    /// Replaces [`all`](field@Pages::all).
    #[inline]
    fn set_all(&mut self, value: impl ::ipos::Assign<Vec<T>>) {
        <Vec<
            T,
        > as ::ipos::Shared>::replace(
            self.0.field(0, |owner| &mut owner.all),
            ::ipos::Assign::into_value(value),
        );
    }
    /// The wrapper of [`all`](field@Pages::all).
    #[inline]
    fn all_mut(&mut self) -> <Vec<T> as ::ipos::Shared>::Mut<'_> {
        <Vec<T> as ::ipos::Shared>::writer(self.0.field(0, |owner| &mut owner.all))
    }
}
#[automatically_derived]
impl<T> ::ipos::Shared for Pages<T>
where
    T: Shared,
    Pages<
        T,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    #[doc(hidden)]
    const ACTIONS: &'static [&'static [::ipos::__private::Entry<Self>]] = {
        #[allow(unused_imports)]
        use ::ipos::__private::Unlisted as _;
        &[
            Self::IPOS_ACTIONS_1_THE_NEXT_BLOCK_SAYS_ACTIONS_2,
            Self::IPOS_ACTIONS_2_THE_NEXT_BLOCK_SAYS_ACTIONS_3,
            Self::IPOS_ACTIONS_3_THE_NEXT_BLOCK_SAYS_ACTIONS_4,
            Self::IPOS_ACTIONS_4_AND_NO_BLOCK_MORE,
        ]
    };
    type Patch = PagesPatch<T>;
    type Mut<'ipos> = PagesMut<'ipos, T>;
    #[inline]
    fn writer(cursor: ::ipos::__private::Cursor<'_, Self>) -> PagesMut<'_, T> {
        PagesMut(cursor)
    }
    fn finish(
        writer: PagesMut<'_, T>,
        finish: ::ipos::__private::Finish,
    ) -> ::ipos::__private::Result<()> {
        writer.0.finish(finish)
    }
    #[inline]
    fn replace(cursor: ::ipos::__private::Cursor<'_, Self>, value: Self) {
        PagesMut(cursor).set(value);
    }
    fn encode(&self, out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        <Vec<T> as ::ipos::Shared>::encode(&self.all, out);
    }
    fn decode(
        reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        reader
            .parts(|reader| ::core::result::Result::Ok(Self {
                all: <Vec<T> as ::ipos::Shared>::decode(reader)?,
            }))
    }
    fn apply(
        &mut self,
        patch: &mut ::ipos::__private::Incoming<'_>,
    ) -> ::ipos::__private::Result<(), ::ipos::__private::Fault> {
        let operation = patch.operation()?;
        patch
            .nested(|patch| match operation.number {
                0 => <Vec<T> as ::ipos::Shared>::apply(&mut self.all, patch),
                _ => ::ipos::__private::act(self, patch, "field", "Pages", operation),
            })
    }
    fn describe(
        schema: &mut ::ipos::__private::SchemaBuilder,
    ) -> ::ipos::__private::TypeRef {
        schema
            .structure::<
                Self,
            >("Pages", &[("all", <Vec<T> as ::ipos::Shared>::describe, false)])
    }
}
