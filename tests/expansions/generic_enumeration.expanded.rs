//! What the derive makes of the enum `Either` of `generic_enumeration.rs`.

/// A change to a [`Either`](enum@Either): another value, or a change inside the variant that it is.
#[allow(dead_code, private_bounds, private_interfaces)]
pub enum EitherPatch<A, B = u8>
where
    A: ::ipos::Shared,
    B: ::ipos::Shared,
{
    /// The new value, of whichever variant.
    Set(Either<A, B>),
    /// A change inside a [`Either::Left`](variant@Either::Left); nothing if the value is another variant by then.
    Left(EitherPatchLeft<A, B>),
    /// A change inside a [`Either::Right`](variant@Either::Right); nothing if the value is another variant by then.
    Right(<B as ::ipos::Shared>::Patch),
}
#[automatically_derived]
impl<A, B> ::ipos::__private::PatchEnum for EitherPatch<A, B>
where
    A: ::ipos::Shared,
    B: ::ipos::Shared,
    Either<
        A,
        B,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    const NAME: &'static ::core::primitive::str = "EitherPatch";
    const VARIANTS: &'static [&'static ::core::primitive::str] = &[
        "Set",
        "Left",
        "Right",
    ];
    fn give<__V: ::ipos::__private::PatchVisitor>(&self, __to: __V) -> __V::Output {
        match *self {
            Self::Set(ref __content) => __to.whole(__content),
            Self::Left(ref __content) => __to.variant(1, __content),
            Self::Right(ref __content) => __to.newtype(2, __content),
        }
    }
    fn take<__S: ::ipos::__private::PatchSource>(
        __number: ::core::primitive::usize,
        __from: __S,
    ) -> ::core::result::Result<Self, __S::Error> {
        match __number {
            0 => ::core::result::Result::Ok(Self::Set(__S::whole(__from)?)),
            1 => ::core::result::Result::Ok(Self::Left(__S::variant(__from)?)),
            2 => ::core::result::Result::Ok(Self::Right(__S::newtype(__from)?)),
            _ => __from.no_such(__number),
        }
    }
}
#[automatically_derived]
impl<A, B> ::core::clone::Clone for EitherPatch<A, B>
where
    A: ::ipos::Shared,
    B: ::ipos::Shared,
    Either<
        A,
        B,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    fn clone(&self) -> Self {
        match *self {
            Self::Set(ref __content) => Self::Set(::core::clone::Clone::clone(__content)),
            Self::Left(ref __content) => {
                Self::Left(::core::clone::Clone::clone(__content))
            }
            Self::Right(ref __content) => {
                Self::Right(::core::clone::Clone::clone(__content))
            }
        }
    }
}
#[automatically_derived]
impl<A, B> ::core::fmt::Debug for EitherPatch<A, B>
where
    A: ::ipos::Shared,
    B: ::ipos::Shared,
    Either<
        A,
        B,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_patch(self, __f)
    }
}
#[automatically_derived]
impl<A, B> ::ipos::__private::serde::Serialize for EitherPatch<A, B>
where
    A: ::ipos::Shared,
    B: ::ipos::Shared,
    Either<
        A,
        B,
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
impl<'__de, A, B> ::ipos::__private::serde::Deserialize<'__de> for EitherPatch<A, B>
where
    A: ::ipos::Shared,
    B: ::ipos::Shared,
    Either<
        A,
        B,
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
impl<A, B> ::ipos::Patch for EitherPatch<A, B>
where
    A: ::ipos::Shared,
    B: ::ipos::Shared,
    Either<
        A,
        B,
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
/// The wrapper of a [`Either`](enum@Either), through which it is changed.
#[allow(dead_code, private_bounds, private_interfaces)]
pub struct EitherMut<'ipos, A, B = u8>(::ipos::__private::Cursor<'ipos, Either<A, B>>);
#[automatically_derived]
impl<A, B> ::core::fmt::Debug for EitherMut<'_, A, B>
where
    A: ::ipos::Shared,
    B: ::ipos::Shared,
    Either<
        A,
        B,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_writer("EitherMut", &self.0, __f)
    }
}
#[automatically_derived]
impl<A, B> ::core::ops::Deref for EitherMut<'_, A, B>
where
    A: ::ipos::Shared,
    B: ::ipos::Shared,
    Either<
        A,
        B,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    type Target = Either<A, B>;
    #[inline]
    fn deref(&self) -> &Either<A, B> {
        self.0.value()
    }
}
#[allow(dead_code, private_bounds, private_interfaces)]
impl<A, B> EitherMut<'_, A, B>
where
    A: ::ipos::Shared,
    B: ::ipos::Shared,
    Either<
        A,
        B,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    /// Replaces the value.
    #[inline]
    pub fn set(&mut self, __value: Either<A, B>) {
        ::ipos::__private::set(&mut self.0, __value);
    }
    /// Runs an action here, and has the host run it again in this place of the commit.
    #[inline]
    pub fn call<__R, __E>(
        &mut self,
        __action: ::ipos::Action<Either<A, B>, __R, __E>,
    ) -> ::core::result::Result<__R, __E> {
        ::ipos::__private::call(&mut self.0, __action)
    }
    /// The wrapper of the fields of a [`Either::Left`](variant@Either::Left), if the value is one.
    #[inline]
    pub fn left_mut(&mut self) -> ::core::option::Option<EitherMutLeft<'_, A, B>> {
        if !::core::matches!(self.0.value(), Either::Left { .. }) {
            return ::core::option::Option::None;
        }
        ::core::option::Option::Some(EitherMutLeft(self.0.variant(0)))
    }
    /// The wrapper of what is in a [`Either::Right`](variant@Either::Right), if the value is one.
    #[inline]
    pub fn right_mut(
        &mut self,
    ) -> ::core::option::Option<<B as ::ipos::Shared>::Mut<'_>> {
        if !::core::matches!(self.0.value(), Either::Right(_)) {
            return ::core::option::Option::None;
        }
        ::core::option::Option::Some(
            <B as ::ipos::Shared>::writer(
                self
                    .0
                    .newtype(
                        1,
                        |__owner| match __owner {
                            Either::Right(__field_0) => __field_0,
                            _ => ::ipos::__private::left_variant(),
                        },
                    ),
            ),
        )
    }
}
/// A change to one field of a [`Either::Left`](variant@Either::Left).
#[allow(dead_code, private_bounds, private_interfaces)]
pub enum EitherPatchLeft<A, B = u8>
where
    A: ::ipos::Shared,
    B: ::ipos::Shared,
{
    /// A change to `value`.
    Value(<A as ::ipos::Shared>::Patch),
    /// A change to `count`.
    Count(<u32 as ::ipos::Shared>::Patch),
    #[doc(hidden)]
    __Unused(::core::convert::Infallible, ::core::marker::PhantomData<fn() -> (B,)>),
}
#[automatically_derived]
impl<A, B> ::ipos::__private::PatchEnum for EitherPatchLeft<A, B>
where
    A: ::ipos::Shared,
    B: ::ipos::Shared,
    Either<
        A,
        B,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    const NAME: &'static ::core::primitive::str = "EitherPatchLeft";
    const VARIANTS: &'static [&'static ::core::primitive::str] = &["Value", "Count"];
    fn give<__V: ::ipos::__private::PatchVisitor>(&self, __to: __V) -> __V::Output {
        match *self {
            Self::Value(ref __content) => __to.field(0, __content),
            Self::Count(ref __content) => __to.field(1, __content),
            Self::__Unused(ref __never, _) => match *__never {}
        }
    }
    fn take<__S: ::ipos::__private::PatchSource>(
        __number: ::core::primitive::usize,
        __from: __S,
    ) -> ::core::result::Result<Self, __S::Error> {
        match __number {
            0 => ::core::result::Result::Ok(Self::Value(__S::field(__from)?)),
            1 => ::core::result::Result::Ok(Self::Count(__S::field(__from)?)),
            _ => __from.no_such(__number),
        }
    }
}
#[automatically_derived]
impl<A, B> ::core::clone::Clone for EitherPatchLeft<A, B>
where
    A: ::ipos::Shared,
    B: ::ipos::Shared,
    Either<
        A,
        B,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    fn clone(&self) -> Self {
        match *self {
            Self::Value(ref __content) => {
                Self::Value(::core::clone::Clone::clone(__content))
            }
            Self::Count(ref __content) => {
                Self::Count(::core::clone::Clone::clone(__content))
            }
            Self::__Unused(ref __never, _) => match *__never {}
        }
    }
}
#[automatically_derived]
impl<A, B> ::core::fmt::Debug for EitherPatchLeft<A, B>
where
    A: ::ipos::Shared,
    B: ::ipos::Shared,
    Either<
        A,
        B,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_patch(self, __f)
    }
}
#[automatically_derived]
impl<A, B> ::ipos::__private::serde::Serialize for EitherPatchLeft<A, B>
where
    A: ::ipos::Shared,
    B: ::ipos::Shared,
    Either<
        A,
        B,
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
impl<'__de, A, B> ::ipos::__private::serde::Deserialize<'__de> for EitherPatchLeft<A, B>
where
    A: ::ipos::Shared,
    B: ::ipos::Shared,
    Either<
        A,
        B,
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
impl<A, B> ::ipos::Patch for EitherPatchLeft<A, B>
where
    A: ::ipos::Shared,
    B: ::ipos::Shared,
    Either<
        A,
        B,
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
/// The wrapper of a [`Either::Left`](variant@Either::Left), through which its fields are changed.
#[allow(dead_code, private_bounds, private_interfaces)]
pub struct EitherMutLeft<'ipos, A, B = u8>(
    ::ipos::__private::Cursor<'ipos, Either<A, B>>,
);
#[automatically_derived]
impl<A, B> ::core::fmt::Debug for EitherMutLeft<'_, A, B>
where
    A: ::ipos::Shared,
    B: ::ipos::Shared,
    Either<
        A,
        B,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_writer("EitherMutLeft", &self.0, __f)
    }
}
#[automatically_derived]
impl<A, B> ::core::ops::Deref for EitherMutLeft<'_, A, B>
where
    A: ::ipos::Shared,
    B: ::ipos::Shared,
    Either<
        A,
        B,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    type Target = Either<A, B>;
    #[inline]
    fn deref(&self) -> &Either<A, B> {
        self.0.value()
    }
}
#[allow(dead_code, private_bounds, private_interfaces)]
impl<A, B> EitherMutLeft<'_, A, B>
where
    A: ::ipos::Shared,
    B: ::ipos::Shared,
    Either<
        A,
        B,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    /// Replaces [`value`](field@Either::Left::value).
    #[inline]
    pub fn set_value(&mut self, __value: impl ::ipos::Assign<A>) {
        <A as ::ipos::Shared>::replace(
            self
                .0
                .field(
                    0,
                    |__owner| match __owner {
                        Either::Left { value: __field_0, .. } => __field_0,
                        _ => ::ipos::__private::left_variant(),
                    },
                ),
            ::ipos::Assign::into_value(__value),
        );
    }
    /// The wrapper of [`value`](field@Either::Left::value).
    #[inline]
    pub fn value_mut(&mut self) -> <A as ::ipos::Shared>::Mut<'_> {
        <A as ::ipos::Shared>::writer(
            self
                .0
                .field(
                    0,
                    |__owner| match __owner {
                        Either::Left { value: __field_0, .. } => __field_0,
                        _ => ::ipos::__private::left_variant(),
                    },
                ),
        )
    }
    /// Replaces [`count`](field@Either::Left::count).
    #[inline]
    pub fn set_count(&mut self, __value: impl ::ipos::Assign<u32>) {
        <u32 as ::ipos::Shared>::replace(
            self
                .0
                .field(
                    1,
                    |__owner| match __owner {
                        Either::Left { count: __field_1, .. } => __field_1,
                        _ => ::ipos::__private::left_variant(),
                    },
                ),
            ::ipos::Assign::into_value(__value),
        );
    }
    /// The wrapper of [`count`](field@Either::Left::count).
    #[inline]
    pub fn count_mut(&mut self) -> <u32 as ::ipos::Shared>::Mut<'_> {
        <u32 as ::ipos::Shared>::writer(
            self
                .0
                .field(
                    1,
                    |__owner| match __owner {
                        Either::Left { count: __field_1, .. } => __field_1,
                        _ => ::ipos::__private::left_variant(),
                    },
                ),
        )
    }
}
#[automatically_derived]
impl<A, B> ::ipos::Shared for Either<A, B>
where
    A: ::ipos::Shared,
    B: ::ipos::Shared,
    Either<
        A,
        B,
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
    type Patch = EitherPatch<A, B>;
    type Mut<'ipos> = EitherMut<'ipos, A, B>;
    #[inline]
    fn writer(__cursor: ::ipos::__private::Cursor<'_, Self>) -> EitherMut<'_, A, B> {
        EitherMut(__cursor)
    }
    fn finish(
        __writer: EitherMut<'_, A, B>,
        __finish: ::ipos::__private::Finish,
    ) -> ::ipos::__private::Result<()> {
        __writer.0.finish(__finish)
    }
    #[inline]
    fn replace(__cursor: ::ipos::__private::Cursor<'_, Self>, __value: Self) {
        EitherMut(__cursor).set(__value);
    }
    fn encode(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        match self {
            Self::Left { value: __field_0, count: __field_1 } => {
                ::ipos::__private::encode_variant(0, __out);
                <A as ::ipos::Shared>::encode(__field_0, __out);
                <u32 as ::ipos::Shared>::encode(__field_1, __out);
            }
            Self::Right(__field_0) => {
                ::ipos::__private::encode_variant(1, __out);
                <B as ::ipos::Shared>::encode(__field_0, __out);
            }
        }
    }
    fn decode(
        __reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        match __reader.length()? {
            0 => {
                __reader
                    .parts(|__reader| ::core::result::Result::Ok(Self::Left {
                        value: <A as ::ipos::Shared>::decode(__reader)?,
                        count: <u32 as ::ipos::Shared>::decode(__reader)?,
                    }))
            }
            1 => {
                __reader
                    .parts(|__reader| ::core::result::Result::Ok(
                        Self::Right(<B as ::ipos::Shared>::decode(__reader)?),
                    ))
            }
            __number => {
                ::core::result::Result::Err(
                    __reader.no_such("variant", "Either", __number),
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
                    Self::Left { value: __field_0, count: __field_1 } => {
                        let __field = __patch.operation()?;
                        __patch
                            .nested(|__patch| match __field.number {
                                0 => <A as ::ipos::Shared>::apply(__field_0, __patch),
                                1 => <u32 as ::ipos::Shared>::apply(__field_1, __patch),
                                _ => {
                                    ::core::result::Result::Err(
                                        __patch.no_such("field", "Either::Left", __field),
                                    )
                                }
                            })
                    }
                    _ => ::core::result::Result::Err(::ipos::__private::Fault::Gone),
                }
            }
            2 => {
                match self {
                    Self::Right(__field_0) => {
                        let __field = __patch.operation()?;
                        __patch
                            .nested(|__patch| match __field.number {
                                0 => <B as ::ipos::Shared>::apply(__field_0, __patch),
                                _ => {
                                    ::core::result::Result::Err(
                                        __patch.no_such("field", "Either::Right", __field),
                                    )
                                }
                            })
                    }
                    _ => ::core::result::Result::Err(::ipos::__private::Fault::Gone),
                }
            }
            _ => ::ipos::__private::act(self, __patch, "variant", "Either", __operation),
        }
    }
    fn describe(
        __schema: &mut ::ipos::__private::SchemaBuilder,
    ) -> ::ipos::__private::TypeRef {
        __schema
            .enumeration::<
                Self,
            >(
                "Either",
                &[
                    (
                        "Left",
                        &[
                            ("value", <A as ::ipos::Shared>::describe, false),
                            ("count", <u32 as ::ipos::Shared>::describe, false),
                        ],
                    ),
                    ("Right", &[("0", <B as ::ipos::Shared>::describe, false)]),
                ],
            )
    }
}
