//! What the derive makes of the struct `Refused` of `refused.rs`.

::core::compile_error! {
    "`RefCell` cannot be shared: it changes without being written to, which no other process would see; use the type inside it, and write through the wrapper"
}
#[doc(hidden)]
#[allow(dead_code, private_bounds, private_interfaces)]
pub struct RefusedPatch<T>(::core::marker::PhantomData<fn() -> Refused<T>>);
#[doc(hidden)]
#[allow(dead_code, private_bounds, private_interfaces)]
pub struct RefusedMut<'ipos, T>(
    ::core::marker::PhantomData<&'ipos ()>,
    ::core::marker::PhantomData<fn() -> Refused<T>>,
);
#[automatically_derived]
impl<T> ::core::ops::Deref for RefusedMut<'_, T> {
    type Target = Refused<T>;
    fn deref(&self) -> &Refused<T> {
        ::core::unreachable!()
    }
}
#[allow(dead_code, private_bounds, private_interfaces)]
impl<T> RefusedMut<'_, T> {
    pub fn set<__V>(&mut self, _: __V) {}
    pub fn call<__R, __E>(
        &mut self,
        _: ::ipos::Action<Refused<T>, __R, __E>,
    ) -> ::core::result::Result<__R, __E> {
        ::core::unreachable!()
    }
    pub fn set_cell<__V>(&mut self, _: __V) {}
    pub fn set_text<__V>(&mut self, _: __V) {}
}
#[automatically_derived]
impl<T> ::ipos::Shared for Refused<T>
where
    for<'__ipos> Self: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug + ::core::marker::Send + ::core::marker::Sync + 'static,
{
    type Patch = ::ipos::__private::NoPatch;
    type Mut<'__ipos> = RefusedMut<'__ipos, T>;
    fn writer(_: ::ipos::__private::Cursor<'_, Self>) -> Self::Mut<'_> {
        ::core::unreachable!()
    }
    fn finish(
        _: Self::Mut<'_>,
        _: ::ipos::__private::Finish,
    ) -> ::ipos::__private::Result<()> {
        ::core::unreachable!()
    }
    fn replace(_: ::ipos::__private::Cursor<'_, Self>, _: Self) {
        ::core::unreachable!()
    }
    fn encode(&self, _: &mut ::std::vec::Vec<::core::primitive::u8>) {
        ::core::unreachable!()
    }
    fn decode(
        _: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        ::core::unreachable!()
    }
    fn apply(
        &mut self,
        _: &mut ::ipos::__private::Incoming<'_>,
    ) -> ::ipos::__private::Result<(), ::ipos::__private::Fault> {
        ::core::unreachable!()
    }
    fn describe(_: &mut ::ipos::__private::SchemaBuilder) -> ::ipos::__private::TypeRef {
        ::core::unreachable!()
    }
}
