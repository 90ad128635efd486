//! What the derive makes of the struct `Board` of `named.rs`.

/// A change to one field of a [`Board`](struct@Board).
#[allow(dead_code, private_bounds, private_interfaces)]
pub enum BoardPatch {
    /// A change to `title`.
    Title(<String as ::ipos::Shared>::Patch),
    /// A change to `tick`.
    Tick(<u64 as ::ipos::Shared>::Patch),
    /// A change to `owners`.
    Owners(<Vec<String> as ::ipos::Shared>::Patch),
}
#[automatically_derived]
impl ::ipos::__private::PatchEnum for BoardPatch {
    const NAME: &'static ::core::primitive::str = "BoardPatch";
    const VARIANTS: &'static [&'static ::core::primitive::str] = &[
        "Title",
        "Tick",
        "Owners",
    ];
    fn give<__V: ::ipos::__private::PatchVisitor>(&self, __to: __V) -> __V::Output {
        match *self {
            Self::Title(ref __content) => __to.field(0, __content),
            Self::Tick(ref __content) => __to.field(1, __content),
            Self::Owners(ref __content) => __to.field(2, __content),
        }
    }
    fn take<__S: ::ipos::__private::PatchSource>(
        __number: ::core::primitive::usize,
        __from: __S,
    ) -> ::core::result::Result<Self, __S::Error> {
        match __number {
            0 => ::core::result::Result::Ok(Self::Title(__S::field(__from)?)),
            1 => ::core::result::Result::Ok(Self::Tick(__S::field(__from)?)),
            2 => ::core::result::Result::Ok(Self::Owners(__S::field(__from)?)),
            _ => __from.no_such(__number),
        }
    }
}
#[automatically_derived]
impl ::core::clone::Clone for BoardPatch {
    fn clone(&self) -> Self {
        match *self {
            Self::Title(ref __content) => {
                Self::Title(::core::clone::Clone::clone(__content))
            }
            Self::Tick(ref __content) => {
                Self::Tick(::core::clone::Clone::clone(__content))
            }
            Self::Owners(ref __content) => {
                Self::Owners(::core::clone::Clone::clone(__content))
            }
        }
    }
}
#[automatically_derived]
impl ::core::fmt::Debug for BoardPatch {
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_patch(self, __f)
    }
}
#[automatically_derived]
impl ::ipos::__private::serde::Serialize for BoardPatch {
    fn serialize<__S: ::ipos::__private::serde::Serializer>(
        &self,
        __serializer: __S,
    ) -> ::core::result::Result<__S::Ok, __S::Error> {
        ::ipos::__private::serialize_patch(self, __serializer)
    }
}
#[automatically_derived]
impl<'__de> ::ipos::__private::serde::Deserialize<'__de> for BoardPatch {
    fn deserialize<__D: ::ipos::__private::serde::Deserializer<'__de>>(
        __deserializer: __D,
    ) -> ::core::result::Result<Self, __D::Error> {
        ::ipos::__private::deserialize_patch(__deserializer)
    }
}
#[automatically_derived]
impl ::ipos::Patch for BoardPatch {
    fn encode(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        ::ipos::__private::encode_patch(self, __out);
    }
    fn decode(
        __reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        ::ipos::__private::decode_patch(__reader)
    }
}
/// The wrapper of a [`Board`](struct@Board), through which it is changed.
#[allow(dead_code, private_bounds, private_interfaces)]
pub struct BoardMut<'ipos>(::ipos::__private::Cursor<'ipos, Board>);
#[automatically_derived]
impl ::core::fmt::Debug for BoardMut<'_> {
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_writer("BoardMut", &self.0, __f)
    }
}
#[automatically_derived]
impl ::core::ops::Deref for BoardMut<'_> {
    type Target = Board;
    #[inline]
    fn deref(&self) -> &Board {
        self.0.value()
    }
}
#[allow(dead_code, private_bounds, private_interfaces)]
impl BoardMut<'_> {
    /// Replaces all fields.
    #[inline]
    pub fn set(&mut self, __value: Board) {
        <String as ::ipos::Shared>::replace(
            self.0.field(0, |__owner| &mut __owner.title),
            __value.title,
        );
        <u64 as ::ipos::Shared>::replace(
            self.0.field(1, |__owner| &mut __owner.tick),
            __value.tick,
        );
        <Vec<
            String,
        > as ::ipos::Shared>::replace(
            self.0.field(2, |__owner| &mut __owner.owners),
            __value.owners,
        );
    }
    /// Runs an action here, and has the host run it again in this place of the commit.
    #[inline]
    pub fn call<__R, __E>(
        &mut self,
        __action: ::ipos::Action<Board, __R, __E>,
    ) -> ::core::result::Result<__R, __E> {
        ::ipos::__private::call(&mut self.0, __action)
    }
    /// Replaces [`title`](field@Board::title).
    #[inline]
    pub fn set_title(&mut self, __value: impl ::ipos::Assign<String>) {
        <String as ::ipos::Shared>::replace(
            self.0.field(0, |__owner| &mut __owner.title),
            ::ipos::Assign::into_value(__value),
        );
    }
    /// The wrapper of [`title`](field@Board::title).
    #[inline]
    pub fn title_mut(&mut self) -> <String as ::ipos::Shared>::Mut<'_> {
        <String as ::ipos::Shared>::writer(self.0.field(0, |__owner| &mut __owner.title))
    }
    /// Replaces [`tick`](field@Board::tick).
    #[inline]
    pub(crate) fn set_tick(&mut self, __value: impl ::ipos::Assign<u64>) {
        <u64 as ::ipos::Shared>::replace(
            self.0.field(1, |__owner| &mut __owner.tick),
            ::ipos::Assign::into_value(__value),
        );
    }
    /// The wrapper of [`tick`](field@Board::tick).
    #[inline]
    pub(crate) fn tick_mut(&mut self) -> <u64 as ::ipos::Shared>::Mut<'_> {
        <u64 as ::ipos::Shared>::writer(self.0.field(1, |__owner| &mut __owner.tick))
    }
    /// Replaces [`owners`](field@Board::owners).
    #[inline]
    fn set_owners(&mut self, __value: impl ::ipos::Assign<Vec<String>>) {
        <Vec<
            String,
        > as ::ipos::Shared>::replace(
            self.0.field(2, |__owner| &mut __owner.owners),
            ::ipos::Assign::into_value(__value),
        );
    }
    /// The wrapper of [`owners`](field@Board::owners).
    #[inline]
    fn owners_mut(&mut self) -> <Vec<String> as ::ipos::Shared>::Mut<'_> {
        <Vec<
            String,
        > as ::ipos::Shared>::writer(self.0.field(2, |__owner| &mut __owner.owners))
    }
}
#[automatically_derived]
impl ::ipos::Shared for Board {
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
    type Patch = BoardPatch;
    type Mut<'ipos> = BoardMut<'ipos>;
    #[inline]
    fn writer(__cursor: ::ipos::__private::Cursor<'_, Self>) -> BoardMut<'_> {
        BoardMut(__cursor)
    }
    fn finish(
        __writer: BoardMut<'_>,
        __finish: ::ipos::__private::Finish,
    ) -> ::ipos::__private::Result<()> {
        __writer.0.finish(__finish)
    }
    #[inline]
    fn replace(__cursor: ::ipos::__private::Cursor<'_, Self>, __value: Self) {
        BoardMut(__cursor).set(__value);
    }
    fn encode(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        <String as ::ipos::Shared>::encode(&self.title, __out);
        <u64 as ::ipos::Shared>::encode(&self.tick, __out);
        <Vec<String> as ::ipos::Shared>::encode(&self.owners, __out);
    }
    fn decode(
        __reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        __reader
            .parts(|__reader| ::core::result::Result::Ok(Self {
                title: <String as ::ipos::Shared>::decode(__reader)?,
                tick: <u64 as ::ipos::Shared>::decode(__reader)?,
                owners: <Vec<String> as ::ipos::Shared>::decode(__reader)?,
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
                1 => <u64 as ::ipos::Shared>::apply(&mut self.tick, __patch),
                2 => <Vec<String> as ::ipos::Shared>::apply(&mut self.owners, __patch),
                _ => ::ipos::__private::act(self, __patch, "field", "Board", __operation),
            })
    }
    fn describe(
        __schema: &mut ::ipos::__private::SchemaBuilder,
    ) -> ::ipos::__private::TypeRef {
        __schema
            .structure::<
                Self,
            >(
                "Board",
                &[
                    ("title", <String as ::ipos::Shared>::describe, false),
                    ("tick", <u64 as ::ipos::Shared>::describe, false),
                    ("owners", <Vec<String> as ::ipos::Shared>::describe, false),
                ],
            )
    }
    fn parts(&self, __parts: &mut ::ipos::__private::Parts) {
        <String as ::ipos::Shared>::as_part(&self.title, 0, __parts);
        <u64 as ::ipos::Shared>::as_part(&self.tick, 1, __parts);
        <Vec<String> as ::ipos::Shared>::as_part(&self.owners, 2, __parts);
    }
}
