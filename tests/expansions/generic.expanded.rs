//! What the derive makes of the struct `Buffer` of `generic.rs`.

/// A change to one field of a [`Buffer`](struct@Buffer).
#[allow(dead_code, private_bounds, private_interfaces)]
pub enum BufferPatch<T, const ROOM: usize = 8>
where
    T: Default,
    T: ::ipos::Shared,
{
    /// A change to `items`.
    Items(<Vec<T> as ::ipos::Shared>::Patch),
    /// A change to `last`.
    Last(<Option<T> as ::ipos::Shared>::Patch),
}
#[automatically_derived]
impl<T, const ROOM: usize> ::ipos::__private::PatchEnum for BufferPatch<T, ROOM>
where
    T: Default,
    T: ::ipos::Shared,
    Buffer<
        T,
        ROOM,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    const NAME: &'static ::core::primitive::str = "BufferPatch";
    const VARIANTS: &'static [&'static ::core::primitive::str] = &["Items", "Last"];
    fn give<__V: ::ipos::__private::PatchVisitor>(&self, __to: __V) -> __V::Output {
        match *self {
            Self::Items(ref __content) => __to.field(0, __content),
            Self::Last(ref __content) => __to.field(1, __content),
        }
    }
    fn take<__S: ::ipos::__private::PatchSource>(
        __number: ::core::primitive::usize,
        __from: __S,
    ) -> ::core::result::Result<Self, __S::Error> {
        match __number {
            0 => ::core::result::Result::Ok(Self::Items(__S::field(__from)?)),
            1 => ::core::result::Result::Ok(Self::Last(__S::field(__from)?)),
            _ => __from.no_such(__number),
        }
    }
}
#[automatically_derived]
impl<T, const ROOM: usize> ::core::clone::Clone for BufferPatch<T, ROOM>
where
    T: Default,
    T: ::ipos::Shared,
    Buffer<
        T,
        ROOM,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    fn clone(&self) -> Self {
        match *self {
            Self::Items(ref __content) => {
                Self::Items(::core::clone::Clone::clone(__content))
            }
            Self::Last(ref __content) => {
                Self::Last(::core::clone::Clone::clone(__content))
            }
        }
    }
}
#[automatically_derived]
impl<T, const ROOM: usize> ::core::fmt::Debug for BufferPatch<T, ROOM>
where
    T: Default,
    T: ::ipos::Shared,
    Buffer<
        T,
        ROOM,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_patch(self, __f)
    }
}
#[automatically_derived]
impl<T, const ROOM: usize> ::ipos::__private::serde::Serialize for BufferPatch<T, ROOM>
where
    T: Default,
    T: ::ipos::Shared,
    Buffer<
        T,
        ROOM,
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
impl<'__de, T, const ROOM: usize> ::ipos::__private::serde::Deserialize<'__de>
for BufferPatch<T, ROOM>
where
    T: Default,
    T: ::ipos::Shared,
    Buffer<
        T,
        ROOM,
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
impl<T, const ROOM: usize> ::ipos::Patch for BufferPatch<T, ROOM>
where
    T: Default,
    T: ::ipos::Shared,
    Buffer<
        T,
        ROOM,
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
/// The wrapper of a [`Buffer`](struct@Buffer), through which it is changed.
#[allow(dead_code, private_bounds, private_interfaces)]
pub struct BufferMut<'ipos, T, const ROOM: usize = 8>(
    ::ipos::__private::Cursor<'ipos, Buffer<T, ROOM>>,
)
where
    T: Default;
#[automatically_derived]
impl<T, const ROOM: usize> ::core::fmt::Debug for BufferMut<'_, T, ROOM>
where
    T: Default,
    T: ::ipos::Shared,
    Buffer<
        T,
        ROOM,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_writer("BufferMut", &self.0, __f)
    }
}
#[automatically_derived]
impl<T, const ROOM: usize> ::core::ops::Deref for BufferMut<'_, T, ROOM>
where
    T: Default,
    T: ::ipos::Shared,
    Buffer<
        T,
        ROOM,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    type Target = Buffer<T, ROOM>;
    #[inline]
    fn deref(&self) -> &Buffer<T, ROOM> {
        self.0.value()
    }
}
#[allow(dead_code, private_bounds, private_interfaces)]
impl<T, const ROOM: usize> BufferMut<'_, T, ROOM>
where
    T: Default,
    T: ::ipos::Shared,
    Buffer<
        T,
        ROOM,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    /// Replaces all fields.
    #[inline]
    pub fn set(&mut self, __value: Buffer<T, ROOM>) {
        <Vec<
            T,
        > as ::ipos::Shared>::replace(
            self.0.field(0, |__owner| &mut __owner.items),
            __value.items,
        );
        <Option<
            T,
        > as ::ipos::Shared>::replace(
            self.0.field(1, |__owner| &mut __owner.last),
            __value.last,
        );
    }
    /// Runs an action here, and has the host run it again in this place of the commit.
    #[inline]
    pub fn call<__R, __E>(
        &mut self,
        __action: ::ipos::Action<Buffer<T, ROOM>, __R, __E>,
    ) -> ::core::result::Result<__R, __E> {
        ::ipos::__private::call(&mut self.0, __action)
    }
    /// Replaces [`items`](field@Buffer::items).
    #[inline]
    pub fn set_items(&mut self, __value: impl ::ipos::Assign<Vec<T>>) {
        <Vec<
            T,
        > as ::ipos::Shared>::replace(
            self.0.field(0, |__owner| &mut __owner.items),
            ::ipos::Assign::into_value(__value),
        );
    }
    /// The wrapper of [`items`](field@Buffer::items).
    #[inline]
    pub fn items_mut(&mut self) -> <Vec<T> as ::ipos::Shared>::Mut<'_> {
        <Vec<T> as ::ipos::Shared>::writer(self.0.field(0, |__owner| &mut __owner.items))
    }
    /// Replaces [`last`](field@Buffer::last).
    #[inline]
    pub fn set_last(&mut self, __value: impl ::ipos::Assign<Option<T>>) {
        <Option<
            T,
        > as ::ipos::Shared>::replace(
            self.0.field(1, |__owner| &mut __owner.last),
            ::ipos::Assign::into_value(__value),
        );
    }
    /// The wrapper of [`last`](field@Buffer::last).
    #[inline]
    pub fn last_mut(&mut self) -> <Option<T> as ::ipos::Shared>::Mut<'_> {
        <Option<
            T,
        > as ::ipos::Shared>::writer(self.0.field(1, |__owner| &mut __owner.last))
    }
}
#[automatically_derived]
impl<T, const ROOM: usize> ::ipos::Shared for Buffer<T, ROOM>
where
    T: Default,
    T: ::ipos::Shared,
    Buffer<
        T,
        ROOM,
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
    type Patch = BufferPatch<T, ROOM>;
    type Mut<'ipos> = BufferMut<'ipos, T, ROOM>;
    #[inline]
    fn writer(__cursor: ::ipos::__private::Cursor<'_, Self>) -> BufferMut<'_, T, ROOM> {
        BufferMut(__cursor)
    }
    fn finish(
        __writer: BufferMut<'_, T, ROOM>,
        __finish: ::ipos::__private::Finish,
    ) -> ::ipos::__private::Result<()> {
        __writer.0.finish(__finish)
    }
    #[inline]
    fn replace(__cursor: ::ipos::__private::Cursor<'_, Self>, __value: Self) {
        BufferMut(__cursor).set(__value);
    }
    fn encode(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        <Vec<T> as ::ipos::Shared>::encode(&self.items, __out);
        <Option<T> as ::ipos::Shared>::encode(&self.last, __out);
    }
    fn decode(
        __reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        __reader
            .parts(|__reader| ::core::result::Result::Ok(Self {
                items: <Vec<T> as ::ipos::Shared>::decode(__reader)?,
                last: <Option<T> as ::ipos::Shared>::decode(__reader)?,
            }))
    }
    fn apply(
        &mut self,
        __patch: &mut ::ipos::__private::Incoming<'_>,
    ) -> ::ipos::__private::Result<(), ::ipos::__private::Fault> {
        let __operation = __patch.operation()?;
        __patch
            .nested(|__patch| match __operation.number {
                0 => <Vec<T> as ::ipos::Shared>::apply(&mut self.items, __patch),
                1 => <Option<T> as ::ipos::Shared>::apply(&mut self.last, __patch),
                _ => {
                    ::ipos::__private::act(self, __patch, "field", "Buffer", __operation)
                }
            })
    }
    fn describe(
        __schema: &mut ::ipos::__private::SchemaBuilder,
    ) -> ::ipos::__private::TypeRef {
        __schema
            .structure::<
                Self,
            >(
                "Buffer",
                &[
                    ("items", <Vec<T> as ::ipos::Shared>::describe, false),
                    ("last", <Option<T> as ::ipos::Shared>::describe, false),
                ],
            )
    }
    fn parts(&self, __parts: &mut ::ipos::__private::Parts) {
        <Vec<T> as ::ipos::Shared>::as_part(&self.items, 0, __parts);
        <Option<T> as ::ipos::Shared>::as_part(&self.last, 1, __parts);
    }
}
