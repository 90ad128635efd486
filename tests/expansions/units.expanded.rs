//! What the derive makes of the enum `Color` of `units.rs`.

/// A change to a [`Color`](enum@Color): another value, or a change inside the variant that it is.
#[allow(dead_code, private_bounds, private_interfaces)]
enum ColorPatch {
    /// The new value, of whichever variant.
    Set(Color),
}
#[automatically_derived]
impl ::ipos::__private::PatchEnum for ColorPatch {
    const NAME: &'static ::core::primitive::str = "ColorPatch";
    const VARIANTS: &'static [&'static ::core::primitive::str] = &[
        "Set",
        "Red",
        "Green",
    ];
    fn give<__V: ::ipos::__private::PatchVisitor>(&self, __to: __V) -> __V::Output {
        match *self {
            Self::Set(ref __content) => __to.whole(__content),
        }
    }
    fn take<__S: ::ipos::__private::PatchSource>(
        __number: ::core::primitive::usize,
        __from: __S,
    ) -> ::core::result::Result<Self, __S::Error> {
        match __number {
            0 => ::core::result::Result::Ok(Self::Set(__S::whole(__from)?)),
            _ => __from.no_such(__number),
        }
    }
}
#[automatically_derived]
impl ::core::clone::Clone for ColorPatch {
    fn clone(&self) -> Self {
        match *self {
            Self::Set(ref __content) => Self::Set(::core::clone::Clone::clone(__content)),
        }
    }
}
#[automatically_derived]
impl ::core::fmt::Debug for ColorPatch {
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_patch(self, __f)
    }
}
#[automatically_derived]
impl ::ipos::__private::serde::Serialize for ColorPatch {
    fn serialize<__S: ::ipos::__private::serde::Serializer>(
        &self,
        __serializer: __S,
    ) -> ::core::result::Result<__S::Ok, __S::Error> {
        ::ipos::__private::serialize_patch(self, __serializer)
    }
}
#[automatically_derived]
impl<'__de> ::ipos::__private::serde::Deserialize<'__de> for ColorPatch {
    fn deserialize<__D: ::ipos::__private::serde::Deserializer<'__de>>(
        __deserializer: __D,
    ) -> ::core::result::Result<Self, __D::Error> {
        ::ipos::__private::deserialize_patch(__deserializer)
    }
}
#[automatically_derived]
impl ::ipos::Patch for ColorPatch {
    fn encode(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        ::ipos::__private::encode_patch(self, __out);
    }
    fn decode(
        __reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        ::ipos::__private::decode_patch(__reader)
    }
}
/// The wrapper of a [`Color`](enum@Color), through which it is changed.
#[allow(dead_code, private_bounds, private_interfaces)]
struct ColorMut<'ipos>(::ipos::__private::Cursor<'ipos, Color>);
#[automatically_derived]
impl ::core::fmt::Debug for ColorMut<'_> {
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_writer("ColorMut", &self.0, __f)
    }
}
#[automatically_derived]
impl ::core::ops::Deref for ColorMut<'_> {
    type Target = Color;
    #[inline]
    fn deref(&self) -> &Color {
        self.0.value()
    }
}
#[allow(dead_code, private_bounds, private_interfaces)]
impl ColorMut<'_> {
    /// Replaces the value.
    #[inline]
    fn set(&mut self, __value: Color) {
        ::ipos::__private::set(&mut self.0, __value);
    }
    /// Runs an action here, and has the host run it again in this place of the commit.
    #[inline]
    fn call<__R, __E>(
        &mut self,
        __action: ::ipos::Action<Color, __R, __E>,
    ) -> ::core::result::Result<__R, __E> {
        ::ipos::__private::call(&mut self.0, __action)
    }
}
#[automatically_derived]
impl ::ipos::Shared for Color {
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
    type Patch = ColorPatch;
    type Mut<'ipos> = ColorMut<'ipos>;
    #[inline]
    fn writer(__cursor: ::ipos::__private::Cursor<'_, Self>) -> ColorMut<'_> {
        ColorMut(__cursor)
    }
    fn finish(
        __writer: ColorMut<'_>,
        __finish: ::ipos::__private::Finish,
    ) -> ::ipos::__private::Result<()> {
        __writer.0.finish(__finish)
    }
    #[inline]
    fn replace(__cursor: ::ipos::__private::Cursor<'_, Self>, __value: Self) {
        ColorMut(__cursor).set(__value);
    }
    fn encode(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        match self {
            Self::Red => {
                ::ipos::__private::encode_variant(0, __out);
            }
            Self::Green => {
                ::ipos::__private::encode_variant(1, __out);
            }
        }
    }
    fn decode(
        __reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        match __reader.length()? {
            0 => __reader.parts(|__reader| ::core::result::Result::Ok(Self::Red)),
            1 => __reader.parts(|__reader| ::core::result::Result::Ok(Self::Green)),
            __number => {
                ::core::result::Result::Err(
                    __reader.no_such("variant", "Color", __number),
                )
            }
        }
    }
    fn apply(
        &mut self,
        __patch: &mut ::ipos::__private::Incoming<'_>,
    ) -> ::ipos::__private::Result<(), ::ipos::__private::Fault> {
        let __operation = __patch.operation()?;
        match __operation.number {
            0 => ::ipos::__private::apply_set(self, __patch, __operation),
            _ => ::ipos::__private::act(self, __patch, "variant", "Color", __operation),
        }
    }
    fn describe(
        __schema: &mut ::ipos::__private::SchemaBuilder,
    ) -> ::ipos::__private::TypeRef {
        __schema.enumeration::<Self>("Color", &[("Red", &[]), ("Green", &[])])
    }
}
