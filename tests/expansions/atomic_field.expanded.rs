//! What the derive makes of the struct `Theme` of `atomic_field.rs`.

/// A change to one field of a [`Theme`](struct@Theme).
#[allow(dead_code, private_bounds, private_interfaces)]
pub(crate) enum ThemePatch<T>
where
    T: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug + ::core::marker::Send + ::core::marker::Sync + 'static,
    T: ::core::marker::Send + ::core::marker::Sync + 'static,
    Palette: ::ipos::__private::atomic::Whole,
{
    /// A change to `palette`.
    Palette(::ipos::AtomicPatch<Palette>),
    /// A change to `extra`.
    Extra(::ipos::AtomicPatch<Vec<T>>),
}
#[automatically_derived]
impl<T> ::ipos::__private::PatchEnum for ThemePatch<T>
where
    T: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug + ::core::marker::Send + ::core::marker::Sync + 'static,
    T: ::core::marker::Send + ::core::marker::Sync + 'static,
    Palette: ::ipos::__private::atomic::Whole,
    Theme<
        T,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    const NAME: &'static ::core::primitive::str = "ThemePatch";
    const VARIANTS: &'static [&'static ::core::primitive::str] = &["Palette", "Extra"];
    fn give<__V: ::ipos::__private::PatchVisitor>(&self, __to: __V) -> __V::Output {
        match *self {
            Self::Palette(ref __content) => __to.field(0, __content),
            Self::Extra(ref __content) => __to.field(1, __content),
        }
    }
    fn take<__S: ::ipos::__private::PatchSource>(
        __number: ::core::primitive::usize,
        __from: __S,
    ) -> ::core::result::Result<Self, __S::Error> {
        match __number {
            0 => ::core::result::Result::Ok(Self::Palette(__S::field(__from)?)),
            1 => ::core::result::Result::Ok(Self::Extra(__S::field(__from)?)),
            _ => __from.no_such(__number),
        }
    }
}
#[automatically_derived]
impl<T> ::core::clone::Clone for ThemePatch<T>
where
    T: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug + ::core::marker::Send + ::core::marker::Sync + 'static,
    T: ::core::marker::Send + ::core::marker::Sync + 'static,
    Palette: ::ipos::__private::atomic::Whole,
    Theme<
        T,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    fn clone(&self) -> Self {
        match *self {
            Self::Palette(ref __content) => {
                Self::Palette(::core::clone::Clone::clone(__content))
            }
            Self::Extra(ref __content) => {
                Self::Extra(::core::clone::Clone::clone(__content))
            }
        }
    }
}
#[automatically_derived]
impl<T> ::core::fmt::Debug for ThemePatch<T>
where
    T: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug + ::core::marker::Send + ::core::marker::Sync + 'static,
    T: ::core::marker::Send + ::core::marker::Sync + 'static,
    Palette: ::ipos::__private::atomic::Whole,
    Theme<
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
impl<T> ::ipos::__private::serde::Serialize for ThemePatch<T>
where
    T: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug + ::core::marker::Send + ::core::marker::Sync + 'static,
    T: ::core::marker::Send + ::core::marker::Sync + 'static,
    Palette: ::ipos::__private::atomic::Whole,
    Theme<
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
impl<'__de, T> ::ipos::__private::serde::Deserialize<'__de> for ThemePatch<T>
where
    T: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug + ::core::marker::Send + ::core::marker::Sync + 'static,
    T: ::core::marker::Send + ::core::marker::Sync + 'static,
    Palette: ::ipos::__private::atomic::Whole,
    Theme<
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
impl<T> ::ipos::Patch for ThemePatch<T>
where
    T: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug + ::core::marker::Send + ::core::marker::Sync + 'static,
    T: ::core::marker::Send + ::core::marker::Sync + 'static,
    Palette: ::ipos::__private::atomic::Whole,
    Theme<
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
/// The wrapper of a [`Theme`](struct@Theme), through which it is changed.
#[allow(dead_code, private_bounds, private_interfaces)]
pub(crate) struct ThemeMut<'ipos, T>(::ipos::__private::Cursor<'ipos, Theme<T>>);
#[automatically_derived]
impl<T> ::core::fmt::Debug for ThemeMut<'_, T>
where
    T: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug + ::core::marker::Send + ::core::marker::Sync + 'static,
    T: ::core::marker::Send + ::core::marker::Sync + 'static,
    Palette: ::ipos::__private::atomic::Whole,
    Theme<
        T,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_writer("ThemeMut", &self.0, __f)
    }
}
#[automatically_derived]
impl<T> ::core::ops::Deref for ThemeMut<'_, T>
where
    T: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug + ::core::marker::Send + ::core::marker::Sync + 'static,
    T: ::core::marker::Send + ::core::marker::Sync + 'static,
    Palette: ::ipos::__private::atomic::Whole,
    Theme<
        T,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    type Target = Theme<T>;
    #[inline]
    fn deref(&self) -> &Theme<T> {
        self.0.value()
    }
}
#[allow(dead_code, private_bounds, private_interfaces)]
impl<T> ThemeMut<'_, T>
where
    T: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug + ::core::marker::Send + ::core::marker::Sync + 'static,
    T: ::core::marker::Send + ::core::marker::Sync + 'static,
    Palette: ::ipos::__private::atomic::Whole,
    Theme<
        T,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    /// Replaces all fields.
    #[inline]
    pub(crate) fn set(&mut self, __value: Theme<T>) {
        ::ipos::__private::atomic::replace::<
            Palette,
        >(self.0.field(0, |__owner| &mut __owner.palette), __value.palette);
        ::ipos::__private::atomic::replace::<
            Vec<T>,
        >(self.0.field(1, |__owner| &mut __owner.extra), __value.extra);
        *self.0.local(|__owner| &mut __owner.seen) = __value.seen;
    }
    /// Runs an action here, and has the host run it again in this place of the commit.
    #[inline]
    pub(crate) fn call<__R, __E>(
        &mut self,
        __action: ::ipos::Action<Theme<T>, __R, __E>,
    ) -> ::core::result::Result<__R, __E> {
        ::ipos::__private::call(&mut self.0, __action)
    }
    /// Replaces [`palette`](field@Theme::palette).
    #[inline]
    fn set_palette(&mut self, __value: impl ::ipos::Assign<Palette>) {
        ::ipos::__private::atomic::replace::<
            Palette,
        >(
            self.0.field(0, |__owner| &mut __owner.palette),
            ::ipos::Assign::into_value(__value),
        );
    }
    /// The wrapper of [`palette`](field@Theme::palette).
    #[inline]
    fn palette_mut(&mut self) -> ::ipos::AtomicMut<'_, Palette> {
        ::ipos::__private::atomic::writer::<
            Palette,
        >(self.0.field(0, |__owner| &mut __owner.palette))
    }
    /// Replaces [`extra`](field@Theme::extra).
    #[inline]
    fn set_extra(&mut self, __value: impl ::ipos::Assign<Vec<T>>) {
        ::ipos::__private::atomic::replace::<
            Vec<T>,
        >(
            self.0.field(1, |__owner| &mut __owner.extra),
            ::ipos::Assign::into_value(__value),
        );
    }
    /// The wrapper of [`extra`](field@Theme::extra).
    #[inline]
    fn extra_mut(&mut self) -> ::ipos::AtomicMut<'_, Vec<T>> {
        ::ipos::__private::atomic::writer::<
            Vec<T>,
        >(self.0.field(1, |__owner| &mut __owner.extra))
    }
    /// Replaces [`seen`](field@Theme::seen) in this process alone; nobody else sees it, and a rollback leaves it.
    #[inline]
    fn set_seen(&mut self, __value: impl ::ipos::Assign<Option<Instant>>) {
        *self.0.local(|__owner| &mut __owner.seen) = ::ipos::Assign::into_value(__value);
    }
    /// The value of [`seen`](field@Theme::seen) in this process alone; nobody else sees what is done to it, and a rollback leaves it.
    #[inline]
    fn seen_mut(&mut self) -> &mut Option<Instant> {
        self.0.local(|__owner| &mut __owner.seen)
    }
}
#[automatically_derived]
impl<T> ::ipos::Shared for Theme<T>
where
    T: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug + ::core::marker::Send + ::core::marker::Sync + 'static,
    T: ::core::marker::Send + ::core::marker::Sync + 'static,
    Palette: ::ipos::__private::atomic::Whole,
    Theme<
        T,
    >: ::ipos::__private::serde::Serialize
        + ::ipos::__private::serde::de::DeserializeOwned + ::core::clone::Clone
        + ::core::fmt::Debug,
{
    const IS_KEY: ::core::primitive::bool = false;
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
    type Patch = ThemePatch<T>;
    type Mut<'ipos> = ThemeMut<'ipos, T>;
    #[inline]
    fn writer(__cursor: ::ipos::__private::Cursor<'_, Self>) -> ThemeMut<'_, T> {
        ThemeMut(__cursor)
    }
    fn finish(
        __writer: ThemeMut<'_, T>,
        __finish: ::ipos::__private::Finish,
    ) -> ::ipos::__private::Result<()> {
        __writer.0.finish(__finish)
    }
    #[inline]
    fn replace(__cursor: ::ipos::__private::Cursor<'_, Self>, __value: Self) {
        ThemeMut(__cursor).set(__value);
    }
    fn encode(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        ::ipos::__private::atomic::encode::<Palette>(&self.palette, __out);
        ::ipos::__private::atomic::encode::<Vec<T>>(&self.extra, __out);
    }
    fn decode(
        __reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        __reader
            .parts(|__reader| ::core::result::Result::Ok(Self {
                palette: ::ipos::__private::atomic::decode::<Palette>(__reader)?,
                extra: ::ipos::__private::atomic::decode::<Vec<T>>(__reader)?,
                seen: <Option<Instant> as ::core::default::Default>::default(),
            }))
    }
    fn apply(
        &mut self,
        __patch: &mut ::ipos::__private::Incoming<'_>,
    ) -> ::ipos::__private::Result<(), ::ipos::__private::Fault> {
        let __operation = __patch.operation()?;
        __patch
            .nested(|__patch| match __operation.number {
                0 => {
                    ::ipos::__private::atomic::apply::<
                        Palette,
                    >(&mut self.palette, __patch)
                }
                1 => ::ipos::__private::atomic::apply::<Vec<T>>(&mut self.extra, __patch),
                _ => ::ipos::__private::act(self, __patch, "field", "Theme", __operation),
            })
    }
    fn describe(
        __schema: &mut ::ipos::__private::SchemaBuilder,
    ) -> ::ipos::__private::TypeRef {
        __schema
            .structure::<
                Self,
            >(
                "Theme",
                &[
                    ("palette", ::ipos::__private::atomic::describe::<Palette>, false),
                    ("extra", ::ipos::__private::atomic::describe::<Vec<T>>, true),
                ],
            )
    }
}
