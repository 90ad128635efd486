//! What the derive makes of the enum `Only` of `only.rs`.

/// A change to a [`Only`](enum@Only): another value, or a change inside the variant that it is.
#[allow(dead_code, private_bounds, private_interfaces)]
pub(crate) enum OnlyPatch {
    /// The new value, of whichever variant.
    Set(Only),
    /// A change inside a [`Only::Set`](variant@Only::Set); nothing if the value is another variant by then.
    Set_(OnlySetPatch),
}
#[automatically_derived]
impl ::ipos::__private::PatchEnum for OnlyPatch {
    const NAME: &'static ::core::primitive::str = "OnlyPatch";
    const VARIANTS: &'static [&'static ::core::primitive::str] = &["Set", "Set_"];
    fn give<__V: ::ipos::__private::PatchVisitor>(&self, to: __V) -> __V::Output {
        match *self {
            Self::Set(ref content) => to.whole(content),
            Self::Set_(ref content) => to.variant(1, content),
        }
    }
    fn take<__S: ::ipos::__private::PatchSource>(
        number: ::core::primitive::usize,
        from: __S,
    ) -> ::core::result::Result<Self, __S::Error> {
        match number {
            0 => ::core::result::Result::Ok(Self::Set(__S::whole(from)?)),
            1 => ::core::result::Result::Ok(Self::Set_(__S::variant(from)?)),
            _ => from.no_such(number),
        }
    }
}
#[automatically_derived]
impl ::core::clone::Clone for OnlyPatch {
    fn clone(&self) -> Self {
        match *self {
            Self::Set(ref content) => Self::Set(::core::clone::Clone::clone(content)),
            Self::Set_(ref content) => Self::Set_(::core::clone::Clone::clone(content)),
        }
    }
}
#[automatically_derived]
impl ::core::fmt::Debug for OnlyPatch {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_patch(self, f)
    }
}
#[automatically_derived]
impl ::ipos::__private::serde::Serialize for OnlyPatch {
    fn serialize<__S: ::ipos::__private::serde::Serializer>(
        &self,
        serializer: __S,
    ) -> ::core::result::Result<__S::Ok, __S::Error> {
        ::ipos::__private::serialize_patch(self, serializer)
    }
}
#[automatically_derived]
impl<'__de> ::ipos::__private::serde::Deserialize<'__de> for OnlyPatch {
    fn deserialize<__D: ::ipos::__private::serde::Deserializer<'__de>>(
        deserializer: __D,
    ) -> ::core::result::Result<Self, __D::Error> {
        ::ipos::__private::deserialize_patch(deserializer)
    }
}
#[automatically_derived]
impl ::ipos::Patch for OnlyPatch {
    fn encode(&self, out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        ::ipos::__private::encode_patch(self, out);
    }
    fn decode(
        reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        ::ipos::__private::decode_patch(reader)
    }
}
/// The wrapper of a [`Only`](enum@Only), through which it is changed.
#[allow(dead_code, private_bounds, private_interfaces)]
pub(crate) struct OnlyMut<'ipos>(::ipos::__private::Cursor<'ipos, Only>);
#[automatically_derived]
impl ::core::fmt::Debug for OnlyMut<'_> {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_writer("OnlyMut", &self.0, f)
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
    pub(crate) fn set(&mut self, value: Only) {
        ::ipos::__private::set(&mut self.0, value);
    }
    /// Runs an action here, and has the host run it again in this place of the commit.
    #[inline]
    pub(crate) fn call<__R, __E>(
        &mut self,
        action: ::ipos::Action<Only, __R, __E>,
    ) -> ::core::result::Result<__R, __E> {
        ::ipos::__private::call(&mut self.0, action)
    }
    /// The wrapper of the fields of a [`Only::Set`](variant@Only::Set), if the value is one.
    #[inline]
    pub(crate) fn set_mut(&mut self) -> ::core::option::Option<OnlySetMut<'_>> {
        ::core::option::Option::Some(OnlySetMut(self.0.variant(0)))
    }
}
/// A change to one field of a [`Only::Set`](variant@Only::Set).
#[allow(dead_code, private_bounds, private_interfaces)]
pub(crate) enum OnlySetPatch {
    /// A change to `type`.
    Type(<u8 as ::ipos::Shared>::Patch),
}
#[automatically_derived]
impl ::ipos::__private::PatchEnum for OnlySetPatch {
    const NAME: &'static ::core::primitive::str = "OnlySetPatch";
    const VARIANTS: &'static [&'static ::core::primitive::str] = &["Type"];
    fn give<__V: ::ipos::__private::PatchVisitor>(&self, to: __V) -> __V::Output {
        match *self {
            Self::Type(ref content) => to.field(0, content),
        }
    }
    fn take<__S: ::ipos::__private::PatchSource>(
        number: ::core::primitive::usize,
        from: __S,
    ) -> ::core::result::Result<Self, __S::Error> {
        match number {
            0 => ::core::result::Result::Ok(Self::Type(__S::field(from)?)),
            _ => from.no_such(number),
        }
    }
}
#[automatically_derived]
impl ::core::clone::Clone for OnlySetPatch {
    fn clone(&self) -> Self {
        match *self {
            Self::Type(ref content) => Self::Type(::core::clone::Clone::clone(content)),
        }
    }
}
#[automatically_derived]
impl ::core::fmt::Debug for OnlySetPatch {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_patch(self, f)
    }
}
#[automatically_derived]
impl ::ipos::__private::serde::Serialize for OnlySetPatch {
    fn serialize<__S: ::ipos::__private::serde::Serializer>(
        &self,
        serializer: __S,
    ) -> ::core::result::Result<__S::Ok, __S::Error> {
        ::ipos::__private::serialize_patch(self, serializer)
    }
}
#[automatically_derived]
impl<'__de> ::ipos::__private::serde::Deserialize<'__de> for OnlySetPatch {
    fn deserialize<__D: ::ipos::__private::serde::Deserializer<'__de>>(
        deserializer: __D,
    ) -> ::core::result::Result<Self, __D::Error> {
        ::ipos::__private::deserialize_patch(deserializer)
    }
}
#[automatically_derived]
impl ::ipos::Patch for OnlySetPatch {
    fn encode(&self, out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        ::ipos::__private::encode_patch(self, out);
    }
    fn decode(
        reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        ::ipos::__private::decode_patch(reader)
    }
}
/// The wrapper of a [`Only::Set`](variant@Only::Set), through which its fields are changed.
#[allow(dead_code, private_bounds, private_interfaces)]
pub(crate) struct OnlySetMut<'ipos>(::ipos::__private::Cursor<'ipos, Only>);
#[automatically_derived]
impl ::core::fmt::Debug for OnlySetMut<'_> {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_writer("OnlySetMut", &self.0, f)
    }
}
#[automatically_derived]
impl ::core::ops::Deref for OnlySetMut<'_> {
    type Target = Only;
    #[inline]
    fn deref(&self) -> &Only {
        self.0.value()
    }
}
#[allow(dead_code, private_bounds, private_interfaces)]
impl OnlySetMut<'_> {
    /// Replaces [`type`](field@Only::Set::type).
    #[inline]
    pub(crate) fn set_type(&mut self, value: impl ::ipos::Assign<u8>) {
        <u8 as ::ipos::Shared>::replace(
            self
                .0
                .field(
                    0,
                    |owner| match owner {
                        Only::Set { r#type: field_0 } => field_0,
                    },
                ),
            ::ipos::Assign::into_value(value),
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
                    |owner| match owner {
                        Only::Set { r#type: field_0 } => field_0,
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
    fn writer(cursor: ::ipos::__private::Cursor<'_, Self>) -> OnlyMut<'_> {
        OnlyMut(cursor)
    }
    fn finish(
        writer: OnlyMut<'_>,
        finish: ::ipos::__private::Finish,
    ) -> ::ipos::__private::Result<()> {
        writer.0.finish(finish)
    }
    #[inline]
    fn replace(cursor: ::ipos::__private::Cursor<'_, Self>, value: Self) {
        OnlyMut(cursor).set(value);
    }
    fn encode(&self, out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        match self {
            Self::Set { r#type: field_0 } => {
                ::ipos::__private::encode_variant(0, out);
                <u8 as ::ipos::Shared>::encode(field_0, out);
            }
        }
    }
    fn decode(
        reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        match reader.length()? {
            0 => {
                reader
                    .parts(|reader| ::core::result::Result::Ok(Self::Set {
                        r#type: <u8 as ::ipos::Shared>::decode(reader)?,
                    }))
            }
            number => {
                ::core::result::Result::Err(reader.no_such("variant", "Only", number))
            }
        }
    }
    fn apply(
        &mut self,
        patch: &mut ::ipos::__private::Incoming<'_>,
    ) -> ::ipos::__private::Result<(), ::ipos::__private::Fault> {
        let operation = patch.operation()?;
        match operation.number {
            0 => ::ipos::__private::apply_set(self, patch, operation),
            1 => {
                match self {
                    Self::Set { r#type: field_0 } => {
                        let field = patch.operation()?;
                        patch
                            .nested(|patch| match field.number {
                                0 => <u8 as ::ipos::Shared>::apply(field_0, patch),
                                _ => {
                                    ::core::result::Result::Err(
                                        patch.no_such("field", "Only::Set", field),
                                    )
                                }
                            })
                    }
                }
            }
            _ => ::ipos::__private::act(self, patch, "variant", "Only", operation),
        }
    }
    fn describe(
        schema: &mut ::ipos::__private::SchemaBuilder,
    ) -> ::ipos::__private::TypeRef {
        schema
            .enumeration::<
                Self,
            >("Only", &[("Set", &[("type", <u8 as ::ipos::Shared>::describe, false)])])
    }
}
