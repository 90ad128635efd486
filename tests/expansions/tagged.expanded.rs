//! What the derive makes of the struct `Id` of `tagged.rs`.

/// A change to one field of a [`Id`](struct@Id).
#[allow(dead_code, private_bounds, private_interfaces)]
pub(crate) enum IdPatch<T>
where
    T: ::core::marker::Send + ::core::marker::Sync + 'static,
{
    /// A change to `number`.
    Number(<u64 as ::ipos::Shared>::Patch),
    #[doc(hidden)]
    __Unused(::core::convert::Infallible, ::core::marker::PhantomData<fn() -> (T,)>),
}
#[automatically_derived]
impl<T> ::ipos::__private::PatchEnum for IdPatch<T>
where
    T: ::core::marker::Send + ::core::marker::Sync + 'static,
    Id<
        T,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    const NAME: &'static ::core::primitive::str = "IdPatch";
    const VARIANTS: &'static [&'static ::core::primitive::str] = &["Number"];
    fn give<__V: ::ipos::__private::PatchVisitor>(&self, __to: __V) -> __V::Output {
        match *self {
            Self::Number(ref __content) => __to.field(0, __content),
            Self::__Unused(ref __never, _) => match *__never {}
        }
    }
    fn take<__S: ::ipos::__private::PatchSource>(
        __number: ::core::primitive::usize,
        __from: __S,
    ) -> ::core::result::Result<Self, __S::Error> {
        match __number {
            0 => ::core::result::Result::Ok(Self::Number(__S::field(__from)?)),
            _ => __from.no_such(__number),
        }
    }
}
#[automatically_derived]
impl<T> ::core::clone::Clone for IdPatch<T>
where
    T: ::core::marker::Send + ::core::marker::Sync + 'static,
    Id<
        T,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    fn clone(&self) -> Self {
        match *self {
            Self::Number(ref __content) => {
                Self::Number(::core::clone::Clone::clone(__content))
            }
            Self::__Unused(ref __never, _) => match *__never {}
        }
    }
}
#[automatically_derived]
impl<T> ::core::fmt::Debug for IdPatch<T>
where
    T: ::core::marker::Send + ::core::marker::Sync + 'static,
    Id<
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
impl<T> ::ipos::__private::serde::Serialize for IdPatch<T>
where
    T: ::core::marker::Send + ::core::marker::Sync + 'static,
    Id<
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
impl<'__de, T> ::ipos::__private::serde::Deserialize<'__de> for IdPatch<T>
where
    T: ::core::marker::Send + ::core::marker::Sync + 'static,
    Id<
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
impl<T> ::ipos::Patch for IdPatch<T>
where
    T: ::core::marker::Send + ::core::marker::Sync + 'static,
    Id<
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
/// The wrapper of a [`Id`](struct@Id), through which it is changed.
#[allow(dead_code, private_bounds, private_interfaces)]
pub(crate) struct IdMut<'ipos, T>(::ipos::__private::Cursor<'ipos, Id<T>>);
#[automatically_derived]
impl<T> ::core::fmt::Debug for IdMut<'_, T>
where
    T: ::core::marker::Send + ::core::marker::Sync + 'static,
    Id<
        T,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_writer("IdMut", &self.0, __f)
    }
}
#[automatically_derived]
impl<T> ::core::ops::Deref for IdMut<'_, T>
where
    T: ::core::marker::Send + ::core::marker::Sync + 'static,
    Id<
        T,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    type Target = Id<T>;
    #[inline]
    fn deref(&self) -> &Id<T> {
        self.0.value()
    }
}
#[allow(dead_code, private_bounds, private_interfaces)]
impl<T> IdMut<'_, T>
where
    T: ::core::marker::Send + ::core::marker::Sync + 'static,
    Id<
        T,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    /// Replaces all fields.
    #[inline]
    pub(crate) fn set(&mut self, __value: Id<T>) {
        <u64 as ::ipos::Shared>::replace(
            self.0.field(0, |__owner| &mut __owner.number),
            __value.number,
        );
        *self.0.local(|__owner| &mut __owner.of) = __value.of;
    }
    /// Runs an action here, and has the host run it again in this place of the commit.
    #[inline]
    pub(crate) fn call<__R, __E>(
        &mut self,
        __action: ::ipos::Action<Id<T>, __R, __E>,
    ) -> ::core::result::Result<__R, __E> {
        ::ipos::__private::call(&mut self.0, __action)
    }
    /// Replaces [`number`](field@Id::number).
    #[inline]
    fn set_number(&mut self, __value: impl ::ipos::Assign<u64>) {
        <u64 as ::ipos::Shared>::replace(
            self.0.field(0, |__owner| &mut __owner.number),
            ::ipos::Assign::into_value(__value),
        );
    }
    /// The wrapper of [`number`](field@Id::number).
    #[inline]
    fn number_mut(&mut self) -> <u64 as ::ipos::Shared>::Mut<'_> {
        <u64 as ::ipos::Shared>::writer(self.0.field(0, |__owner| &mut __owner.number))
    }
    /// Replaces [`of`](field@Id::of) in this process alone; nobody else sees it, and a rollback leaves it.
    #[inline]
    fn set_of(&mut self, __value: impl ::ipos::Assign<PhantomData<T>>) {
        *self.0.local(|__owner| &mut __owner.of) = ::ipos::Assign::into_value(__value);
    }
    /// The value of [`of`](field@Id::of) in this process alone; nobody else sees what is done to it, and a rollback leaves it.
    #[inline]
    fn of_mut(&mut self) -> &mut PhantomData<T> {
        self.0.local(|__owner| &mut __owner.of)
    }
}
#[automatically_derived]
impl<T> ::ipos::Shared for Id<T>
where
    T: ::core::marker::Send + ::core::marker::Sync + 'static,
    Id<
        T,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    const IS_KEY: ::core::primitive::bool = false;
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
    type Patch = IdPatch<T>;
    type Mut<'ipos> = IdMut<'ipos, T>;
    #[inline]
    fn writer(__cursor: ::ipos::__private::Cursor<'_, Self>) -> IdMut<'_, T> {
        IdMut(__cursor)
    }
    fn finish(
        __writer: IdMut<'_, T>,
        __finish: ::ipos::__private::Finish,
    ) -> ::ipos::__private::Result<()> {
        __writer.0.finish(__finish)
    }
    #[inline]
    fn replace(__cursor: ::ipos::__private::Cursor<'_, Self>, __value: Self) {
        IdMut(__cursor).set(__value);
    }
    fn encode(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        <u64 as ::ipos::Shared>::encode(&self.number, __out);
    }
    fn decode(
        __reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        __reader
            .parts(|__reader| ::core::result::Result::Ok(Self {
                number: <u64 as ::ipos::Shared>::decode(__reader)?,
                of: <PhantomData<T> as ::core::default::Default>::default(),
            }))
    }
    fn apply(
        &mut self,
        __patch: &mut ::ipos::__private::Incoming<'_>,
    ) -> ::ipos::__private::Result<(), ::ipos::__private::Fault> {
        let __operation = __patch.operation()?;
        __patch
            .nested(|__patch| match __operation.number {
                0 => <u64 as ::ipos::Shared>::apply(&mut self.number, __patch),
                _ => ::ipos::__private::act(self, __patch, "field", "Id", __operation),
            })
    }
    fn describe(
        __schema: &mut ::ipos::__private::SchemaBuilder,
    ) -> ::ipos::__private::TypeRef {
        __schema
            .structure::<
                Self,
            >("Id", &[("number", <u64 as ::ipos::Shared>::describe, false)])
    }
    fn parts(&self, __parts: &mut ::ipos::__private::Parts) {
        <u64 as ::ipos::Shared>::as_part(&self.number, 0, __parts);
    }
}
