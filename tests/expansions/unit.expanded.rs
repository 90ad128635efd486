//! What the derive makes of the struct `Marker` of `unit.rs`.

/// A change to one field of a [`Marker`](struct@Marker).
#[allow(dead_code, private_bounds, private_interfaces)]
enum MarkerPatch {}
#[automatically_derived]
impl ::ipos::__private::PatchEnum for MarkerPatch {
    const NAME: &'static ::core::primitive::str = "MarkerPatch";
    const VARIANTS: &'static [&'static ::core::primitive::str] = &[];
    fn give<__V: ::ipos::__private::PatchVisitor>(&self, __to: __V) -> __V::Output {
        match *self {}
    }
    fn take<__S: ::ipos::__private::PatchSource>(
        __number: ::core::primitive::usize,
        __from: __S,
    ) -> ::core::result::Result<Self, __S::Error> {
        match __number {
            _ => __from.no_such(__number),
        }
    }
}
#[automatically_derived]
impl ::core::clone::Clone for MarkerPatch {
    fn clone(&self) -> Self {
        match *self {}
    }
}
#[automatically_derived]
impl ::core::fmt::Debug for MarkerPatch {
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_patch(self, __f)
    }
}
#[automatically_derived]
impl ::ipos::__private::serde::Serialize for MarkerPatch {
    fn serialize<__S: ::ipos::__private::serde::Serializer>(
        &self,
        __serializer: __S,
    ) -> ::core::result::Result<__S::Ok, __S::Error> {
        ::ipos::__private::serialize_patch(self, __serializer)
    }
}
#[automatically_derived]
impl<'__de> ::ipos::__private::serde::Deserialize<'__de> for MarkerPatch {
    fn deserialize<__D: ::ipos::__private::serde::Deserializer<'__de>>(
        __deserializer: __D,
    ) -> ::core::result::Result<Self, __D::Error> {
        ::ipos::__private::deserialize_patch(__deserializer)
    }
}
#[automatically_derived]
impl ::ipos::Patch for MarkerPatch {
    fn encode(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        ::ipos::__private::encode_patch(self, __out);
    }
    fn decode(
        __reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        ::ipos::__private::decode_patch(__reader)
    }
}
/// The wrapper of a [`Marker`](struct@Marker), through which it is changed.
#[allow(dead_code, private_bounds, private_interfaces)]
struct MarkerMut<'ipos>(::ipos::__private::Cursor<'ipos, Marker>);
#[automatically_derived]
impl ::core::fmt::Debug for MarkerMut<'_> {
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_writer("MarkerMut", &self.0, __f)
    }
}
#[automatically_derived]
impl ::core::ops::Deref for MarkerMut<'_> {
    type Target = Marker;
    #[inline]
    fn deref(&self) -> &Marker {
        self.0.value()
    }
}
#[allow(dead_code, private_bounds, private_interfaces)]
impl MarkerMut<'_> {
    /// Replaces all fields.
    #[inline]
    fn set(&mut self, _: Marker) {}
    /// Runs an action here, and has the host run it again in this place of the commit.
    #[inline]
    fn call<__R, __E>(
        &mut self,
        __action: ::ipos::Action<Marker, __R, __E>,
    ) -> ::core::result::Result<__R, __E> {
        ::ipos::__private::call(&mut self.0, __action)
    }
}
#[automatically_derived]
impl ::ipos::Shared for Marker {
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
    type Patch = MarkerPatch;
    type Mut<'ipos> = MarkerMut<'ipos>;
    #[inline]
    fn writer(__cursor: ::ipos::__private::Cursor<'_, Self>) -> MarkerMut<'_> {
        MarkerMut(__cursor)
    }
    fn finish(
        __writer: MarkerMut<'_>,
        __finish: ::ipos::__private::Finish,
    ) -> ::ipos::__private::Result<()> {
        __writer.0.finish(__finish)
    }
    #[inline]
    fn replace(__cursor: ::ipos::__private::Cursor<'_, Self>, __value: Self) {
        MarkerMut(__cursor).set(__value);
    }
    fn encode(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) {}
    fn decode(
        __reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        __reader.parts(|__reader| ::core::result::Result::Ok(Self))
    }
    fn apply(
        &mut self,
        __patch: &mut ::ipos::__private::Incoming<'_>,
    ) -> ::ipos::__private::Result<(), ::ipos::__private::Fault> {
        let __operation = __patch.operation()?;
        __patch
            .nested(|__patch| match __operation.number {
                _ => {
                    ::ipos::__private::act(self, __patch, "field", "Marker", __operation)
                }
            })
    }
    fn describe(
        __schema: &mut ::ipos::__private::SchemaBuilder,
    ) -> ::ipos::__private::TypeRef {
        __schema.structure::<Self>("Marker", &[])
    }
}
