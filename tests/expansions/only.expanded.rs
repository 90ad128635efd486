//! What the derive makes of the enum `Only` of `only.rs`.

/// A change to a [`Only`](enum@Only): another value, or a change inside the variant that it is.
#[allow(dead_code, private_bounds, private_interfaces)]
pub(crate) enum OnlyPatch {
    /// The new value, of whichever variant.
    Set(Only),
    /// A change inside a [`Only::Set`](variant@Only::Set); nothing if the value is another variant by then.
    Set_(OnlyPatchSet),
}
#[automatically_derived]
impl ::ipos::__private::PatchEnum for OnlyPatch {
    const NAME: &'static ::core::primitive::str = "OnlyPatch";
    const VARIANTS: &'static [&'static ::core::primitive::str] = &["Set", "Set_"];
    fn give<__V: ::ipos::__private::PatchVisitor>(&self, __to: __V) -> __V::Output {
        match *self {
            Self::Set(ref __content) => __to.whole(__content),
            Self::Set_(ref __content) => __to.variant(1, __content),
        }
    }
    fn take<__S: ::ipos::__private::PatchSource>(
        __number: ::core::primitive::usize,
        __from: __S,
    ) -> ::core::result::Result<Self, __S::Error> {
        match __number {
            0 => ::core::result::Result::Ok(Self::Set(__S::whole(__from)?)),
            1 => ::core::result::Result::Ok(Self::Set_(__S::variant(__from)?)),
            _ => __from.no_such(__number),
        }
    }
}
#[automatically_derived]
impl ::core::clone::Clone for OnlyPatch {
    fn clone(&self) -> Self {
        match *self {
            Self::Set(ref __content) => Self::Set(::core::clone::Clone::clone(__content)),
            Self::Set_(ref __content) => {
                Self::Set_(::core::clone::Clone::clone(__content))
            }
        }
    }
}
#[automatically_derived]
impl ::core::fmt::Debug for OnlyPatch {
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_patch(self, __f)
    }
}
#[automatically_derived]
impl ::ipos::__private::serde::Serialize for OnlyPatch {
    fn serialize<__S: ::ipos::__private::serde::Serializer>(
        &self,
        __serializer: __S,
    ) -> ::core::result::Result<__S::Ok, __S::Error> {
        ::ipos::__private::serialize_patch(self, __serializer)
    }
}
#[automatically_derived]
impl<'__de> ::ipos::__private::serde::Deserialize<'__de> for OnlyPatch {
    fn deserialize<__D: ::ipos::__private::serde::Deserializer<'__de>>(
        __deserializer: __D,
    ) -> ::core::result::Result<Self, __D::Error> {
        ::ipos::__private::deserialize_patch(__deserializer)
    }
}
#[automatically_derived]
impl ::ipos::Patch for OnlyPatch {
    fn encode(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        ::ipos::__private::encode_patch(self, __out);
    }
    fn decode(
        __reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        ::ipos::__private::decode_patch(__reader)
    }
}
/// The wrapper of a [`Only`](enum@Only), through which it is changed.
#[allow(dead_code, private_bounds, private_interfaces)]
pub(crate) struct OnlyMut<'ipos>(::ipos::__private::Cursor<'ipos, Only>);
#[automatically_derived]
impl ::core::fmt::Debug for OnlyMut<'_> {
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_writer("OnlyMut", &self.0, __f)
    }
}
#[automatically_derived]
impl ::core::ops::Deref for OnlyMut<'_> {
    type Target = Only;
    #[inline]
    fn deref(&self) -> &Only {
        self.0.value()
    }
}
#[allow(dead_code, private_bounds, private_interfaces)]
impl OnlyMut<'_> {
    /// Replaces the value.
    #[inline]
    pub(crate) fn set(&mut self, __value: Only) {
        ::ipos::__private::set(&mut self.0, __value);
    }
    /// Runs an action here, and has the host run it again in this place of the commit.
    #[inline]
    pub(crate) fn call<__R, __E>(
        &mut self,
        __action: ::ipos::Action<Only, __R, __E>,
    ) -> ::core::result::Result<__R, __E> {
        ::ipos::__private::call(&mut self.0, __action)
    }
    /// The wrapper of the fields of a [`Only::Set`](variant@Only::Set), if the value is one.
    #[inline]
    pub(crate) fn set_mut(&mut self) -> ::core::option::Option<OnlyMutSet<'_>> {
        ::core::option::Option::Some(OnlyMutSet(self.0.variant(0)))
    }
}
/// A change to one field of a [`Only::Set`](variant@Only::Set).
#[allow(dead_code, private_bounds, private_interfaces)]
pub(crate) enum OnlyPatchSet {
    /// A change to `type`.
    Type(<u8 as ::ipos::Shared>::Patch),
}
#[automatically_derived]
impl ::ipos::__private::PatchEnum for OnlyPatchSet {
    const NAME: &'static ::core::primitive::str = "OnlyPatchSet";
    const VARIANTS: &'static [&'static ::core::primitive::str] = &["Type"];
    fn give<__V: ::ipos::__private::PatchVisitor>(&self, __to: __V) -> __V::Output {
        match *self {
            Self::Type(ref __content) => __to.field(0, __content),
        }
    }
    fn take<__S: ::ipos::__private::PatchSource>(
        __number: ::core::primitive::usize,
        __from: __S,
    ) -> ::core::result::Result<Self, __S::Error> {
        match __number {
            0 => ::core::result::Result::Ok(Self::Type(__S::field(__from)?)),
            _ => __from.no_such(__number),
        }
    }
}
#[automatically_derived]
impl ::core::clone::Clone for OnlyPatchSet {
    fn clone(&self) -> Self {
        match *self {
            Self::Type(ref __content) => {
                Self::Type(::core::clone::Clone::clone(__content))
            }
        }
    }
}
#[automatically_derived]
impl ::core::fmt::Debug for OnlyPatchSet {
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_patch(self, __f)
    }
}
#[automatically_derived]
impl ::ipos::__private::serde::Serialize for OnlyPatchSet {
    fn serialize<__S: ::ipos::__private::serde::Serializer>(
        &self,
        __serializer: __S,
    ) -> ::core::result::Result<__S::Ok, __S::Error> {
        ::ipos::__private::serialize_patch(self, __serializer)
    }
}
#[automatically_derived]
impl<'__de> ::ipos::__private::serde::Deserialize<'__de> for OnlyPatchSet {
    fn deserialize<__D: ::ipos::__private::serde::Deserializer<'__de>>(
        __deserializer: __D,
    ) -> ::core::result::Result<Self, __D::Error> {
        ::ipos::__private::deserialize_patch(__deserializer)
    }
}
#[automatically_derived]
impl ::ipos::Patch for OnlyPatchSet {
    fn encode(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        ::ipos::__private::encode_patch(self, __out);
    }
    fn decode(
        __reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        ::ipos::__private::decode_patch(__reader)
    }
}
/// The wrapper of a [`Only::Set`](variant@Only::Set), through which its fields are changed.
#[allow(dead_code, private_bounds, private_interfaces)]
pub(crate) struct OnlyMutSet<'ipos>(::ipos::__private::Cursor<'ipos, Only>);
#[automatically_derived]
impl ::core::fmt::Debug for OnlyMutSet<'_> {
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_writer("OnlyMutSet", &self.0, __f)
    }
}
#[automatically_derived]
impl ::core::ops::Deref for OnlyMutSet<'_> {
    type Target = Only;
    #[inline]
    fn deref(&self) -> &Only {
        self.0.value()
    }
}
#[allow(dead_code, private_bounds, private_interfaces)]
impl OnlyMutSet<'_> {
    /// Replaces [`type`](field@Only::Set::type).
    #[inline]
    pub(crate) fn set_type(&mut self, __value: impl ::ipos::Assign<u8>) {
        <u8 as ::ipos::Shared>::replace(
            self
                .0
                .field(
                    0,
                    |__owner| match __owner {
                        Only::Set { r#type: __field_0 } => __field_0,
                    },
                ),
            ::ipos::Assign::into_value(__value),
        );
    }
    /// The wrapper of [`type`](field@Only::Set::type).
    #[inline]
    pub(crate) fn type_mut(&mut self) -> <u8 as ::ipos::Shared>::Mut<'_> {
        <u8 as ::ipos::Shared>::writer(
            self
                .0
                .field(
                    0,
                    |__owner| match __owner {
                        Only::Set { r#type: __field_0 } => __field_0,
                    },
                ),
        )
    }
}
#[automatically_derived]
impl ::ipos::Shared for Only {
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
    type Patch = OnlyPatch;
    type Mut<'ipos> = OnlyMut<'ipos>;
    #[inline]
    fn writer(__cursor: ::ipos::__private::Cursor<'_, Self>) -> OnlyMut<'_> {
        OnlyMut(__cursor)
    }
    fn finish(
        __writer: OnlyMut<'_>,
        __finish: ::ipos::__private::Finish,
    ) -> ::ipos::__private::Result<()> {
        __writer.0.finish(__finish)
    }
    #[inline]
    fn replace(__cursor: ::ipos::__private::Cursor<'_, Self>, __value: Self) {
        OnlyMut(__cursor).set(__value);
    }
    fn encode(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        match self {
            Self::Set { r#type: __field_0 } => {
                ::ipos::__private::encode_variant(0, __out);
                <u8 as ::ipos::Shared>::encode(__field_0, __out);
            }
        }
    }
    fn decode(
        __reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        match __reader.length()? {
            0 => {
                __reader
                    .parts(|__reader| ::core::result::Result::Ok(Self::Set {
                        r#type: <u8 as ::ipos::Shared>::decode(__reader)?,
                    }))
            }
            __number => {
                ::core::result::Result::Err(
                    __reader.no_such("variant", "Only", __number),
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
            1 => {
                match self {
                    Self::Set { r#type: __field_0 } => {
                        let __field = __patch.operation()?;
                        __patch
                            .nested(|__patch| match __field.number {
                                0 => <u8 as ::ipos::Shared>::apply(__field_0, __patch),
                                _ => {
                                    ::core::result::Result::Err(
                                        __patch.no_such("field", "Only::Set", __field),
                                    )
                                }
                            })
                    }
                }
            }
            _ => ::ipos::__private::act(self, __patch, "variant", "Only", __operation),
        }
    }
    fn describe(
        __schema: &mut ::ipos::__private::SchemaBuilder,
    ) -> ::ipos::__private::TypeRef {
        __schema
            .enumeration::<
                Self,
            >("Only", &[("Set", &[("type", <u8 as ::ipos::Shared>::describe, false)])])
    }
}
