//! What the derive makes of the enum `Expr` of `recursive.rs`.

/// A change to a [`Expr`](enum@Expr): another value, or a change inside the variant that it is.
#[allow(dead_code, private_bounds, private_interfaces)]
enum ExprPatch {
    /// The new value, of whichever variant.
    Set(Expr),
    /// A change inside a [`Expr::Number`](variant@Expr::Number); nothing if the value is another variant by then.
    Number(<i64 as ::ipos::Shared>::Patch),
    /// A change inside a [`Expr::Sum`](variant@Expr::Sum); nothing if the value is another variant by then.
    Sum(ExprPatchSum),
    /// A change inside a [`Expr::Call`](variant@Expr::Call); nothing if the value is another variant by then.
    Call(ExprPatchCall),
}
#[automatically_derived]
impl ::ipos::__private::PatchEnum for ExprPatch {
    const NAME: &'static ::core::primitive::str = "ExprPatch";
    const VARIANTS: &'static [&'static ::core::primitive::str] = &[
        "Set",
        "Number",
        "Sum",
        "Call",
    ];
    fn give<__V: ::ipos::__private::PatchVisitor>(&self, __to: __V) -> __V::Output {
        match *self {
            Self::Set(ref __content) => __to.whole(__content),
            Self::Number(ref __content) => __to.newtype(1, __content),
            Self::Sum(ref __content) => __to.variant(2, __content),
            Self::Call(ref __content) => __to.variant(3, __content),
        }
    }
    fn take<__S: ::ipos::__private::PatchSource>(
        __number: ::core::primitive::usize,
        __from: __S,
    ) -> ::core::result::Result<Self, __S::Error> {
        match __number {
            0 => ::core::result::Result::Ok(Self::Set(__S::whole(__from)?)),
            1 => ::core::result::Result::Ok(Self::Number(__S::newtype(__from)?)),
            2 => ::core::result::Result::Ok(Self::Sum(__S::variant(__from)?)),
            3 => ::core::result::Result::Ok(Self::Call(__S::variant(__from)?)),
            _ => __from.no_such(__number),
        }
    }
}
#[automatically_derived]
impl ::core::clone::Clone for ExprPatch {
    fn clone(&self) -> Self {
        match *self {
            Self::Set(ref __content) => Self::Set(::core::clone::Clone::clone(__content)),
            Self::Number(ref __content) => {
                Self::Number(::core::clone::Clone::clone(__content))
            }
            Self::Sum(ref __content) => Self::Sum(::core::clone::Clone::clone(__content)),
            Self::Call(ref __content) => {
                Self::Call(::core::clone::Clone::clone(__content))
            }
        }
    }
}
#[automatically_derived]
impl ::core::fmt::Debug for ExprPatch {
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_patch(self, __f)
    }
}
#[automatically_derived]
impl ::ipos::__private::serde::Serialize for ExprPatch {
    fn serialize<__S: ::ipos::__private::serde::Serializer>(
        &self,
        __serializer: __S,
    ) -> ::core::result::Result<__S::Ok, __S::Error> {
        ::ipos::__private::serialize_patch(self, __serializer)
    }
}
#[automatically_derived]
impl<'__de> ::ipos::__private::serde::Deserialize<'__de> for ExprPatch {
    fn deserialize<__D: ::ipos::__private::serde::Deserializer<'__de>>(
        __deserializer: __D,
    ) -> ::core::result::Result<Self, __D::Error> {
        ::ipos::__private::deserialize_patch(__deserializer)
    }
}
#[automatically_derived]
impl ::ipos::Patch for ExprPatch {
    fn encode(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        ::ipos::__private::encode_patch(self, __out);
    }
    fn decode(
        __reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        ::ipos::__private::decode_patch(__reader)
    }
}
/// The wrapper of a [`Expr`](enum@Expr), through which it is changed.
#[allow(dead_code, private_bounds, private_interfaces)]
struct ExprMut<'ipos>(::ipos::__private::Cursor<'ipos, Expr>);
#[automatically_derived]
impl ::core::fmt::Debug for ExprMut<'_> {
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_writer("ExprMut", &self.0, __f)
    }
}
#[automatically_derived]
impl ::core::ops::Deref for ExprMut<'_> {
    type Target = Expr;
    #[inline]
    fn deref(&self) -> &Expr {
        self.0.value()
    }
}
#[allow(dead_code, private_bounds, private_interfaces)]
impl ExprMut<'_> {
    /// Replaces the value.
    #[inline]
    fn set(&mut self, __value: Expr) {
        ::ipos::__private::set(&mut self.0, __value);
    }
    /// Runs an action here, and has the host run it again in this place of the commit.
    #[inline]
    fn call<__R, __E>(
        &mut self,
        __action: ::ipos::Action<Expr, __R, __E>,
    ) -> ::core::result::Result<__R, __E> {
        ::ipos::__private::call(&mut self.0, __action)
    }
    /// The wrapper of what is in a [`Expr::Number`](variant@Expr::Number), if the value is one.
    #[inline]
    fn number_mut(
        &mut self,
    ) -> ::core::option::Option<<i64 as ::ipos::Shared>::Mut<'_>> {
        if !::core::matches!(self.0.value(), Expr::Number(_)) {
            return ::core::option::Option::None;
        }
        ::core::option::Option::Some(
            <i64 as ::ipos::Shared>::writer(
                self
                    .0
                    .newtype(
                        0,
                        |__owner| match __owner {
                            Expr::Number(__field_0) => __field_0,
                            _ => ::ipos::__private::left_variant(),
                        },
                    ),
            ),
        )
    }
    /// The wrapper of the fields of a [`Expr::Sum`](variant@Expr::Sum), if the value is one.
    #[inline]
    fn sum_mut(&mut self) -> ::core::option::Option<ExprMutSum<'_>> {
        if !::core::matches!(self.0.value(), Expr::Sum(_, _)) {
            return ::core::option::Option::None;
        }
        ::core::option::Option::Some(ExprMutSum(self.0.variant(1)))
    }
    /// The wrapper of the fields of a [`Expr::Call`](variant@Expr::Call), if the value is one.
    #[inline]
    fn call_mut(&mut self) -> ::core::option::Option<ExprMutCall<'_>> {
        if !::core::matches!(self.0.value(), Expr::Call { .. }) {
            return ::core::option::Option::None;
        }
        ::core::option::Option::Some(ExprMutCall(self.0.variant(2)))
    }
}
/// A change to one field of a [`Expr::Sum`](variant@Expr::Sum).
#[allow(dead_code, private_bounds, private_interfaces)]
enum ExprPatchSum {
    /// A change to `0`.
    F0(<Box<Expr> as ::ipos::Shared>::Patch),
    /// A change to `1`.
    F1(<Box<Expr> as ::ipos::Shared>::Patch),
}
#[automatically_derived]
impl ::ipos::__private::PatchEnum for ExprPatchSum {
    const NAME: &'static ::core::primitive::str = "ExprPatchSum";
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
impl ::core::clone::Clone for ExprPatchSum {
    fn clone(&self) -> Self {
        match *self {
            Self::F0(ref __content) => Self::F0(::core::clone::Clone::clone(__content)),
            Self::F1(ref __content) => Self::F1(::core::clone::Clone::clone(__content)),
        }
    }
}
#[automatically_derived]
impl ::core::fmt::Debug for ExprPatchSum {
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_patch(self, __f)
    }
}
#[automatically_derived]
impl ::ipos::__private::serde::Serialize for ExprPatchSum {
    fn serialize<__S: ::ipos::__private::serde::Serializer>(
        &self,
        __serializer: __S,
    ) -> ::core::result::Result<__S::Ok, __S::Error> {
        ::ipos::__private::serialize_patch(self, __serializer)
    }
}
#[automatically_derived]
impl<'__de> ::ipos::__private::serde::Deserialize<'__de> for ExprPatchSum {
    fn deserialize<__D: ::ipos::__private::serde::Deserializer<'__de>>(
        __deserializer: __D,
    ) -> ::core::result::Result<Self, __D::Error> {
        ::ipos::__private::deserialize_patch(__deserializer)
    }
}
#[automatically_derived]
impl ::ipos::Patch for ExprPatchSum {
    fn encode(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        ::ipos::__private::encode_patch(self, __out);
    }
    fn decode(
        __reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        ::ipos::__private::decode_patch(__reader)
    }
}
/// The wrapper of a [`Expr::Sum`](variant@Expr::Sum), through which its fields are changed.
#[allow(dead_code, private_bounds, private_interfaces)]
struct ExprMutSum<'ipos>(::ipos::__private::Cursor<'ipos, Expr>);
#[automatically_derived]
impl ::core::fmt::Debug for ExprMutSum<'_> {
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_writer("ExprMutSum", &self.0, __f)
    }
}
#[automatically_derived]
impl ::core::ops::Deref for ExprMutSum<'_> {
    type Target = Expr;
    #[inline]
    fn deref(&self) -> &Expr {
        self.0.value()
    }
}
#[allow(dead_code, private_bounds, private_interfaces)]
impl ExprMutSum<'_> {
    /// Replaces [`0`](field@Expr::Sum::0).
    #[inline]
    fn set_0(&mut self, __value: impl ::ipos::Assign<Box<Expr>>) {
        <Box<
            Expr,
        > as ::ipos::Shared>::replace(
            self
                .0
                .field(
                    0,
                    |__owner| match __owner {
                        Expr::Sum(__field_0, _) => __field_0,
                        _ => ::ipos::__private::left_variant(),
                    },
                ),
            ::ipos::Assign::into_value(__value),
        );
    }
    /// The wrapper of [`0`](field@Expr::Sum::0).
    #[inline]
    fn _0_mut(&mut self) -> <Box<Expr> as ::ipos::Shared>::Mut<'_> {
        <Box<
            Expr,
        > as ::ipos::Shared>::writer(
            self
                .0
                .field(
                    0,
                    |__owner| match __owner {
                        Expr::Sum(__field_0, _) => __field_0,
                        _ => ::ipos::__private::left_variant(),
                    },
                ),
        )
    }
    /// Replaces [`1`](field@Expr::Sum::1).
    #[inline]
    fn set_1(&mut self, __value: impl ::ipos::Assign<Box<Expr>>) {
        <Box<
            Expr,
        > as ::ipos::Shared>::replace(
            self
                .0
                .field(
                    1,
                    |__owner| match __owner {
                        Expr::Sum(_, __field_1) => __field_1,
                        _ => ::ipos::__private::left_variant(),
                    },
                ),
            ::ipos::Assign::into_value(__value),
        );
    }
    /// The wrapper of [`1`](field@Expr::Sum::1).
    #[inline]
    fn _1_mut(&mut self) -> <Box<Expr> as ::ipos::Shared>::Mut<'_> {
        <Box<
            Expr,
        > as ::ipos::Shared>::writer(
            self
                .0
                .field(
                    1,
                    |__owner| match __owner {
                        Expr::Sum(_, __field_1) => __field_1,
                        _ => ::ipos::__private::left_variant(),
                    },
                ),
        )
    }
}
/// A change to one field of a [`Expr::Call`](variant@Expr::Call).
#[allow(dead_code, private_bounds, private_interfaces)]
enum ExprPatchCall {
    /// A change to `arguments`.
    Arguments(<Vec<Expr> as ::ipos::Shared>::Patch),
}
#[automatically_derived]
impl ::ipos::__private::PatchEnum for ExprPatchCall {
    const NAME: &'static ::core::primitive::str = "ExprPatchCall";
    const VARIANTS: &'static [&'static ::core::primitive::str] = &["Arguments"];
    fn give<__V: ::ipos::__private::PatchVisitor>(&self, __to: __V) -> __V::Output {
        match *self {
            Self::Arguments(ref __content) => __to.field(0, __content),
        }
    }
    fn take<__S: ::ipos::__private::PatchSource>(
        __number: ::core::primitive::usize,
        __from: __S,
    ) -> ::core::result::Result<Self, __S::Error> {
        match __number {
            0 => ::core::result::Result::Ok(Self::Arguments(__S::field(__from)?)),
            _ => __from.no_such(__number),
        }
    }
}
#[automatically_derived]
impl ::core::clone::Clone for ExprPatchCall {
    fn clone(&self) -> Self {
        match *self {
            Self::Arguments(ref __content) => {
                Self::Arguments(::core::clone::Clone::clone(__content))
            }
        }
    }
}
#[automatically_derived]
impl ::core::fmt::Debug for ExprPatchCall {
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_patch(self, __f)
    }
}
#[automatically_derived]
impl ::ipos::__private::serde::Serialize for ExprPatchCall {
    fn serialize<__S: ::ipos::__private::serde::Serializer>(
        &self,
        __serializer: __S,
    ) -> ::core::result::Result<__S::Ok, __S::Error> {
        ::ipos::__private::serialize_patch(self, __serializer)
    }
}
#[automatically_derived]
impl<'__de> ::ipos::__private::serde::Deserialize<'__de> for ExprPatchCall {
    fn deserialize<__D: ::ipos::__private::serde::Deserializer<'__de>>(
        __deserializer: __D,
    ) -> ::core::result::Result<Self, __D::Error> {
        ::ipos::__private::deserialize_patch(__deserializer)
    }
}
#[automatically_derived]
impl ::ipos::Patch for ExprPatchCall {
    fn encode(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        ::ipos::__private::encode_patch(self, __out);
    }
    fn decode(
        __reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        ::ipos::__private::decode_patch(__reader)
    }
}
/// The wrapper of a [`Expr::Call`](variant@Expr::Call), through which its fields are changed.
#[allow(dead_code, private_bounds, private_interfaces)]
struct ExprMutCall<'ipos>(::ipos::__private::Cursor<'ipos, Expr>);
#[automatically_derived]
impl ::core::fmt::Debug for ExprMutCall<'_> {
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_writer("ExprMutCall", &self.0, __f)
    }
}
#[automatically_derived]
impl ::core::ops::Deref for ExprMutCall<'_> {
    type Target = Expr;
    #[inline]
    fn deref(&self) -> &Expr {
        self.0.value()
    }
}
#[allow(dead_code, private_bounds, private_interfaces)]
impl ExprMutCall<'_> {
    /// Replaces [`arguments`](field@Expr::Call::arguments).
    #[inline]
    fn set_arguments(&mut self, __value: impl ::ipos::Assign<Vec<Expr>>) {
        <Vec<
            Expr,
        > as ::ipos::Shared>::replace(
            self
                .0
                .field(
                    0,
                    |__owner| match __owner {
                        Expr::Call { arguments: __field_0 } => __field_0,
                        _ => ::ipos::__private::left_variant(),
                    },
                ),
            ::ipos::Assign::into_value(__value),
        );
    }
    /// The wrapper of [`arguments`](field@Expr::Call::arguments).
    #[inline]
    fn arguments_mut(&mut self) -> <Vec<Expr> as ::ipos::Shared>::Mut<'_> {
        <Vec<
            Expr,
        > as ::ipos::Shared>::writer(
            self
                .0
                .field(
                    0,
                    |__owner| match __owner {
                        Expr::Call { arguments: __field_0 } => __field_0,
                        _ => ::ipos::__private::left_variant(),
                    },
                ),
        )
    }
}
#[automatically_derived]
impl ::ipos::Shared for Expr {
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
    type Patch = ExprPatch;
    type Mut<'ipos> = ExprMut<'ipos>;
    #[inline]
    fn writer(__cursor: ::ipos::__private::Cursor<'_, Self>) -> ExprMut<'_> {
        ExprMut(__cursor)
    }
    fn finish(
        __writer: ExprMut<'_>,
        __finish: ::ipos::__private::Finish,
    ) -> ::ipos::__private::Result<()> {
        __writer.0.finish(__finish)
    }
    #[inline]
    fn replace(__cursor: ::ipos::__private::Cursor<'_, Self>, __value: Self) {
        ExprMut(__cursor).set(__value);
    }
    fn encode(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        match self {
            Self::Number(__field_0) => {
                ::ipos::__private::encode_variant(0, __out);
                <i64 as ::ipos::Shared>::encode(__field_0, __out);
            }
            Self::Sum(__field_0, __field_1) => {
                ::ipos::__private::encode_variant(1, __out);
                <Box<Expr> as ::ipos::Shared>::encode(__field_0, __out);
                <Box<Expr> as ::ipos::Shared>::encode(__field_1, __out);
            }
            Self::Call { arguments: __field_0 } => {
                ::ipos::__private::encode_variant(2, __out);
                <Vec<Expr> as ::ipos::Shared>::encode(__field_0, __out);
            }
        }
    }
    fn decode(
        __reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        match __reader.length()? {
            0 => {
                __reader
                    .parts(|__reader| ::core::result::Result::Ok(
                        Self::Number(<i64 as ::ipos::Shared>::decode(__reader)?),
                    ))
            }
            1 => {
                __reader
                    .parts(|__reader| ::core::result::Result::Ok(
                        Self::Sum(
                            <Box<Expr> as ::ipos::Shared>::decode(__reader)?,
                            <Box<Expr> as ::ipos::Shared>::decode(__reader)?,
                        ),
                    ))
            }
            2 => {
                __reader
                    .parts(|__reader| ::core::result::Result::Ok(Self::Call {
                        arguments: <Vec<Expr> as ::ipos::Shared>::decode(__reader)?,
                    }))
            }
            __number => {
                ::core::result::Result::Err(
                    __reader.no_such("variant", "Expr", __number),
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
                    Self::Number(__field_0) => {
                        let __field = __patch.operation()?;
                        __patch
                            .nested(|__patch| match __field.number {
                                0 => <i64 as ::ipos::Shared>::apply(__field_0, __patch),
                                _ => {
                                    ::core::result::Result::Err(
                                        __patch.no_such("field", "Expr::Number", __field),
                                    )
                                }
                            })
                    }
                    _ => ::core::result::Result::Err(::ipos::__private::Fault::Gone),
                }
            }
            2 => {
                match self {
                    Self::Sum(__field_0, __field_1) => {
                        let __field = __patch.operation()?;
                        __patch
                            .nested(|__patch| match __field.number {
                                0 => {
                                    <Box<Expr> as ::ipos::Shared>::apply(__field_0, __patch)
                                }
                                1 => {
                                    <Box<Expr> as ::ipos::Shared>::apply(__field_1, __patch)
                                }
                                _ => {
                                    ::core::result::Result::Err(
                                        __patch.no_such("field", "Expr::Sum", __field),
                                    )
                                }
                            })
                    }
                    _ => ::core::result::Result::Err(::ipos::__private::Fault::Gone),
                }
            }
            3 => {
                match self {
                    Self::Call { arguments: __field_0 } => {
                        let __field = __patch.operation()?;
                        __patch
                            .nested(|__patch| match __field.number {
                                0 => {
                                    <Vec<Expr> as ::ipos::Shared>::apply(__field_0, __patch)
                                }
                                _ => {
                                    ::core::result::Result::Err(
                                        __patch.no_such("field", "Expr::Call", __field),
                                    )
                                }
                            })
                    }
                    _ => ::core::result::Result::Err(::ipos::__private::Fault::Gone),
                }
            }
            _ => ::ipos::__private::act(self, __patch, "variant", "Expr", __operation),
        }
    }
    fn describe(
        __schema: &mut ::ipos::__private::SchemaBuilder,
    ) -> ::ipos::__private::TypeRef {
        __schema
            .enumeration::<
                Self,
            >(
                "Expr",
                &[
                    ("Number", &[("0", <i64 as ::ipos::Shared>::describe, false)]),
                    (
                        "Sum",
                        &[
                            ("0", <Box<Expr> as ::ipos::Shared>::describe, false),
                            ("1", <Box<Expr> as ::ipos::Shared>::describe, false),
                        ],
                    ),
                    (
                        "Call",
                        &[("arguments", <Vec<Expr> as ::ipos::Shared>::describe, false)],
                    ),
                ],
            )
    }
}
