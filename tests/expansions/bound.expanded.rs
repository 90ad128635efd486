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
    fn give<__V: ::ipos::__private::PatchVisitor>(&self, __to: __V) -> __V::Output {
        match *self {
            Self::All(ref __content) => __to.field(0, __content),
        }
    }
    fn take<__S: ::ipos::__private::PatchSource>(
        __number: ::core::primitive::usize,
        __from: __S,
    ) -> ::core::result::Result<Self, __S::Error> {
        match __number {
            0 => ::core::result::Result::Ok(Self::All(__S::field(__from)?)),
            _ => __from.no_such(__number),
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
            Self::All(ref __content) => Self::All(::core::clone::Clone::clone(__content)),
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
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_patch(self, __f)
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
        __serializer: __S,
    ) -> ::core::result::Result<__S::Ok, __S::Error> {
        ::ipos::__private::serialize_patch(self, __serializer)
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
        __deserializer: __D,
    ) -> ::core::result::Result<Self, __D::Error> {
        ::ipos::__private::deserialize_patch(__deserializer)
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
    fn encode(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        ::ipos::__private::encode_patch(self, __out);
    }
    fn decode(
        __reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        ::ipos::__private::decode_patch(__reader)
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
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_writer("PagesMut", &self.0, __f)
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
    fn set(&mut self, __value: Pages<T>) {
        <Vec<
            T,
        > as ::ipos::Shared>::replace(
            self.0.field(0, |__owner| &mut __owner.all),
            __value.all,
        );
    }
    /// Runs an action here, and has the host run it again in this place of the commit.
    #[inline]
    fn call<__R, __E>(
        &mut self,
        __action: ::ipos::Action<Pages<T>, __R, __E>,
    ) -> ::core::result::Result<__R, __E> {
        ::ipos::__private::call(&mut self.0, __action)
    }
    /// Replaces [`all`](field@Pages::all).
    #[inline]
    fn set_all(&mut self, __value: impl ::ipos::Assign<Vec<T>>) {
        <Vec<
            T,
        > as ::ipos::Shared>::replace(
            self.0.field(0, |__owner| &mut __owner.all),
            ::ipos::Assign::into_value(__value),
        );
    }
    /// The wrapper of [`all`](field@Pages::all).
    #[inline]
    fn all_mut(&mut self) -> <Vec<T> as ::ipos::Shared>::Mut<'_> {
        <Vec<T> as ::ipos::Shared>::writer(self.0.field(0, |__owner| &mut __owner.all))
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
    fn writer(__cursor: ::ipos::__private::Cursor<'_, Self>) -> PagesMut<'_, T> {
        PagesMut(__cursor)
    }
    fn finish(
        __writer: PagesMut<'_, T>,
        __finish: ::ipos::__private::Finish,
    ) -> ::ipos::__private::Result<()> {
        __writer.0.finish(__finish)
    }
    #[inline]
    fn replace(__cursor: ::ipos::__private::Cursor<'_, Self>, __value: Self) {
        PagesMut(__cursor).set(__value);
    }
    fn encode(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        <Vec<T> as ::ipos::Shared>::encode(&self.all, __out);
    }
    fn decode(
        __reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        __reader
            .parts(|__reader| ::core::result::Result::Ok(Self {
                all: <Vec<T> as ::ipos::Shared>::decode(__reader)?,
            }))
    }
    fn apply(
        &mut self,
        __patch: &mut ::ipos::__private::Incoming<'_>,
    ) -> ::ipos::__private::Result<(), ::ipos::__private::Fault> {
        let __operation = __patch.operation()?;
        __patch
            .nested(|__patch| match __operation.number {
                0 => <Vec<T> as ::ipos::Shared>::apply(&mut self.all, __patch),
                _ => ::ipos::__private::act(self, __patch, "field", "Pages", __operation),
            })
    }
    fn describe(
        __schema: &mut ::ipos::__private::SchemaBuilder,
    ) -> ::ipos::__private::TypeRef {
        __schema
            .structure::<
                Self,
            >("Pages", &[("all", <Vec<T> as ::ipos::Shared>::describe, false)])
    }
    fn parts(&self, __parts: &mut ::ipos::__private::Parts) {
        <Vec<T> as ::ipos::Shared>::as_part(&self.all, 0, __parts);
    }
}
