//! What the derive makes of the struct `View` of `skipped.rs`.

/// A change to one field of a [`View`](struct@View).
#[allow(dead_code, private_bounds, private_interfaces)]
enum ViewPatch {
    /// A change to `title`.
    Title(<String as ::ipos::Shared>::Patch),
}
#[automatically_derived]
impl ::ipos::__private::PatchEnum for ViewPatch {
    const NAME: &'static ::core::primitive::str = "ViewPatch";
    const VARIANTS: &'static [&'static ::core::primitive::str] = &["Title"];
    fn give<__V: ::ipos::__private::PatchVisitor>(&self, __to: __V) -> __V::Output {
        match *self {
            Self::Title(ref __content) => __to.field(0, __content),
        }
    }
    fn take<__S: ::ipos::__private::PatchSource>(
        __number: ::core::primitive::usize,
        __from: __S,
    ) -> ::core::result::Result<Self, __S::Error> {
        match __number {
            0 => ::core::result::Result::Ok(Self::Title(__S::field(__from)?)),
            _ => __from.no_such(__number),
        }
    }
}
#[automatically_derived]
impl ::core::clone::Clone for ViewPatch {
    fn clone(&self) -> Self {
        match *self {
            Self::Title(ref __content) => {
                Self::Title(::core::clone::Clone::clone(__content))
            }
        }
    }
}
#[automatically_derived]
impl ::core::fmt::Debug for ViewPatch {
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_patch(self, __f)
    }
}
#[automatically_derived]
impl ::ipos::__private::serde::Serialize for ViewPatch {
    fn serialize<__S: ::ipos::__private::serde::Serializer>(
        &self,
        __serializer: __S,
    ) -> ::core::result::Result<__S::Ok, __S::Error> {
        ::ipos::__private::serialize_patch(self, __serializer)
    }
}
#[automatically_derived]
impl<'__de> ::ipos::__private::serde::Deserialize<'__de> for ViewPatch {
    fn deserialize<__D: ::ipos::__private::serde::Deserializer<'__de>>(
        __deserializer: __D,
    ) -> ::core::result::Result<Self, __D::Error> {
        ::ipos::__private::deserialize_patch(__deserializer)
    }
}
#[automatically_derived]
impl ::ipos::Patch for ViewPatch {
    fn encode(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        ::ipos::__private::encode_patch(self, __out);
    }
    fn decode(
        __reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        ::ipos::__private::decode_patch(__reader)
    }
}
/// The wrapper of a [`View`](struct@View), through which it is changed.
#[allow(dead_code, private_bounds, private_interfaces)]
struct ViewMut<'ipos>(::ipos::__private::Cursor<'ipos, View>);
#[automatically_derived]
impl ::core::fmt::Debug for ViewMut<'_> {
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_writer("ViewMut", &self.0, __f)
    }
}
#[automatically_derived]
impl ::core::ops::Deref for ViewMut<'_> {
    type Target = View;
    #[inline]
    fn deref(&self) -> &View {
        self.0.value()
    }
}
#[allow(dead_code, private_bounds, private_interfaces)]
impl ViewMut<'_> {
    /// Replaces all fields.
    #[inline]
    fn set(&mut self, __value: View) {
        <String as ::ipos::Shared>::replace(
            self.0.field(0, |__owner| &mut __owner.title),
            __value.title,
        );
        *self.0.local(|__owner| &mut __owner.cache) = __value.cache;
        *self.0.local(|__owner| &mut __owner.at) = __value.at;
    }
    /// Runs an action here, and has the host run it again in this place of the commit.
    #[inline]
    fn call<__R, __E>(
        &mut self,
        __action: ::ipos::Action<View, __R, __E>,
    ) -> ::core::result::Result<__R, __E> {
        ::ipos::__private::call(&mut self.0, __action)
    }
    /// Replaces [`title`](field@View::title).
    #[inline]
    fn set_title(&mut self, __value: impl ::ipos::Assign<String>) {
        <String as ::ipos::Shared>::replace(
            self.0.field(0, |__owner| &mut __owner.title),
            ::ipos::Assign::into_value(__value),
        );
    }
    /// The wrapper of [`title`](field@View::title).
    #[inline]
    fn title_mut(&mut self) -> <String as ::ipos::Shared>::Mut<'_> {
        <String as ::ipos::Shared>::writer(self.0.field(0, |__owner| &mut __owner.title))
    }
    /// Replaces [`cache`](field@View::cache) in this process alone; nobody else sees it, and a rollback leaves it.
    #[inline]
    fn set_cache(&mut self, __value: impl ::ipos::Assign<Vec<u8>>) {
        *self.0.local(|__owner| &mut __owner.cache) = ::ipos::Assign::into_value(
            __value,
        );
    }
    /// The value of [`cache`](field@View::cache) in this process alone; nobody else sees what is done to it, and a rollback leaves it.
    #[inline]
    fn cache_mut(&mut self) -> &mut Vec<u8> {
        self.0.local(|__owner| &mut __owner.cache)
    }
    /// Replaces [`at`](field@View::at) in this process alone; nobody else sees it, and a rollback leaves it.
    #[inline]
    fn set_at(&mut self, __value: impl ::ipos::Assign<u32>) {
        *self.0.local(|__owner| &mut __owner.at) = ::ipos::Assign::into_value(__value);
    }
    /// The value of [`at`](field@View::at) in this process alone; nobody else sees what is done to it, and a rollback leaves it.
    #[inline]
    fn at_mut(&mut self) -> &mut u32 {
        self.0.local(|__owner| &mut __owner.at)
    }
}
#[automatically_derived]
impl ::ipos::Shared for View {
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
    type Patch = ViewPatch;
    type Mut<'ipos> = ViewMut<'ipos>;
    #[inline]
    fn writer(__cursor: ::ipos::__private::Cursor<'_, Self>) -> ViewMut<'_> {
        ViewMut(__cursor)
    }
    fn finish(
        __writer: ViewMut<'_>,
        __finish: ::ipos::__private::Finish,
    ) -> ::ipos::__private::Result<()> {
        __writer.0.finish(__finish)
    }
    #[inline]
    fn replace(__cursor: ::ipos::__private::Cursor<'_, Self>, __value: Self) {
        ViewMut(__cursor).set(__value);
    }
    fn encode(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        <String as ::ipos::Shared>::encode(&self.title, __out);
    }
    fn decode(
        __reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        __reader
            .parts(|__reader| ::core::result::Result::Ok(Self {
                title: <String as ::ipos::Shared>::decode(__reader)?,
                cache: <Vec<u8> as ::core::default::Default>::default(),
                at: far(),
            }))
    }
    fn apply(
        &mut self,
        __patch: &mut ::ipos::__private::Incoming<'_>,
    ) -> ::ipos::__private::Result<(), ::ipos::__private::Fault> {
        let __operation = __patch.operation()?;
        __patch
            .nested(|__patch| match __operation.number {
                0 => <String as ::ipos::Shared>::apply(&mut self.title, __patch),
                _ => ::ipos::__private::act(self, __patch, "field", "View", __operation),
            })
    }
    fn describe(
        __schema: &mut ::ipos::__private::SchemaBuilder,
    ) -> ::ipos::__private::TypeRef {
        __schema
            .structure::<
                Self,
            >("View", &[("title", <String as ::ipos::Shared>::describe, false)])
    }
    fn parts(&self, __parts: &mut ::ipos::__private::Parts) {
        <String as ::ipos::Shared>::as_part(&self.title, 0, __parts);
    }
}
