//! What the derive makes of the struct `Email` of `atomic.rs`.

#[automatically_derived]
impl ::ipos::Shared for Email
where
    Email: ::ipos::__private::atomic::Whole,
{
    type Patch = ::ipos::AtomicPatch<Self>;
    type Mut<'ipos> = ::ipos::AtomicMut<'ipos, Self>;
    fn writer(
        cursor: ::ipos::__private::Cursor<'_, Self>,
    ) -> ::ipos::AtomicMut<'_, Self> {
        ::ipos::__private::atomic::writer(cursor)
    }
    fn finish(
        writer: ::ipos::AtomicMut<'_, Self>,
        finish: ::ipos::__private::Finish,
    ) -> ::ipos::__private::Result<()> {
        ::ipos::__private::atomic::finish(writer, finish)
    }
    fn replace(cursor: ::ipos::__private::Cursor<'_, Self>, value: Self) {
        ::ipos::__private::atomic::replace(cursor, value);
    }
    fn encode(&self, out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        ::ipos::__private::atomic::encode(self, out);
    }
    fn decode(
        reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        ::ipos::__private::atomic::decode(reader)
    }
    fn apply(
        &mut self,
        patch: &mut ::ipos::__private::Incoming<'_>,
    ) -> ::ipos::__private::Result<(), ::ipos::__private::Fault> {
        ::ipos::__private::atomic::apply(self, patch)
    }
    fn describe(
        schema: &mut ::ipos::__private::SchemaBuilder,
    ) -> ::ipos::__private::TypeRef {
        ::ipos::__private::atomic::describe::<Self>(schema)
    }
}
