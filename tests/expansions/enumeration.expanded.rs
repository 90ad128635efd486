//! What the derive makes of the enum `Shape` of `enumeration.rs`.

/// A change to a [`Shape`](enum@Shape): another value, or a change inside the variant that it is.
#[allow(dead_code, private_bounds, private_interfaces)]
pub enum ShapePatch {
    /// The new value, of whichever variant.
    Set(Shape),
    /// A change inside a [`Shape::Circle`](variant@Shape::Circle); nothing if the value is another variant by then.
    Circle(<f64 as ::ipos::Shared>::Patch),
    /// A change inside a [`Shape::Line`](variant@Shape::Line); nothing if the value is another variant by then.
    Line(ShapePatchLine),
    /// A change inside a [`Shape::Rect`](variant@Shape::Rect); nothing if the value is another variant by then.
    Rect(ShapePatchRect),
}
#[automatically_derived]
impl ::ipos::__private::PatchEnum for ShapePatch {
    const NAME: &'static ::core::primitive::str = "ShapePatch";
    const VARIANTS: &'static [&'static ::core::primitive::str] = &[
        "Set",
        "Empty",
        "Circle",
        "Line",
        "Rect",
    ];
    fn give<__V: ::ipos::__private::PatchVisitor>(&self, __to: __V) -> __V::Output {
        match *self {
            Self::Set(ref __content) => __to.whole(__content),
            Self::Circle(ref __content) => __to.newtype(2, __content),
            Self::Line(ref __content) => __to.variant(3, __content),
            Self::Rect(ref __content) => __to.variant(4, __content),
        }
    }
    fn take<__S: ::ipos::__private::PatchSource>(
        __number: ::core::primitive::usize,
        __from: __S,
    ) -> ::core::result::Result<Self, __S::Error> {
        match __number {
            0 => ::core::result::Result::Ok(Self::Set(__S::whole(__from)?)),
            2 => ::core::result::Result::Ok(Self::Circle(__S::newtype(__from)?)),
            3 => ::core::result::Result::Ok(Self::Line(__S::variant(__from)?)),
            4 => ::core::result::Result::Ok(Self::Rect(__S::variant(__from)?)),
            _ => __from.no_such(__number),
        }
    }
}
#[automatically_derived]
impl ::core::clone::Clone for ShapePatch {
    fn clone(&self) -> Self {
        match *self {
            Self::Set(ref __content) => Self::Set(::core::clone::Clone::clone(__content)),
            Self::Circle(ref __content) => {
                Self::Circle(::core::clone::Clone::clone(__content))
            }
            Self::Line(ref __content) => {
                Self::Line(::core::clone::Clone::clone(__content))
            }
            Self::Rect(ref __content) => {
                Self::Rect(::core::clone::Clone::clone(__content))
            }
        }
    }
}
#[automatically_derived]
impl ::core::fmt::Debug for ShapePatch {
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_patch(self, __f)
    }
}
#[automatically_derived]
impl ::ipos::__private::serde::Serialize for ShapePatch {
    fn serialize<__S: ::ipos::__private::serde::Serializer>(
        &self,
        __serializer: __S,
    ) -> ::core::result::Result<__S::Ok, __S::Error> {
        ::ipos::__private::serialize_patch(self, __serializer)
    }
}
#[automatically_derived]
impl<'__de> ::ipos::__private::serde::Deserialize<'__de> for ShapePatch {
    fn deserialize<__D: ::ipos::__private::serde::Deserializer<'__de>>(
        __deserializer: __D,
    ) -> ::core::result::Result<Self, __D::Error> {
        ::ipos::__private::deserialize_patch(__deserializer)
    }
}
#[automatically_derived]
impl ::ipos::Patch for ShapePatch {
    fn encode(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        ::ipos::__private::encode_patch(self, __out);
    }
    fn decode(
        __reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        ::ipos::__private::decode_patch(__reader)
    }
}
/// The wrapper of a [`Shape`](enum@Shape), through which it is changed.
#[allow(dead_code, private_bounds, private_interfaces)]
pub struct ShapeMut<'ipos>(::ipos::__private::Cursor<'ipos, Shape>);
#[automatically_derived]
impl ::core::fmt::Debug for ShapeMut<'_> {
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_writer("ShapeMut", &self.0, __f)
    }
}
#[automatically_derived]
impl ::core::ops::Deref for ShapeMut<'_> {
    type Target = Shape;
    #[inline]
    fn deref(&self) -> &Shape {
        self.0.value()
    }
}
#[allow(dead_code, private_bounds, private_interfaces)]
impl ShapeMut<'_> {
    /// Replaces the value.
    #[inline]
    pub fn set(&mut self, __value: Shape) {
        ::ipos::__private::set(&mut self.0, __value);
    }
    /// Runs an action here, and has the host run it again in this place of the commit.
    #[inline]
    pub fn call<__R, __E>(
        &mut self,
        __action: ::ipos::Action<Shape, __R, __E>,
    ) -> ::core::result::Result<__R, __E> {
        ::ipos::__private::call(&mut self.0, __action)
    }
    /// The wrapper of what is in a [`Shape::Circle`](variant@Shape::Circle), if the value is one.
    #[inline]
    pub fn circle_mut(
        &mut self,
    ) -> ::core::option::Option<<f64 as ::ipos::Shared>::Mut<'_>> {
        if !::core::matches!(self.0.value(), Shape::Circle(_)) {
            return ::core::option::Option::None;
        }
        ::core::option::Option::Some(
            <f64 as ::ipos::Shared>::writer(
                self
                    .0
                    .newtype(
                        1,
                        |__owner| match __owner {
                            Shape::Circle(__field_0) => __field_0,
                            _ => ::ipos::__private::left_variant(),
                        },
                    ),
            ),
        )
    }
    /// The wrapper of the fields of a [`Shape::Line`](variant@Shape::Line), if the value is one.
    #[inline]
    pub fn line_mut(&mut self) -> ::core::option::Option<ShapeMutLine<'_>> {
        if !::core::matches!(self.0.value(), Shape::Line(_, _)) {
            return ::core::option::Option::None;
        }
        ::core::option::Option::Some(ShapeMutLine(self.0.variant(2)))
    }
    /// The wrapper of the fields of a [`Shape::Rect`](variant@Shape::Rect), if the value is one.
    #[inline]
    pub fn rect_mut(&mut self) -> ::core::option::Option<ShapeMutRect<'_>> {
        if !::core::matches!(self.0.value(), Shape::Rect { .. }) {
            return ::core::option::Option::None;
        }
        ::core::option::Option::Some(ShapeMutRect(self.0.variant(3)))
    }
}
/// A change to one field of a [`Shape::Line`](variant@Shape::Line).
#[allow(dead_code, private_bounds, private_interfaces)]
pub enum ShapePatchLine {
    /// A change to `0`.
    F0(<u32 as ::ipos::Shared>::Patch),
    /// A change to `1`.
    F1(<u32 as ::ipos::Shared>::Patch),
}
#[automatically_derived]
impl ::ipos::__private::PatchEnum for ShapePatchLine {
    const NAME: &'static ::core::primitive::str = "ShapePatchLine";
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
impl ::core::clone::Clone for ShapePatchLine {
    fn clone(&self) -> Self {
        match *self {
            Self::F0(ref __content) => Self::F0(::core::clone::Clone::clone(__content)),
            Self::F1(ref __content) => Self::F1(::core::clone::Clone::clone(__content)),
        }
    }
}
#[automatically_derived]
impl ::core::fmt::Debug for ShapePatchLine {
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_patch(self, __f)
    }
}
#[automatically_derived]
impl ::ipos::__private::serde::Serialize for ShapePatchLine {
    fn serialize<__S: ::ipos::__private::serde::Serializer>(
        &self,
        __serializer: __S,
    ) -> ::core::result::Result<__S::Ok, __S::Error> {
        ::ipos::__private::serialize_patch(self, __serializer)
    }
}
#[automatically_derived]
impl<'__de> ::ipos::__private::serde::Deserialize<'__de> for ShapePatchLine {
    fn deserialize<__D: ::ipos::__private::serde::Deserializer<'__de>>(
        __deserializer: __D,
    ) -> ::core::result::Result<Self, __D::Error> {
        ::ipos::__private::deserialize_patch(__deserializer)
    }
}
#[automatically_derived]
impl ::ipos::Patch for ShapePatchLine {
    fn encode(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        ::ipos::__private::encode_patch(self, __out);
    }
    fn decode(
        __reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        ::ipos::__private::decode_patch(__reader)
    }
}
/// The wrapper of a [`Shape::Line`](variant@Shape::Line), through which its fields are changed.
#[allow(dead_code, private_bounds, private_interfaces)]
pub struct ShapeMutLine<'ipos>(::ipos::__private::Cursor<'ipos, Shape>);
#[automatically_derived]
impl ::core::fmt::Debug for ShapeMutLine<'_> {
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_writer("ShapeMutLine", &self.0, __f)
    }
}
#[automatically_derived]
impl ::core::ops::Deref for ShapeMutLine<'_> {
    type Target = Shape;
    #[inline]
    fn deref(&self) -> &Shape {
        self.0.value()
    }
}
#[allow(dead_code, private_bounds, private_interfaces)]
impl ShapeMutLine<'_> {
    /// Replaces [`0`](field@Shape::Line::0).
    #[inline]
    pub fn set_0(&mut self, __value: impl ::ipos::Assign<u32>) {
        <u32 as ::ipos::Shared>::replace(
            self
                .0
                .field(
                    0,
                    |__owner| match __owner {
                        Shape::Line(__field_0, _) => __field_0,
                        _ => ::ipos::__private::left_variant(),
                    },
                ),
            ::ipos::Assign::into_value(__value),
        );
    }
    /// The wrapper of [`0`](field@Shape::Line::0).
    #[inline]
    pub fn _0_mut(&mut self) -> <u32 as ::ipos::Shared>::Mut<'_> {
        <u32 as ::ipos::Shared>::writer(
            self
                .0
                .field(
                    0,
                    |__owner| match __owner {
                        Shape::Line(__field_0, _) => __field_0,
                        _ => ::ipos::__private::left_variant(),
                    },
                ),
        )
    }
    /// Replaces [`1`](field@Shape::Line::1).
    #[inline]
    pub fn set_1(&mut self, __value: impl ::ipos::Assign<u32>) {
        <u32 as ::ipos::Shared>::replace(
            self
                .0
                .field(
                    1,
                    |__owner| match __owner {
                        Shape::Line(_, __field_1) => __field_1,
                        _ => ::ipos::__private::left_variant(),
                    },
                ),
            ::ipos::Assign::into_value(__value),
        );
    }
    /// The wrapper of [`1`](field@Shape::Line::1).
    #[inline]
    pub fn _1_mut(&mut self) -> <u32 as ::ipos::Shared>::Mut<'_> {
        <u32 as ::ipos::Shared>::writer(
            self
                .0
                .field(
                    1,
                    |__owner| match __owner {
                        Shape::Line(_, __field_1) => __field_1,
                        _ => ::ipos::__private::left_variant(),
                    },
                ),
        )
    }
}
/// A change to one field of a [`Shape::Rect`](variant@Shape::Rect).
#[allow(dead_code, private_bounds, private_interfaces)]
pub enum ShapePatchRect {
    /// A change to `w`.
    W(<f64 as ::ipos::Shared>::Patch),
    /// A change to `h`.
    H(<f64 as ::ipos::Shared>::Patch),
}
#[automatically_derived]
impl ::ipos::__private::PatchEnum for ShapePatchRect {
    const NAME: &'static ::core::primitive::str = "ShapePatchRect";
    const VARIANTS: &'static [&'static ::core::primitive::str] = &["W", "H"];
    fn give<__V: ::ipos::__private::PatchVisitor>(&self, __to: __V) -> __V::Output {
        match *self {
            Self::W(ref __content) => __to.field(0, __content),
            Self::H(ref __content) => __to.field(1, __content),
        }
    }
    fn take<__S: ::ipos::__private::PatchSource>(
        __number: ::core::primitive::usize,
        __from: __S,
    ) -> ::core::result::Result<Self, __S::Error> {
        match __number {
            0 => ::core::result::Result::Ok(Self::W(__S::field(__from)?)),
            1 => ::core::result::Result::Ok(Self::H(__S::field(__from)?)),
            _ => __from.no_such(__number),
        }
    }
}
#[automatically_derived]
impl ::core::clone::Clone for ShapePatchRect {
    fn clone(&self) -> Self {
        match *self {
            Self::W(ref __content) => Self::W(::core::clone::Clone::clone(__content)),
            Self::H(ref __content) => Self::H(::core::clone::Clone::clone(__content)),
        }
    }
}
#[automatically_derived]
impl ::core::fmt::Debug for ShapePatchRect {
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_patch(self, __f)
    }
}
#[automatically_derived]
impl ::ipos::__private::serde::Serialize for ShapePatchRect {
    fn serialize<__S: ::ipos::__private::serde::Serializer>(
        &self,
        __serializer: __S,
    ) -> ::core::result::Result<__S::Ok, __S::Error> {
        ::ipos::__private::serialize_patch(self, __serializer)
    }
}
#[automatically_derived]
impl<'__de> ::ipos::__private::serde::Deserialize<'__de> for ShapePatchRect {
    fn deserialize<__D: ::ipos::__private::serde::Deserializer<'__de>>(
        __deserializer: __D,
    ) -> ::core::result::Result<Self, __D::Error> {
        ::ipos::__private::deserialize_patch(__deserializer)
    }
}
#[automatically_derived]
impl ::ipos::Patch for ShapePatchRect {
    fn encode(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        ::ipos::__private::encode_patch(self, __out);
    }
    fn decode(
        __reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        ::ipos::__private::decode_patch(__reader)
    }
}
/// The wrapper of a [`Shape::Rect`](variant@Shape::Rect), through which its fields are changed.
#[allow(dead_code, private_bounds, private_interfaces)]
pub struct ShapeMutRect<'ipos>(::ipos::__private::Cursor<'ipos, Shape>);
#[automatically_derived]
impl ::core::fmt::Debug for ShapeMutRect<'_> {
    fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_writer("ShapeMutRect", &self.0, __f)
    }
}
#[automatically_derived]
impl ::core::ops::Deref for ShapeMutRect<'_> {
    type Target = Shape;
    #[inline]
    fn deref(&self) -> &Shape {
        self.0.value()
    }
}
#[allow(dead_code, private_bounds, private_interfaces)]
impl ShapeMutRect<'_> {
    /// Replaces [`w`](field@Shape::Rect::w).
    #[inline]
    pub fn set_w(&mut self, __value: impl ::ipos::Assign<f64>) {
        <f64 as ::ipos::Shared>::replace(
            self
                .0
                .field(
                    0,
                    |__owner| match __owner {
                        Shape::Rect { w: __field_0, .. } => __field_0,
                        _ => ::ipos::__private::left_variant(),
                    },
                ),
            ::ipos::Assign::into_value(__value),
        );
    }
    /// The wrapper of [`w`](field@Shape::Rect::w).
    #[inline]
    pub fn w_mut(&mut self) -> <f64 as ::ipos::Shared>::Mut<'_> {
        <f64 as ::ipos::Shared>::writer(
            self
                .0
                .field(
                    0,
                    |__owner| match __owner {
                        Shape::Rect { w: __field_0, .. } => __field_0,
                        _ => ::ipos::__private::left_variant(),
                    },
                ),
        )
    }
    /// Replaces [`h`](field@Shape::Rect::h).
    #[inline]
    pub fn set_h(&mut self, __value: impl ::ipos::Assign<f64>) {
        <f64 as ::ipos::Shared>::replace(
            self
                .0
                .field(
                    1,
                    |__owner| match __owner {
                        Shape::Rect { h: __field_1, .. } => __field_1,
                        _ => ::ipos::__private::left_variant(),
                    },
                ),
            ::ipos::Assign::into_value(__value),
        );
    }
    /// The wrapper of [`h`](field@Shape::Rect::h).
    #[inline]
    pub fn h_mut(&mut self) -> <f64 as ::ipos::Shared>::Mut<'_> {
        <f64 as ::ipos::Shared>::writer(
            self
                .0
                .field(
                    1,
                    |__owner| match __owner {
                        Shape::Rect { h: __field_1, .. } => __field_1,
                        _ => ::ipos::__private::left_variant(),
                    },
                ),
        )
    }
}
#[automatically_derived]
impl ::ipos::Shared for Shape {
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
    type Patch = ShapePatch;
    type Mut<'ipos> = ShapeMut<'ipos>;
    #[inline]
    fn writer(__cursor: ::ipos::__private::Cursor<'_, Self>) -> ShapeMut<'_> {
        ShapeMut(__cursor)
    }
    fn finish(
        __writer: ShapeMut<'_>,
        __finish: ::ipos::__private::Finish,
    ) -> ::ipos::__private::Result<()> {
        __writer.0.finish(__finish)
    }
    #[inline]
    fn replace(__cursor: ::ipos::__private::Cursor<'_, Self>, __value: Self) {
        ShapeMut(__cursor).set(__value);
    }
    fn encode(&self, __out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        match self {
            Self::Empty => {
                ::ipos::__private::encode_variant(0, __out);
            }
            Self::Circle(__field_0) => {
                ::ipos::__private::encode_variant(1, __out);
                <f64 as ::ipos::Shared>::encode(__field_0, __out);
            }
            Self::Line(__field_0, __field_1) => {
                ::ipos::__private::encode_variant(2, __out);
                <u32 as ::ipos::Shared>::encode(__field_0, __out);
                <u32 as ::ipos::Shared>::encode(__field_1, __out);
            }
            Self::Rect { w: __field_0, h: __field_1 } => {
                ::ipos::__private::encode_variant(3, __out);
                <f64 as ::ipos::Shared>::encode(__field_0, __out);
                <f64 as ::ipos::Shared>::encode(__field_1, __out);
            }
        }
    }
    fn decode(
        __reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        match __reader.length()? {
            0 => __reader.parts(|__reader| ::core::result::Result::Ok(Self::Empty)),
            1 => {
                __reader
                    .parts(|__reader| ::core::result::Result::Ok(
                        Self::Circle(<f64 as ::ipos::Shared>::decode(__reader)?),
                    ))
            }
            2 => {
                __reader
                    .parts(|__reader| ::core::result::Result::Ok(
                        Self::Line(
                            <u32 as ::ipos::Shared>::decode(__reader)?,
                            <u32 as ::ipos::Shared>::decode(__reader)?,
                        ),
                    ))
            }
            3 => {
                __reader
                    .parts(|__reader| ::core::result::Result::Ok(Self::Rect {
                        w: <f64 as ::ipos::Shared>::decode(__reader)?,
                        h: <f64 as ::ipos::Shared>::decode(__reader)?,
                    }))
            }
            __number => {
                ::core::result::Result::Err(
                    __reader.no_such("variant", "Shape", __number),
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
            2 => {
                match self {
                    Self::Circle(__field_0) => {
                        let __field = __patch.operation()?;
                        __patch
                            .nested(|__patch| match __field.number {
                                0 => <f64 as ::ipos::Shared>::apply(__field_0, __patch),
                                _ => {
                                    ::core::result::Result::Err(
                                        __patch.no_such("field", "Shape::Circle", __field),
                                    )
                                }
                            })
                    }
                    _ => ::core::result::Result::Err(::ipos::__private::Fault::Gone),
                }
            }
            3 => {
                match self {
                    Self::Line(__field_0, __field_1) => {
                        let __field = __patch.operation()?;
                        __patch
                            .nested(|__patch| match __field.number {
                                0 => <u32 as ::ipos::Shared>::apply(__field_0, __patch),
                                1 => <u32 as ::ipos::Shared>::apply(__field_1, __patch),
                                _ => {
                                    ::core::result::Result::Err(
                                        __patch.no_such("field", "Shape::Line", __field),
                                    )
                                }
                            })
                    }
                    _ => ::core::result::Result::Err(::ipos::__private::Fault::Gone),
                }
            }
            4 => {
                match self {
                    Self::Rect { w: __field_0, h: __field_1 } => {
                        let __field = __patch.operation()?;
                        __patch
                            .nested(|__patch| match __field.number {
                                0 => <f64 as ::ipos::Shared>::apply(__field_0, __patch),
                                1 => <f64 as ::ipos::Shared>::apply(__field_1, __patch),
                                _ => {
                                    ::core::result::Result::Err(
                                        __patch.no_such("field", "Shape::Rect", __field),
                                    )
                                }
                            })
                    }
                    _ => ::core::result::Result::Err(::ipos::__private::Fault::Gone),
                }
            }
            _ => ::ipos::__private::act(self, __patch, "variant", "Shape", __operation),
        }
    }
    fn describe(
        __schema: &mut ::ipos::__private::SchemaBuilder,
    ) -> ::ipos::__private::TypeRef {
        __schema
            .enumeration::<
                Self,
            >(
                "Shape",
                &[
                    ("Empty", &[]),
                    ("Circle", &[("0", <f64 as ::ipos::Shared>::describe, false)]),
                    (
                        "Line",
                        &[
                            ("0", <u32 as ::ipos::Shared>::describe, false),
                            ("1", <u32 as ::ipos::Shared>::describe, false),
                        ],
                    ),
                    (
                        "Rect",
                        &[
                            ("w", <f64 as ::ipos::Shared>::describe, false),
                            ("h", <f64 as ::ipos::Shared>::describe, false),
                        ],
                    ),
                ],
            )
    }
}
