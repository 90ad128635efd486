//! What the derive makes of the struct `Email` of `atomic.rs`.

#[automatically_derived]
impl ::ipos::Shared for Email
where
    Email: ::ipos::__private::atomic::Whole,
{
    type Patch = ::ipos::AtomicPatch<Self>;
    type Mut<'ipos> = ::ipos::AtomicMut<'ipos, Self>;
    fn writer(
        __cursor: ::ipos::__private::Cursor<'_, Self>,
    ) -> ::ipos::AtomicMut<'_, Self> {
        ::ipos::__private::atomic::writer(__cursor)
    }
    fn finish(
        __writer: ::ipos::AtomicMut<'_, Self>,
        __finish: ::ipos::__private::Finish,
    ) -> ::ipos::__private::Result<()> {
        ::ipos::__private::atomic::finish(__writer, __finish)
    }
    fn replace(__cursor: ::ipos::__private::Cursor<'_, Self>, __value: Self) {
        ::ipos::__private::atomic::replace(__cursor, __value);
    }
    fn encode(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        ::ipos::__private::atomic::encode(self, __out);
    }
    fn decode(
        __reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        ::ipos::__private::atomic::decode(__reader)
    }
    fn apply(
        &mut self,
        __patch: &mut ::ipos::__private::Incoming<'_>,
    ) -> ::ipos::__private::Result<(), ::ipos::__private::Fault> {
        ::ipos::__private::atomic::apply(self, __patch)
    }
    fn describe(
        __schema: &mut ::ipos::__private::SchemaBuilder,
    ) -> ::ipos::__private::TypeRef {
        ::ipos::__private::atomic::describe::<Self>(__schema)
    }
}
