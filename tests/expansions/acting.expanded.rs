//! What the derive makes of the struct `Account` and its actions of `acting.rs`.

/// A change to one field of a [`Account`](struct@Account).
#[allow(dead_code, private_bounds, private_interfaces)]
enum AccountPatch<T>
where
    T: ::ipos::Shared,
{
    /// A change to `balance`.
    Balance(<u64 as ::ipos::Shared>::Patch),
    /// A change to `notes`.
    Notes(<Vec<T> as ::ipos::Shared>::Patch),
}
#[automatically_derived]
impl<T> ::ipos::__private::PatchEnum for AccountPatch<T>
where
    T: ::ipos::Shared,
    Account<
        T,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    const NAME: &'static ::core::primitive::str = "AccountPatch";
    const VARIANTS: &'static [&'static ::core::primitive::str] = &["Balance", "Notes"];
    fn give<__V: ::ipos::__private::PatchVisitor>(&self, __to: __V) -> __V::Output {
        match *self {
            Self::Balance(ref __content) => __to.field(0, __content),
            Self::Notes(ref __content) => __to.field(1, __content),
        }
    }
    fn take<__S: ::ipos::__private::PatchSource>(
        __number: ::core::primitive::usize,
        __from: __S,
    ) -> ::core::result::Result<Self, __S::Error> {
        match __number {
            0 => ::core::result::Result::Ok(Self::Balance(__S::field(__from)?)),
            1 => ::core::result::Result::Ok(Self::Notes(__S::field(__from)?)),
            _ => __from.no_such(__number),
        }
    }
}
#[automatically_derived]
impl<T> ::core::clone::Clone for AccountPatch<T>
where
    T: ::ipos::Shared,
    Account<
        T,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    fn clone(&self) -> Self {
        match *self {
            Self::Balance(ref __content) => {
                Self::Balance(::core::clone::Clone::clone(__content))
            }
            Self::Notes(ref __content) => {
                Self::Notes(::core::clone::Clone::clone(__content))
            }
        }
    }
}
#[automatically_derived]
impl<T> ::core::fmt::Debug for AccountPatch<T>
where
    T: ::ipos::Shared,
    Account<
        T,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_patch(self, __f)
    }
}
#[automatically_derived]
impl<T> ::ipos::__private::serde::Serialize for AccountPatch<T>
where
    T: ::ipos::Shared,
    Account<
        T,
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
impl<'__de, T> ::ipos::__private::serde::Deserialize<'__de> for AccountPatch<T>
where
    T: ::ipos::Shared,
    Account<
        T,
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
impl<T> ::ipos::Patch for AccountPatch<T>
where
    T: ::ipos::Shared,
    Account<
        T,
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
/// The wrapper of a [`Account`](struct@Account), through which it is changed.
#[allow(dead_code, private_bounds, private_interfaces)]
struct AccountMut<'ipos, T>(::ipos::__private::Cursor<'ipos, Account<T>>);
#[automatically_derived]
impl<T> ::core::fmt::Debug for AccountMut<'_, T>
where
    T: ::ipos::Shared,
    Account<
        T,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_writer("AccountMut", &self.0, __f)
    }
}
#[automatically_derived]
impl<T> ::core::ops::Deref for AccountMut<'_, T>
where
    T: ::ipos::Shared,
    Account<
        T,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    type Target = Account<T>;
    #[inline]
    fn deref(&self) -> &Account<T> {
        self.0.value()
    }
}
#[allow(dead_code, private_bounds, private_interfaces)]
impl<T> AccountMut<'_, T>
where
    T: ::ipos::Shared,
    Account<
        T,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    /// Replaces all fields.
    #[inline]
    fn set(&mut self, __value: Account<T>) {
        <u64 as ::ipos::Shared>::replace(
            self.0.field(0, |__owner| &mut __owner.balance),
            __value.balance,
        );
        <Vec<
            T,
        > as ::ipos::Shared>::replace(
            self.0.field(1, |__owner| &mut __owner.notes),
            __value.notes,
        );
    }
    /// Runs an action here, and has the host run it again in this place of the commit.
    #[inline]
    fn call<__R, __E>(
        &mut self,
        __action: ::ipos::Action<Account<T>, __R, __E>,
    ) -> ::core::result::Result<__R, __E> {
        ::ipos::__private::call(&mut self.0, __action)
    }
    /// Replaces [`balance`](field@Account::balance).
    #[inline]
    fn set_balance(&mut self, __value: impl ::ipos::Assign<u64>) {
        <u64 as ::ipos::Shared>::replace(
            self.0.field(0, |__owner| &mut __owner.balance),
            ::ipos::Assign::into_value(__value),
        );
    }
    /// The wrapper of [`balance`](field@Account::balance).
    #[inline]
    fn balance_mut(&mut self) -> <u64 as ::ipos::Shared>::Mut<'_> {
        <u64 as ::ipos::Shared>::writer(self.0.field(0, |__owner| &mut __owner.balance))
    }
    /// Replaces [`notes`](field@Account::notes).
    #[inline]
    fn set_notes(&mut self, __value: impl ::ipos::Assign<Vec<T>>) {
        <Vec<
            T,
        > as ::ipos::Shared>::replace(
            self.0.field(1, |__owner| &mut __owner.notes),
            ::ipos::Assign::into_value(__value),
        );
    }
    /// The wrapper of [`notes`](field@Account::notes).
    #[inline]
    fn notes_mut(&mut self) -> <Vec<T> as ::ipos::Shared>::Mut<'_> {
        <Vec<T> as ::ipos::Shared>::writer(self.0.field(1, |__owner| &mut __owner.notes))
    }
}
#[automatically_derived]
impl<T> ::ipos::Shared for Account<T>
where
    T: ::ipos::Shared,
    Account<
        T,
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
    type Patch = AccountPatch<T>;
    type Mut<'ipos> = AccountMut<'ipos, T>;
    #[inline]
    fn writer(__cursor: ::ipos::__private::Cursor<'_, Self>) -> AccountMut<'_, T> {
        AccountMut(__cursor)
    }
    fn finish(
        __writer: AccountMut<'_, T>,
        __finish: ::ipos::__private::Finish,
    ) -> ::ipos::__private::Result<()> {
        __writer.0.finish(__finish)
    }
    #[inline]
    fn replace(__cursor: ::ipos::__private::Cursor<'_, Self>, __value: Self) {
        AccountMut(__cursor).set(__value);
    }
    fn encode(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        <u64 as ::ipos::Shared>::encode(&self.balance, __out);
        <Vec<T> as ::ipos::Shared>::encode(&self.notes, __out);
    }
    fn decode(
        __reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        __reader
            .parts(|__reader| ::core::result::Result::Ok(Self {
                balance: <u64 as ::ipos::Shared>::decode(__reader)?,
                notes: <Vec<T> as ::ipos::Shared>::decode(__reader)?,
            }))
    }
    fn apply(
        &mut self,
        __patch: &mut ::ipos::__private::Incoming<'_>,
    ) -> ::ipos::__private::Result<(), ::ipos::__private::Fault> {
        let __operation = __patch.operation()?;
        __patch
            .nested(|__patch| match __operation.number {
                0 => <u64 as ::ipos::Shared>::apply(&mut self.balance, __patch),
                1 => <Vec<T> as ::ipos::Shared>::apply(&mut self.notes, __patch),
                _ => {
                    ::ipos::__private::act(
                        self,
                        __patch,
                        "field",
                        "Account",
                        __operation,
                    )
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
                "Account",
                &[
                    ("balance", <u64 as ::ipos::Shared>::describe, false),
                    ("notes", <Vec<T> as ::ipos::Shared>::describe, false),
                ],
            )
    }
    fn parts(&self, __parts: &mut ::ipos::__private::Parts) {
        <u64 as ::ipos::Shared>::as_part(&self.balance, 0, __parts);
        <Vec<T> as ::ipos::Shared>::as_part(&self.notes, 1, __parts);
    }
}
#[allow(clippy::needless_pass_by_value)]
impl<T: Shared> Account<T> {
    /// Takes something; gives what is left.
    fn withdraw(account: &mut AccountMut<'_, T>, amount: u64) -> Result<u64, Short> {
        let Some(left) = account.balance.checked_sub(amount) else {
            let missing = amount - account.balance;
            return Err(Short { missing });
        };
        account.set_balance(left);
        Ok(left)
    }
    /// Forgets all notes.
    fn clear(account: &mut AccountMut<'_, T>) {
        account.notes_mut().clear();
    }
}
#[automatically_derived]
#[allow(dead_code)]
impl<T: Shared> Account<T> {
    #[doc(hidden)]
    pub const IPOS_ACTIONS_1_THE_NEXT_BLOCK_SAYS_ACTIONS_2: &'static [::ipos::__private::Entry<
        Self,
    >] = &[
        ::ipos::__private::Entry::new(
            "withdraw",
            |__writer, __arguments| {
                let __argument_0: u64 = __arguments.next()?;
                __arguments.finish()?;
                ::ipos::__private::ended(&Self::withdraw(__writer, __argument_0))
            },
        ),
        ::ipos::__private::Entry::new(
            "clear",
            |__writer, __arguments| {
                __arguments.finish()?;
                ::ipos::__private::answered(&Self::clear(__writer))
            },
        ),
    ];
    ///The action [`withdraw`](Self::withdraw), to be called.
    ///
    /// Takes something; gives what is left.
    fn withdraw_action(amount: u64) -> ::ipos::Action<Self, u64, Short> {
        ::ipos::__private::Arguing::new()
            .with(&amount)
            .may_fail(const { ::ipos::__private::listed::<Self>("withdraw") })
    }
    ///The action [`clear`](Self::clear), to be called.
    ///
    /// Forgets all notes.
    fn clear_action() -> ::ipos::Action<Self, ()> {
        ::ipos::__private::Arguing::new()
            .answers(const { ::ipos::__private::listed::<Self>("clear") })
    }
}
#[allow(clippy::needless_pass_by_value)]
impl<T: Shared> Account<T> {
    #[cfg(any())]
    fn never(_: &mut AccountMut<'_, T>) {}
    fn pay(account: &mut AccountMut<'_, T>, amounts: (u64, u64), mut times: u8) -> u64 {
        while times > 0 {
            account.balance_mut().add(amounts.0 + amounts.1);
            times -= 1;
        }
        account.balance
    }
}
#[automatically_derived]
#[allow(dead_code)]
impl<T: Shared> Account<T> {
    #[doc(hidden)]
    pub const IPOS_ACTIONS_2_THE_NEXT_BLOCK_SAYS_ACTIONS_3: &'static [::ipos::__private::Entry<
        Self,
    >] = &[
        #[cfg(any())]
        ::ipos::__private::Entry::new(
            "never",
            |__writer, __arguments| {
                __arguments.finish()?;
                ::ipos::__private::answered(&Self::never(__writer))
            },
        ),
        ::ipos::__private::Entry::new(
            "pay",
            |__writer, __arguments| {
                let __argument_0: (u64, u64) = __arguments.next()?;
                let __argument_1: u8 = __arguments.next()?;
                __arguments.finish()?;
                ::ipos::__private::answered(
                    &Self::pay(__writer, __argument_0, __argument_1),
                )
            },
        ),
    ];
    ///The action [`never`](Self::never), to be called.
    ///
    #[cfg(any())]
    fn never_action() -> ::ipos::Action<Self, ()> {
        ::ipos::__private::Arguing::new()
            .answers(const { ::ipos::__private::listed::<Self>("never") })
    }
    ///The action [`pay`](Self::pay), to be called.
    ///
    fn pay_action(amounts: (u64, u64), times: u8) -> ::ipos::Action<Self, u64> {
        ::ipos::__private::Arguing::new()
            .with(&amounts)
            .with(&times)
            .answers(const { ::ipos::__private::listed::<Self>("pay") })
    }
}
