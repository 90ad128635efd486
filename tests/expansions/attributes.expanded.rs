//! What the derive makes of the enum `AccountV2` of `attributes.rs`.

/// A change to a [`AccountV2`](enum@AccountV2): another value, or a change inside the variant that it is.
#[allow(dead_code, private_bounds, private_interfaces)]
enum AccountV2Patch {
    /// The new value, of whichever variant.
    Set(AccountV2),
    /// A change inside a [`AccountV2::OpenV2`](variant@AccountV2::OpenV2); nothing if the value is another variant by then.
    OpenV2(AccountV2PatchOpenV2),
}
#[automatically_derived]
impl crate::renamed::__private::PatchEnum for AccountV2Patch {
    const NAME: &'static ::core::primitive::str = "AccountV2Patch";
    const VARIANTS: &'static [&'static ::core::primitive::str] = &[
        "Set",
        "OpenV2",
        "Closed",
    ];
    fn give<__V: crate::renamed::__private::PatchVisitor>(
        &self,
        __to: __V,
    ) -> __V::Output {
        match *self {
            Self::Set(ref __content) => __to.whole(__content),
            Self::OpenV2(ref __content) => __to.variant(1, __content),
        }
    }
    fn take<__S: crate::renamed::__private::PatchSource>(
        __number: ::core::primitive::usize,
        __from: __S,
    ) -> ::core::result::Result<Self, __S::Error> {
        match __number {
            0 => ::core::result::Result::Ok(Self::Set(__S::whole(__from)?)),
            1 => ::core::result::Result::Ok(Self::OpenV2(__S::variant(__from)?)),
            _ => __from.no_such(__number),
        }
    }
}
#[automatically_derived]
impl ::core::clone::Clone for AccountV2Patch {
    fn clone(&self) -> Self {
        match *self {
            Self::Set(ref __content) => Self::Set(::core::clone::Clone::clone(__content)),
            Self::OpenV2(ref __content) => {
                Self::OpenV2(::core::clone::Clone::clone(__content))
            }
        }
    }
}
#[automatically_derived]
impl ::core::fmt::Debug for AccountV2Patch {
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        crate::renamed::__private::debug_patch(self, __f)
    }
}
#[automatically_derived]
impl crate::renamed::__private::serde::Serialize for AccountV2Patch {
    fn serialize<__S: crate::renamed::__private::serde::Serializer>(
        &self,
        __serializer: __S,
    ) -> ::core::result::Result<__S::Ok, __S::Error> {
        crate::renamed::__private::serialize_patch(self, __serializer)
    }
}
#[automatically_derived]
impl<'__de> crate::renamed::__private::serde::Deserialize<'__de> for AccountV2Patch {
    fn deserialize<__D: crate::renamed::__private::serde::Deserializer<'__de>>(
        __deserializer: __D,
    ) -> ::core::result::Result<Self, __D::Error> {
        crate::renamed::__private::deserialize_patch(__deserializer)
    }
}
#[automatically_derived]
impl crate::renamed::Patch for AccountV2Patch {
    fn encode(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        crate::renamed::__private::encode_patch(self, __out);
    }
    fn decode(
        __reader: &mut crate::renamed::__private::Reader<'_>,
    ) -> crate::renamed::__private::Result<
        Self,
        crate::renamed::__private::DecodeError,
    > {
        crate::renamed::__private::decode_patch(__reader)
    }
}
/// The wrapper of a [`AccountV2`](enum@AccountV2), through which it is changed.
#[allow(dead_code, private_bounds, private_interfaces)]
struct AccountV2Mut<'ipos>(crate::renamed::__private::Cursor<'ipos, AccountV2>);
#[automatically_derived]
impl ::core::fmt::Debug for AccountV2Mut<'_> {
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        crate::renamed::__private::debug_writer("AccountV2Mut", &self.0, __f)
    }
}
#[automatically_derived]
impl ::core::ops::Deref for AccountV2Mut<'_> {
    type Target = AccountV2;
    #[inline]
    fn deref(&self) -> &AccountV2 {
        self.0.value()
    }
}
#[allow(dead_code, private_bounds, private_interfaces)]
impl AccountV2Mut<'_> {
    /// Replaces the value.
    #[inline]
    fn set(&mut self, __value: AccountV2) {
        crate::renamed::__private::set(&mut self.0, __value);
    }
    /// Runs an action here, and has the host run it again in this place of the commit.
    #[inline]
    fn call<__R, __E>(
        &mut self,
        __action: crate::renamed::Action<AccountV2, __R, __E>,
    ) -> ::core::result::Result<__R, __E> {
        crate::renamed::__private::call(&mut self.0, __action)
    }
    /// The wrapper of the fields of a [`AccountV2::OpenV2`](variant@AccountV2::OpenV2), if the value is one.
    #[inline]
    fn open_v2_mut(&mut self) -> ::core::option::Option<AccountV2MutOpenV2<'_>> {
        if !::core::matches!(self.0.value(), AccountV2::OpenV2 { .. }) {
            return ::core::option::Option::None;
        }
        ::core::option::Option::Some(AccountV2MutOpenV2(self.0.variant(0)))
    }
}
/// A change to one field of a [`AccountV2::OpenV2`](variant@AccountV2::OpenV2).
#[allow(dead_code, private_bounds, private_interfaces)]
enum AccountV2PatchOpenV2 {
    /// A change to `owner_name`.
    OwnerName(<String as crate::renamed::Shared>::Patch),
    /// A change to `balance`.
    Balance(<i64 as crate::renamed::Shared>::Patch),
}
#[automatically_derived]
impl crate::renamed::__private::PatchEnum for AccountV2PatchOpenV2 {
    const NAME: &'static ::core::primitive::str = "AccountV2PatchOpenV2";
    const VARIANTS: &'static [&'static ::core::primitive::str] = &[
        "OwnerName",
        "Balance",
    ];
    fn give<__V: crate::renamed::__private::PatchVisitor>(
        &self,
        __to: __V,
    ) -> __V::Output {
        match *self {
            Self::OwnerName(ref __content) => __to.field(0, __content),
            Self::Balance(ref __content) => __to.field(1, __content),
        }
    }
    fn take<__S: crate::renamed::__private::PatchSource>(
        __number: ::core::primitive::usize,
        __from: __S,
    ) -> ::core::result::Result<Self, __S::Error> {
        match __number {
            0 => ::core::result::Result::Ok(Self::OwnerName(__S::field(__from)?)),
            1 => ::core::result::Result::Ok(Self::Balance(__S::field(__from)?)),
            _ => __from.no_such(__number),
        }
    }
}
#[automatically_derived]
impl ::core::clone::Clone for AccountV2PatchOpenV2 {
    fn clone(&self) -> Self {
        match *self {
            Self::OwnerName(ref __content) => {
                Self::OwnerName(::core::clone::Clone::clone(__content))
            }
            Self::Balance(ref __content) => {
                Self::Balance(::core::clone::Clone::clone(__content))
            }
        }
    }
}
#[automatically_derived]
impl ::core::fmt::Debug for AccountV2PatchOpenV2 {
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        crate::renamed::__private::debug_patch(self, __f)
    }
}
#[automatically_derived]
impl crate::renamed::__private::serde::Serialize for AccountV2PatchOpenV2 {
    fn serialize<__S: crate::renamed::__private::serde::Serializer>(
        &self,
        __serializer: __S,
    ) -> ::core::result::Result<__S::Ok, __S::Error> {
        crate::renamed::__private::serialize_patch(self, __serializer)
    }
}
#[automatically_derived]
impl<'__de> crate::renamed::__private::serde::Deserialize<'__de>
for AccountV2PatchOpenV2 {
    fn deserialize<__D: crate::renamed::__private::serde::Deserializer<'__de>>(
        __deserializer: __D,
    ) -> ::core::result::Result<Self, __D::Error> {
        crate::renamed::__private::deserialize_patch(__deserializer)
    }
}
#[automatically_derived]
impl crate::renamed::Patch for AccountV2PatchOpenV2 {
    fn encode(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        crate::renamed::__private::encode_patch(self, __out);
    }
    fn decode(
        __reader: &mut crate::renamed::__private::Reader<'_>,
    ) -> crate::renamed::__private::Result<
        Self,
        crate::renamed::__private::DecodeError,
    > {
        crate::renamed::__private::decode_patch(__reader)
    }
}
/// The wrapper of a [`AccountV2::OpenV2`](variant@AccountV2::OpenV2), through which its fields are changed.
#[allow(dead_code, private_bounds, private_interfaces)]
struct AccountV2MutOpenV2<'ipos>(crate::renamed::__private::Cursor<'ipos, AccountV2>);
#[automatically_derived]
impl ::core::fmt::Debug for AccountV2MutOpenV2<'_> {
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        crate::renamed::__private::debug_writer("AccountV2MutOpenV2", &self.0, __f)
    }
}
#[automatically_derived]
impl ::core::ops::Deref for AccountV2MutOpenV2<'_> {
    type Target = AccountV2;
    #[inline]
    fn deref(&self) -> &AccountV2 {
        self.0.value()
    }
}
#[allow(dead_code, private_bounds, private_interfaces)]
impl AccountV2MutOpenV2<'_> {
    /// Replaces [`owner_name`](field@AccountV2::OpenV2::owner_name).
    #[inline]
    fn set_owner_name(&mut self, __value: impl crate::renamed::Assign<String>) {
        <String as crate::renamed::Shared>::replace(
            self
                .0
                .field(
                    0,
                    |__owner| match __owner {
                        AccountV2::OpenV2 { owner_name: __field_0, .. } => __field_0,
                        _ => crate::renamed::__private::left_variant(),
                    },
                ),
            crate::renamed::Assign::into_value(__value),
        );
    }
    /// The wrapper of [`owner_name`](field@AccountV2::OpenV2::owner_name).
    #[inline]
    fn owner_name_mut(&mut self) -> <String as crate::renamed::Shared>::Mut<'_> {
        <String as crate::renamed::Shared>::writer(
            self
                .0
                .field(
                    0,
                    |__owner| match __owner {
                        AccountV2::OpenV2 { owner_name: __field_0, .. } => __field_0,
                        _ => crate::renamed::__private::left_variant(),
                    },
                ),
        )
    }
    /// Replaces [`balance`](field@AccountV2::OpenV2::balance).
    #[inline]
    fn set_balance(&mut self, __value: impl crate::renamed::Assign<i64>) {
        <i64 as crate::renamed::Shared>::replace(
            self
                .0
                .field(
                    1,
                    |__owner| match __owner {
                        AccountV2::OpenV2 { balance: __field_1, .. } => __field_1,
                        _ => crate::renamed::__private::left_variant(),
                    },
                ),
            crate::renamed::Assign::into_value(__value),
        );
    }
    /// The wrapper of [`balance`](field@AccountV2::OpenV2::balance).
    #[inline]
    fn balance_mut(&mut self) -> <i64 as crate::renamed::Shared>::Mut<'_> {
        <i64 as crate::renamed::Shared>::writer(
            self
                .0
                .field(
                    1,
                    |__owner| match __owner {
                        AccountV2::OpenV2 { balance: __field_1, .. } => __field_1,
                        _ => crate::renamed::__private::left_variant(),
                    },
                ),
        )
    }
}
#[automatically_derived]
impl crate::renamed::Shared for AccountV2 {
    #[doc(hidden)]
    const ACTIONS: &'static [&'static [crate::renamed::__private::Entry<Self>]] = {
        #[allow(unused_imports)]
        use crate::renamed::__private::Unlisted as _;
        &[
            Self::IPOS_ACTIONS_1_THE_NEXT_BLOCK_SAYS_ACTIONS_2,
            Self::IPOS_ACTIONS_2_THE_NEXT_BLOCK_SAYS_ACTIONS_3,
            Self::IPOS_ACTIONS_3_THE_NEXT_BLOCK_SAYS_ACTIONS_4,
            Self::IPOS_ACTIONS_4_AND_NO_BLOCK_MORE,
        ]
    };
    type Patch = AccountV2Patch;
    type Mut<'ipos> = AccountV2Mut<'ipos>;
    #[inline]
    fn writer(
        __cursor: crate::renamed::__private::Cursor<'_, Self>,
    ) -> AccountV2Mut<'_> {
        AccountV2Mut(__cursor)
    }
    fn finish(
        __writer: AccountV2Mut<'_>,
        __finish: crate::renamed::__private::Finish,
    ) -> crate::renamed::__private::Result<()> {
        __writer.0.finish(__finish)
    }
    #[inline]
    fn replace(__cursor: crate::renamed::__private::Cursor<'_, Self>, __value: Self) {
        AccountV2Mut(__cursor).set(__value);
    }
    fn encode(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        match self {
            Self::OpenV2 { owner_name: __field_0, balance: __field_1 } => {
                crate::renamed::__private::encode_variant(0, __out);
                <String as crate::renamed::Shared>::encode(__field_0, __out);
                <i64 as crate::renamed::Shared>::encode(__field_1, __out);
            }
            Self::Closed => {
                crate::renamed::__private::encode_variant(1, __out);
            }
        }
    }
    fn decode(
        __reader: &mut crate::renamed::__private::Reader<'_>,
    ) -> crate::renamed::__private::Result<
        Self,
        crate::renamed::__private::DecodeError,
    > {
        match __reader.length()? {
            0 => {
                __reader
                    .parts(|__reader| ::core::result::Result::Ok(Self::OpenV2 {
                        owner_name: <String as crate::renamed::Shared>::decode(
                            __reader,
                        )?,
                        balance: <i64 as crate::renamed::Shared>::decode(__reader)?,
                    }))
            }
            1 => __reader.parts(|__reader| ::core::result::Result::Ok(Self::Closed)),
            __number => {
                ::core::result::Result::Err(
                    __reader.no_such("variant", "AccountV2", __number),
                )
            }
        }
    }
    fn apply(
        &mut self,
        __patch: &mut crate::renamed::__private::Incoming<'_>,
    ) -> crate::renamed::__private::Result<(), crate::renamed::__private::Fault> {
        let __operation = __patch.operation()?;
        match __operation.number {
            0 => crate::renamed::__private::apply_set(self, __patch, __operation),
            1 => {
                match self {
                    Self::OpenV2 { owner_name: __field_0, balance: __field_1 } => {
                        let __field = __patch.operation()?;
                        __patch
                            .nested(|__patch| match __field.number {
                                0 => {
                                    <String as crate::renamed::Shared>::apply(
                                        __field_0,
                                        __patch,
                                    )
                                }
                                1 => {
                                    <i64 as crate::renamed::Shared>::apply(__field_1, __patch)
                                }
                                _ => {
                                    ::core::result::Result::Err(
                                        __patch.no_such("field", "AccountV2::OpenV2", __field),
                                    )
                                }
                            })
                    }
                    _ => {
                        ::core::result::Result::Err(
                            crate::renamed::__private::Fault::Gone,
                        )
                    }
                }
            }
            _ => {
                crate::renamed::__private::act(
                    self,
                    __patch,
                    "variant",
                    "AccountV2",
                    __operation,
                )
            }
        }
    }
    fn describe(
        __schema: &mut crate::renamed::__private::SchemaBuilder,
    ) -> crate::renamed::__private::TypeRef {
        __schema
            .enumeration::<
                Self,
            >(
                "Account",
                &[
                    (
                        "Open",
                        &[
                            (
                                "owner",
                                <String as crate::renamed::Shared>::describe,
                                false,
                            ),
                            ("balance", <i64 as crate::renamed::Shared>::describe, true),
                        ],
                    ),
                    ("Closed", &[]),
                ],
            )
    }
}
