//! What the derive makes of the enum `Expr` of `recursive.rs`.

/// A change to a [`Expr`](enum@Expr): another value, or a change inside the variant that it is.
#[allow(dead_code, private_bounds, private_interfaces)]
enum ExprPatch {
    /// The new value, of whichever variant.
    Set(Expr),
    /// A change inside a [`Expr::Number`](variant@Expr::Number); nothing if the value is another variant by then.
    Number(<i64 as ::ipos::Shared>::Patch),
    /// A change inside a [`Expr::Sum`](variant@Expr::Sum); nothing if the value is another variant by then.
    Sum(ExprSumPatch),
    /// A change inside a [`Expr::Call`](variant@Expr::Call); nothing if the value is another variant by then.
    Call(ExprCallPatch),
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
    fn give<__V: ::ipos::__private::PatchVisitor>(&self, to: __V) -> __V::Output {
        match *self {
            Self::Set(ref content) => to.whole(content),
            Self::Number(ref content) => to.newtype(1, content),
            Self::Sum(ref content) => to.variant(2, content),
            Self::Call(ref content) => to.variant(3, content),
        }
    }
    fn take<__S: ::ipos::__private::PatchSource>(
        number: ::core::primitive::usize,
        from: __S,
    ) -> ::core::result::Result<Self, __S::Error> {
        match number {
            0 => ::core::result::Result::Ok(Self::Set(__S::whole(from)?)),
            1 => ::core::result::Result::Ok(Self::Number(__S::newtype(from)?)),
            2 => ::core::result::Result::Ok(Self::Sum(__S::variant(from)?)),
            3 => ::core::result::Result::Ok(Self::Call(__S::variant(from)?)),
            _ => from.no_such(number),
        }
    }
}
#[automatically_derived]
impl ::core::clone::Clone for ExprPatch {
    fn clone(&self) -> Self {
        match *self {
            Self::Set(ref content) => Self::Set(::core::clone::Clone::clone(content)),
            Self::Number(ref content) => {
                Self::Number(::core::clone::Clone::clone(content))
            }
            Self::Sum(ref content) => Self::Sum(::core::clone::Clone::clone(content)),
            Self::Call(ref content) => Self::Call(::core::clone::Clone::clone(content)),
        }
    }
}
#[automatically_derived]
impl ::core::fmt::Debug for ExprPatch {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_patch(self, f)
    }
}
#[automatically_derived]
impl ::ipos::__private::serde::Serialize for ExprPatch {
    fn serialize<__S: ::ipos::__private::serde::Serializer>(
        &self,
        serializer: __S,
    ) -> ::core::result::Result<__S::Ok, __S::Error> {
        ::ipos::__private::serialize_patch(self, serializer)
    }
}
#[automatically_derived]
impl<'__de> ::ipos::__private::serde::Deserialize<'__de> for ExprPatch {
    fn deserialize<__D: ::ipos::__private::serde::Deserializer<'__de>>(
        deserializer: __D,
    ) -> ::core::result::Result<Self, __D::Error> {
        ::ipos::__private::deserialize_patch(deserializer)
    }
}
#[automatically_derived]
impl ::ipos::Patch for ExprPatch {
    fn encode(&self, out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        ::ipos::__private::encode_patch(self, out);
    }
    fn decode(
        reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        ::ipos::__private::decode_patch(reader)
    }
}
/// The wrapper of a [`Expr`](enum@Expr), through which it is changed.
#[allow(dead_code, private_bounds, private_interfaces)]
struct ExprMut<'ipos>(::ipos::__private::Cursor<'ipos, Expr>);
#[automatically_derived]
impl ::core::fmt::Debug for ExprMut<'_> {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_writer("ExprMut", &self.0, f)
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
    fn set(&mut self, value: Expr) {
        ::ipos::__private::set(&mut self.0, value);
    }
    /// Runs an action here, and has the host run it again in this place of the commit.
    #[inline]
    fn call<__R, __E>(
        &mut self,
        action: ::ipos::Action<Expr, __R, __E>,
    ) -> ::core::result::Result<__R, __E> {
        ::ipos::__private::call(&mut self.0, action)
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
                        |owner| match owner {
                            Expr::Number(field_0) => field_0,
                            _ => ::ipos::__private::left_variant(),
                        },
                    ),
            ),
        )
    }
    /// The wrapper of the fields of a [`Expr::Sum`](variant@Expr::Sum), if the value is one.
    #[inline]
    fn sum_mut(&mut self) -> ::core::option::Option<ExprSumMut<'_>> {
        if !::core::matches!(self.0.value(), Expr::Sum(_, _)) {
            return ::core::option::Option::None;
        }
        ::core::option::Option::Some(ExprSumMut(self.0.variant(1)))
    }
    /// The wrapper of the fields of a [`Expr::Call`](variant@Expr::Call), if the value is one.
    #[inline]
    fn call_mut(&mut self) -> ::core::option::Option<ExprCallMut<'_>> {
        if !::core::matches!(self.0.value(), Expr::Call { .. }) {
            return ::core::option::Option::None;
        }
        ::core::option::Option::Some(ExprCallMut(self.0.variant(2)))
    }
}
/// A change to one field of a [`Expr::Sum`](variant@Expr::Sum).
#[allow(dead_code, private_bounds, private_interfaces)]
enum ExprSumPatch {
    /// A change to `0`.
    F0(<Box<Expr> as ::ipos::Shared>::Patch),
    /// A change to `1`.
    F1(<Box<Expr> as ::ipos::Shared>::Patch),
}
#[automatically_derived]
impl ::ipos::__private::PatchEnum for ExprSumPatch {
    const NAME: &'static ::core::primitive::str = "ExprSumPatch";
    const VARIANTS: &'static [&'static ::core::primitive::str] = &["F0", "F1"];
    fn give<__V: ::ipos::__private::PatchVisitor>(&self, to: __V) -> __V::Output {
        match *self {
            Self::F0(ref content) => to.field(0, content),
            Self::F1(ref content) => to.field(1, content),
        }
    }
    fn take<__S: ::ipos::__private::PatchSource>(
        number: ::core::primitive::usize,
        from: __S,
    ) -> ::core::result::Result<Self, __S::Error> {
        match number {
            0 => ::core::result::Result::Ok(Self::F0(__S::field(from)?)),
            1 => ::core::result::Result::Ok(Self::F1(__S::field(from)?)),
            _ => from.no_such(number),
        }
    }
}
#[automatically_derived]
impl ::core::clone::Clone for ExprSumPatch {
    fn clone(&self) -> Self {
        match *self {
            Self::F0(ref content) => Self::F0(::core::clone::Clone::clone(content)),
            Self::F1(ref content) => Self::F1(::core::clone::Clone::clone(content)),
        }
    }
}
#[automatically_derived]
impl ::core::fmt::Debug for ExprSumPatch {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_patch(self, f)
    }
}
#[automatically_derived]
impl ::ipos::__private::serde::Serialize for ExprSumPatch {
    fn serialize<__S: ::ipos::__private::serde::Serializer>(
        &self,
        serializer: __S,
    ) -> ::core::result::Result<__S::Ok, __S::Error> {
        ::ipos::__private::serialize_patch(self, serializer)
    }
}
#[automatically_derived]
impl<'__de> ::ipos::__private::serde::Deserialize<'__de> for ExprSumPatch {
    fn deserialize<__D: ::ipos::__private::serde::Deserializer<'__de>>(
        deserializer: __D,
    ) -> ::core::result::Result<Self, __D::Error> {
        ::ipos::__private::deserialize_patch(deserializer)
    }
}
#[automatically_derived]
impl ::ipos::Patch for ExprSumPatch {
    fn encode(&self, out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        ::ipos::__private::encode_patch(self, out);
    }
    fn decode(
        reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        ::ipos::__private::decode_patch(reader)
    }
}
/// The wrapper of a [`Expr::Sum`](variant@Expr::Sum), through which its fields are changed.
#[allow(dead_code, private_bounds, private_interfaces)]
struct ExprSumMut<'ipos>(::ipos::__private::Cursor<'ipos, Expr>);
#[automatically_derived]
impl ::core::fmt::Debug for ExprSumMut<'_> {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_writer("ExprSumMut", &self.0, f)
    }
}
#[automatically_derived]
impl ::core::ops::Deref for ExprSumMut<'_> {
    type Target = Expr;
    #[inline]
    fn deref(&self) -> &Expr {
        self.0.value()
    }
}
#[allow(dead_code, private_bounds, private_interfaces)]
impl ExprSumMut<'_> {
    /// Replaces [`0`](field@Expr::Sum::0).
    #[inline]
    fn set_0(&mut self, value: impl ::ipos::Assign<Box<Expr>>) {
        <Box<
            Expr,
        > as ::ipos::Shared>::replace(
            self
                .0
                .field(
                    0,
                    |owner| match owner {
                        Expr::Sum(field_0, _) => field_0,
                        _ => ::ipos::__private::left_variant(),
                    },
                ),
            ::ipos::Assign::into_value(value),
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
                    |owner| match owner {
                        Expr::Sum(field_0, _) => field_0,
                        _ => ::ipos::__private::left_variant(),
                    },
                ),
        )
    }
    /// Replaces [`1`](field@Expr::Sum::1).
    #[inline]
    fn set_1(&mut self, value: impl ::ipos::Assign<Box<Expr>>) {
        <Box<
            Expr,
        > as ::ipos::Shared>::replace(
            self
                .0
                .field(
                    1,
                    |owner| match owner {
                        Expr::Sum(_, field_1) => field_1,
                        _ => ::ipos::__private::left_variant(),
                    },
                ),
            ::ipos::Assign::into_value(value),
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
                    |owner| match owner {
                        Expr::Sum(_, field_1) => field_1,
                        _ => ::ipos::__private::left_variant(),
                    },
                ),
        )
    }
}
/// A change to one field of a [`Expr::Call`](variant@Expr::Call).
#[allow(dead_code, private_bounds, private_interfaces)]
enum ExprCallPatch {
    /// A change to `arguments`.
    Arguments(<Vec<Expr> as ::ipos::Shared>::Patch),
}
#[automatically_derived]
impl ::ipos::__private::PatchEnum for ExprCallPatch {
    const NAME: &'static ::core::primitive::str = "ExprCallPatch";
    const VARIANTS: &'static [&'static ::core::primitive::str] = &["Arguments"];
    fn give<__V: ::ipos::__private::PatchVisitor>(&self, to: __V) -> __V::Output {
        match *self {
            Self::Arguments(ref content) => to.field(0, content),
        }
    }
    fn take<__S: ::ipos::__private::PatchSource>(
        number: ::core::primitive::usize,
        from: __S,
    ) -> ::core::result::Result<Self, __S::Error> {
        match number {
            0 => ::core::result::Result::Ok(Self::Arguments(__S::field(from)?)),
            _ => from.no_such(number),
        }
    }
}
#[automatically_derived]
impl ::core::clone::Clone for ExprCallPatch {
    fn clone(&self) -> Self {
        match *self {
            Self::Arguments(ref content) => {
                Self::Arguments(::core::clone::Clone::clone(content))
            }
        }
    }
}
#[automatically_derived]
impl ::core::fmt::Debug for ExprCallPatch {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_patch(self, f)
    }
}
#[automatically_derived]
impl ::ipos::__private::serde::Serialize for ExprCallPatch {
    fn serialize<__S: ::ipos::__private::serde::Serializer>(
        &self,
        serializer: __S,
    ) -> ::core::result::Result<__S::Ok, __S::Error> {
        ::ipos::__private::serialize_patch(self, serializer)
    }
}
#[automatically_derived]
impl<'__de> ::ipos::__private::serde::Deserialize<'__de> for ExprCallPatch {
    fn deserialize<__D: ::ipos::__private::serde::Deserializer<'__de>>(
        deserializer: __D,
    ) -> ::core::result::Result<Self, __D::Error> {
        ::ipos::__private::deserialize_patch(deserializer)
    }
}
#[automatically_derived]
impl ::ipos::Patch for ExprCallPatch {
    fn encode(&self, out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        ::ipos::__private::encode_patch(self, out);
    }
    fn decode(
        reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        ::ipos::__private::decode_patch(reader)
    }
}
/// The wrapper of a [`Expr::Call`](variant@Expr::Call), through which its fields are changed.
#[allow(dead_code, private_bounds, private_interfaces)]
struct ExprCallMut<'ipos>(::ipos::__private::Cursor<'ipos, Expr>);
#[automatically_derived]
impl ::core::fmt::Debug for ExprCallMut<'_> {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_writer("ExprCallMut", &self.0, f)
    }
}
#[automatically_derived]
impl ::core::ops::Deref for ExprCallMut<'_> {
    type Target = Expr;
    #[inline]
    fn deref(&self) -> &Expr {
        self.0.value()
    }
}
#[allow(dead_code, private_bounds, private_interfaces)]
impl ExprCallMut<'_> {
    /// Replaces [`arguments`](field@Expr::Call::arguments).
    #[inline]
    fn set_arguments(&mut self, value: impl ::ipos::Assign<Vec<Expr>>) {
        <Vec<
            Expr,
        > as ::ipos::Shared>::replace(
            self
                .0
                .field(
                    0,
                    |owner| match owner {
                        Expr::Call { arguments: field_0 } => field_0,
                        _ => ::ipos::__private::left_variant(),
                    },
                ),
            ::ipos::Assign::into_value(value),
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
                    |owner| match owner {
                        Expr::Call { arguments: field_0 } => field_0,
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
    fn writer(cursor: ::ipos::__private::Cursor<'_, Self>) -> ExprMut<'_> {
        ExprMut(cursor)
    }
    fn finish(
        writer: ExprMut<'_>,
        finish: ::ipos::__private::Finish,
    ) -> ::ipos::__private::Result<()> {
        writer.0.finish(finish)
    }
    #[inline]
    fn replace(cursor: ::ipos::__private::Cursor<'_, Self>, value: Self) {
        ExprMut(cursor).set(value);
    }
    fn encode(&self, out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        match self {
            Self::Number(field_0) => {
                ::ipos::__private::encode_variant(0, out);
                <i64 as ::ipos::Shared>::encode(field_0, out);
            }
            Self::Sum(field_0, field_1) => {
                ::ipos::__private::encode_variant(1, out);
                <Box<Expr> as ::ipos::Shared>::encode(field_0, out);
                <Box<Expr> as ::ipos::Shared>::encode(field_1, out);
            }
            Self::Call { arguments: field_0 } => {
                ::ipos::__private::encode_variant(2, out);
                <Vec<Expr> as ::ipos::Shared>::encode(field_0, out);
            }
        }
    }
    fn decode(
        reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        match reader.length()? {
            0 => {
                reader
                    .parts(|reader| ::core::result::Result::Ok(
                        Self::Number(<i64 as ::ipos::Shared>::decode(reader)?),
                    ))
            }
            1 => {
                reader
                    .parts(|reader| ::core::result::Result::Ok(
                        Self::Sum(
                            <Box<Expr> as ::ipos::Shared>::decode(reader)?,
                            <Box<Expr> as ::ipos::Shared>::decode(reader)?,
                        ),
                    ))
            }
            2 => {
                reader
                    .parts(|reader| ::core::result::Result::Ok(Self::Call {
                        arguments: <Vec<Expr> as ::ipos::Shared>::decode(reader)?,
                    }))
            }
            number => {
                ::core::result::Result::Err(reader.no_such("variant", "Expr", number))
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
                    Self::Number(field_0) => {
                        let field = patch.operation()?;
                        patch
                            .nested(|patch| match field.number {
                                0 => <i64 as ::ipos::Shared>::apply(field_0, patch),
                                _ => {
                                    ::core::result::Result::Err(
                                        patch.no_such("field", "Expr::Number", field),
                                    )
                                }
                            })
                    }
                    _ => ::core::result::Result::Err(::ipos::__private::Fault::Gone),
                }
            }
            2 => {
                match self {
                    Self::Sum(field_0, field_1) => {
                        let field = patch.operation()?;
                        patch
                            .nested(|patch| match field.number {
                                0 => <Box<Expr> as ::ipos::Shared>::apply(field_0, patch),
                                1 => <Box<Expr> as ::ipos::Shared>::apply(field_1, patch),
                                _ => {
                                    ::core::result::Result::Err(
                                        patch.no_such("field", "Expr::Sum", field),
                                    )
                                }
                            })
                    }
                    _ => ::core::result::Result::Err(::ipos::__private::Fault::Gone),
                }
            }
            3 => {
                match self {
                    Self::Call { arguments: field_0 } => {
                        let field = patch.operation()?;
                        patch
                            .nested(|patch| match field.number {
                                0 => <Vec<Expr> as ::ipos::Shared>::apply(field_0, patch),
                                _ => {
                                    ::core::result::Result::Err(
                                        patch.no_such("field", "Expr::Call", field),
                                    )
                                }
                            })
                    }
                    _ => ::core::result::Result::Err(::ipos::__private::Fault::Gone),
                }
            }
            _ => ::ipos::__private::act(self, patch, "variant", "Expr", operation),
        }
    }
    fn describe(
        schema: &mut ::ipos::__private::SchemaBuilder,
    ) -> ::ipos::__private::TypeRef {
        schema
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
