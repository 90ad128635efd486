//! What the derive makes of the struct `Place` of `tuple.rs`.

/// A change to one field of a [`Place`](struct@Place).
#[allow(dead_code, private_bounds, private_interfaces)]
pub enum PlacePatch {
    /// A change to `0`.
    F0(<i32 as ::ipos::Shared>::Patch),
    /// A change to `1`.
    F1(<Option<String> as ::ipos::Shared>::Patch),
}
#[automatically_derived]
impl ::ipos::__private::PatchEnum for PlacePatch {
    const NAME: &'static ::core::primitive::str = "PlacePatch";
    const VARIANTS: &'static [&'static ::core::primitive::str] = &["F0", "F1"];
    fn give<__V: ::ipos::__private::PatchVisitor>(&self, __to: __V) -> __V::Output {
        match *self {
            Self::F0(ref __content) => __to.field(0, __content),
            Self::F1(ref __content) => __to.field(1, __content),
        }
    }
    fn take<__S: ::ipos::__private::PatchSource>(
        __number: ::core::primitive::usize,
        __from: __S,
    ) -> ::core::result::Result<Self, __S::Error> {
        match __number {
            0 => ::core::result::Result::Ok(Self::F0(__S::field(__from)?)),
            1 => ::core::result::Result::Ok(Self::F1(__S::field(__from)?)),
            _ => __from.no_such(__number),
        }
    }
}
#[automatically_derived]
impl ::core::clone::Clone for PlacePatch {
    fn clone(&self) -> Self {
        match *self {
            Self::F0(ref __content) => Self::F0(::core::clone::Clone::clone(__content)),
            Self::F1(ref __content) => Self::F1(::core::clone::Clone::clone(__content)),
        }
    }
}
#[automatically_derived]
impl ::core::fmt::Debug for PlacePatch {
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_patch(self, __f)
    }
}
#[automatically_derived]
impl ::ipos::__private::serde::Serialize for PlacePatch {
    fn serialize<__S: ::ipos::__private::serde::Serializer>(
        &self,
        __serializer: __S,
    ) -> ::core::result::Result<__S::Ok, __S::Error> {
        ::ipos::__private::serialize_patch(self, __serializer)
    }
}
#[automatically_derived]
impl<'__de> ::ipos::__private::serde::Deserialize<'__de> for PlacePatch {
    fn deserialize<__D: ::ipos::__private::serde::Deserializer<'__de>>(
        __deserializer: __D,
    ) -> ::core::result::Result<Self, __D::Error> {
        ::ipos::__private::deserialize_patch(__deserializer)
    }
}
#[automatically_derived]
impl ::ipos::Patch for PlacePatch {
    fn encode(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        ::ipos::__private::encode_patch(self, __out);
    }
    fn decode(
        __reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        ::ipos::__private::decode_patch(__reader)
    }
}
/// The wrapper of a [`Place`](struct@Place), through which it is changed.
#[allow(dead_code, private_bounds, private_interfaces)]
pub struct PlaceMut<'ipos> {
    cursor: ::ipos::__private::Cursor<'ipos, Place>,
}
#[automatically_derived]
impl ::core::fmt::Debug for PlaceMut<'_> {
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_writer("PlaceMut", &self.cursor, __f)
    }
}
#[automatically_derived]
impl ::core::ops::Deref for PlaceMut<'_> {
    type Target = Place;
    #[inline]
    fn deref(&self) -> &Place {
        self.cursor.value()
    }
}
#[allow(dead_code, private_bounds, private_interfaces)]
impl PlaceMut<'_> {
    /// Replaces all fields.
    #[inline]
    pub fn set(&mut self, __value: Place) {
        <i32 as ::ipos::Shared>::replace(
            self.cursor.field(0, |__owner| &mut __owner.0),
            __value.0,
        );
        <Option<
            String,
        > as ::ipos::Shared>::replace(
            self.cursor.field(1, |__owner| &mut __owner.1),
            __value.1,
        );
    }
    /// Runs an action here, and has the host run it again in this place of the commit.
    #[inline]
    pub fn call<__R, __E>(
        &mut self,
        __action: ::ipos::Action<Place, __R, __E>,
    ) -> ::core::result::Result<__R, __E> {
        ::ipos::__private::call(&mut self.cursor, __action)
    }
    /// Replaces [`0`](field@Place::0).
    #[inline]
    pub fn set_0(&mut self, __value: impl ::ipos::Assign<i32>) {
        <i32 as ::ipos::Shared>::replace(
            self.cursor.field(0, |__owner| &mut __owner.0),
            ::ipos::Assign::into_value(__value),
        );
    }
    /// The wrapper of [`0`](field@Place::0).
    #[inline]
    pub fn _0_mut(&mut self) -> <i32 as ::ipos::Shared>::Mut<'_> {
        <i32 as ::ipos::Shared>::writer(self.cursor.field(0, |__owner| &mut __owner.0))
    }
    /// Replaces [`1`](field@Place::1).
    #[inline]
    fn set_1(&mut self, __value: impl ::ipos::Assign<Option<String>>) {
        <Option<
            String,
        > as ::ipos::Shared>::replace(
            self.cursor.field(1, |__owner| &mut __owner.1),
            ::ipos::Assign::into_value(__value),
        );
    }
    /// The wrapper of [`1`](field@Place::1).
    #[inline]
    fn _1_mut(&mut self) -> <Option<String> as ::ipos::Shared>::Mut<'_> {
        <Option<
            String,
        > as ::ipos::Shared>::writer(self.cursor.field(1, |__owner| &mut __owner.1))
    }
}
#[automatically_derived]
impl ::ipos::Shared for Place {
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
    type Patch = PlacePatch;
    type Mut<'ipos> = PlaceMut<'ipos>;
    #[inline]
    fn writer(__cursor: ::ipos::__private::Cursor<'_, Self>) -> PlaceMut<'_> {
        PlaceMut { cursor: __cursor }
    }
    fn finish(
        __writer: PlaceMut<'_>,
        __finish: ::ipos::__private::Finish,
    ) -> ::ipos::__private::Result<()> {
        __writer.cursor.finish(__finish)
    }
    #[inline]
    fn replace(__cursor: ::ipos::__private::Cursor<'_, Self>, __value: Self) {
        PlaceMut { cursor: __cursor }.set(__value);
    }
    fn encode(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        <i32 as ::ipos::Shared>::encode(&self.0, __out);
        <Option<String> as ::ipos::Shared>::encode(&self.1, __out);
    }
    fn decode(
        __reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        __reader
            .parts(|__reader| ::core::result::Result::Ok(
                Self(
                    <i32 as ::ipos::Shared>::decode(__reader)?,
                    <Option<String> as ::ipos::Shared>::decode(__reader)?,
                ),
            ))
    }
    fn apply(
        &mut self,
        __patch: &mut ::ipos::__private::Incoming<'_>,
    ) -> ::ipos::__private::Result<(), ::ipos::__private::Fault> {
        let __operation = __patch.operation()?;
        __patch
            .nested(|__patch| match __operation.number {
                0 => <i32 as ::ipos::Shared>::apply(&mut self.0, __patch),
                1 => <Option<String> as ::ipos::Shared>::apply(&mut self.1, __patch),
                _ => ::ipos::__private::act(self, __patch, "field", "Place", __operation),
            })
    }
    fn describe(
        __schema: &mut ::ipos::__private::SchemaBuilder,
    ) -> ::ipos::__private::TypeRef {
        __schema
            .structure::<
                Self,
            >(
                "Place",
                &[
                    ("0", <i32 as ::ipos::Shared>::describe, false),
                    ("1", <Option<String> as ::ipos::Shared>::describe, false),
                ],
            )
    }
    fn parts(&self, __parts: &mut ::ipos::__private::Parts) {
        <i32 as ::ipos::Shared>::as_part(&self.0, 0, __parts);
        <Option<String> as ::ipos::Shared>::as_part(&self.1, 1, __parts);
    }
}
