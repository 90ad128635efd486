//! What the derive makes of the enum `Shape` of `enumeration.rs`.

/// A change to a [`Shape`](enum@Shape): another value, or a change inside the variant that it is.
#[allow(dead_code, private_bounds, private_interfaces)]
pub enum ShapePatch {
    /// The new value, of whichever variant.
    Set(Shape),
    /// A change inside a [`Shape::Circle`](variant@Shape::Circle); nothing if the value is another variant by then.
    Circle(<f64 as ::ipos::Shared>::Patch),
    /// A change inside a [`Shape::Line`](variant@Shape::Line); nothing if the value is another variant by then.
    Line(ShapeLinePatch),
    /// A change inside a [`Shape::Rect`](variant@Shape::Rect); nothing if the value is another variant by then.
    Rect(ShapeRectPatch),
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
    fn give<__V: ::ipos::__private::PatchVisitor>(&self, to: __V) -> __V::Output {
        match *self {
            Self::Set(ref content) => to.whole(content),
            Self::Circle(ref content) => to.newtype(2, content),
            Self::Line(ref content) => to.variant(3, content),
            Self::Rect(ref content) => to.variant(4, content),
        }
    }
    fn take<__S: ::ipos::__private::PatchSource>(
        number: ::core::primitive::usize,
        from: __S,
    ) -> ::core::result::Result<Self, __S::Error> {
        match number {
            0 => ::core::result::Result::Ok(Self::Set(__S::whole(from)?)),
            2 => ::core::result::Result::Ok(Self::Circle(__S::newtype(from)?)),
            3 => ::core::result::Result::Ok(Self::Line(__S::variant(from)?)),
            4 => ::core::result::Result::Ok(Self::Rect(__S::variant(from)?)),
            _ => from.no_such(number),
        }
    }
}
#[automatically_derived]
impl ::core::clone::Clone for ShapePatch {
    fn clone(&self) -> Self {
        match *self {
            Self::Set(ref content) => Self::Set(::core::clone::Clone::clone(content)),
            Self::Circle(ref content) => {
                Self::Circle(::core::clone::Clone::clone(content))
            }
            Self::Line(ref content) => Self::Line(::core::clone::Clone::clone(content)),
            Self::Rect(ref content) => Self::Rect(::core::clone::Clone::clone(content)),
        }
    }
}
#[automatically_derived]
impl ::core::fmt::Debug for ShapePatch {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_patch(self, f)
    }
}
#[automatically_derived]
impl ::ipos::__private::serde::Serialize for ShapePatch {
    fn serialize<__S: ::ipos::__private::serde::Serializer>(
        &self,
        serializer: __S,
    ) -> ::core::result::Result<__S::Ok, __S::Error> {
        ::ipos::__private::serialize_patch(self, serializer)
    }
}
#[automatically_derived]
impl<'__de> ::ipos::__private::serde::Deserialize<'__de> for ShapePatch {
    fn deserialize<__D: ::ipos::__private::serde::Deserializer<'__de>>(
        deserializer: __D,
    ) -> ::core::result::Result<Self, __D::Error> {
        ::ipos::__private::deserialize_patch(deserializer)
    }
}
#[automatically_derived]
impl ::ipos::Patch for ShapePatch {
    fn encode(&self, out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        ::ipos::__private::encode_patch(self, out);
    }
    fn decode(
        reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        ::ipos::__private::decode_patch(reader)
    }
}
/// The wrapper of a [`Shape`](enum@Shape), through which it is changed.
#[allow(dead_code, private_bounds, private_interfaces)]
pub struct ShapeMut<'ipos>(::ipos::__private::Cursor<'ipos, Shape>);
#[automatically_derived]
impl ::core::fmt::Debug for ShapeMut<'_> {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_writer("ShapeMut", &self.0, f)
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
    pub fn set(&mut self, value: Shape) {
        ::ipos::__private::set(&mut self.0, value);
    }
    /// Runs an action here, and has the host run it again in this place of the commit.
    #[inline]
    pub fn call<__R, __E>(
        &mut self,
        action: ::ipos::Action<Shape, __R, __E>,
    ) -> ::core::result::Result<__R, __E> {
        ::ipos::__private::call(&mut self.0, action)
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
                        |owner| match owner {
                            Shape::Circle(field_0) => field_0,
                            _ => ::ipos::__private::left_variant(),
                        },
                    ),
            ),
        )
    }
    /// The wrapper of the fields of a [`Shape::Line`](variant@Shape::Line), if the value is one.
    #[inline]
    pub fn line_mut(&mut self) -> ::core::option::Option<ShapeLineMut<'_>> {
        if !::core::matches!(self.0.value(), Shape::Line(_, _)) {
            return ::core::option::Option::None;
        }
        ::core::option::Option::Some(ShapeLineMut(self.0.variant(2)))
    }
    /// The wrapper of the fields of a [`Shape::Rect`](variant@Shape::Rect), if the value is one.
    #[inline]
    pub fn rect_mut(&mut self) -> ::core::option::Option<ShapeRectMut<'_>> {
        if !::core::matches!(self.0.value(), Shape::Rect { .. }) {
            return ::core::option::Option::None;
        }
        ::core::option::Option::Some(ShapeRectMut(self.0.variant(3)))
    }
}
/// A change to one field of a [`Shape::Line`](variant@Shape::Line).
#[allow(dead_code, private_bounds, private_interfaces)]
pub enum ShapeLinePatch {
    /// A change to `0`.
    F0(<u32 as ::ipos::Shared>::Patch),
    /// A change to `1`.
    F1(<u32 as ::ipos::Shared>::Patch),
}
#[automatically_derived]
impl ::ipos::__private::PatchEnum for ShapeLinePatch {
    const NAME: &'static ::core::primitive::str = "ShapeLinePatch";
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
impl ::core::clone::Clone for ShapeLinePatch {
    fn clone(&self) -> Self {
        match *self {
            Self::F0(ref content) => Self::F0(::core::clone::Clone::clone(content)),
            Self::F1(ref content) => Self::F1(::core::clone::Clone::clone(content)),
        }
    }
}
#[automatically_derived]
impl ::core::fmt::Debug for ShapeLinePatch {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_patch(self, f)
    }
}
#[automatically_derived]
impl ::ipos::__private::serde::Serialize for ShapeLinePatch {
    fn serialize<__S: ::ipos::__private::serde::Serializer>(
        &self,
        serializer: __S,
    ) -> ::core::result::Result<__S::Ok, __S::Error> {
        ::ipos::__private::serialize_patch(self, serializer)
    }
}
#[automatically_derived]
impl<'__de> ::ipos::__private::serde::Deserialize<'__de> for ShapeLinePatch {
    fn deserialize<__D: ::ipos::__private::serde::Deserializer<'__de>>(
        deserializer: __D,
    ) -> ::core::result::Result<Self, __D::Error> {
        ::ipos::__private::deserialize_patch(deserializer)
    }
}
#[automatically_derived]
impl ::ipos::Patch for ShapeLinePatch {
    fn encode(&self, out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        ::ipos::__private::encode_patch(self, out);
    }
    fn decode(
        reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        ::ipos::__private::decode_patch(reader)
    }
}
/// The wrapper of a [`Shape::Line`](variant@Shape::Line), through which its fields are changed.
#[allow(dead_code, private_bounds, private_interfaces)]
pub struct ShapeLineMut<'ipos>(::ipos::__private::Cursor<'ipos, Shape>);
#[automatically_derived]
impl ::core::fmt::Debug for ShapeLineMut<'_> {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_writer("ShapeLineMut", &self.0, f)
    }
}
#[automatically_derived]
impl ::core::ops::Deref for ShapeLineMut<'_> {
    type Target = Shape;
    #[inline]
    fn deref(&self) -> &Shape {
        self.0.value()
    }
}
#[allow(dead_code, private_bounds, private_interfaces)]
impl ShapeLineMut<'_> {
    /// Replaces [`0`](field@Shape::Line::0).
    #[inline]
    pub fn set_0(&mut self, value: impl ::ipos::Assign<u32>) {
        <u32 as ::ipos::Shared>::replace(
            self
                .0
                .field(
                    0,
                    |owner| match owner {
                        Shape::Line(field_0, _) => field_0,
                        _ => ::ipos::__private::left_variant(),
                    },
                ),
            ::ipos::Assign::into_value(value),
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
                    |owner| match owner {
                        Shape::Line(field_0, _) => field_0,
                        _ => ::ipos::__private::left_variant(),
                    },
                ),
        )
    }
    /// Replaces [`1`](field@Shape::Line::1).
    #[inline]
    pub fn set_1(&mut self, value: impl ::ipos::Assign<u32>) {
        <u32 as ::ipos::Shared>::replace(
            self
                .0
                .field(
                    1,
                    |owner| match owner {
                        Shape::Line(_, field_1) => field_1,
                        _ => ::ipos::__private::left_variant(),
                    },
                ),
            ::ipos::Assign::into_value(value),
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
                    |owner| match owner {
                        Shape::Line(_, field_1) => field_1,
                        _ => ::ipos::__private::left_variant(),
                    },
                ),
        )
    }
}
/// A change to one field of a [`Shape::Rect`](variant@Shape::Rect).
#[allow(dead_code, private_bounds, private_interfaces)]
pub enum ShapeRectPatch {
    /// A change to `w`.
    W(<f64 as ::ipos::Shared>::Patch),
    /// A change to `h`.
    H(<f64 as ::ipos::Shared>::Patch),
}
#[automatically_derived]
impl ::ipos::__private::PatchEnum for ShapeRectPatch {
    const NAME: &'static ::core::primitive::str = "ShapeRectPatch";
    const VARIANTS: &'static [&'static ::core::primitive::str] = &["W", "H"];
    fn give<__V: ::ipos::__private::PatchVisitor>(&self, to: __V) -> __V::Output {
        match *self {
            Self::W(ref content) => to.field(0, content),
            Self::H(ref content) => to.field(1, content),
        }
    }
    fn take<__S: ::ipos::__private::PatchSource>(
        number: ::core::primitive::usize,
        from: __S,
    ) -> ::core::result::Result<Self, __S::Error> {
        match number {
            0 => ::core::result::Result::Ok(Self::W(__S::field(from)?)),
            1 => ::core::result::Result::Ok(Self::H(__S::field(from)?)),
            _ => from.no_such(number),
        }
    }
}
#[automatically_derived]
impl ::core::clone::Clone for ShapeRectPatch {
    fn clone(&self) -> Self {
        match *self {
            Self::W(ref content) => Self::W(::core::clone::Clone::clone(content)),
            Self::H(ref content) => Self::H(::core::clone::Clone::clone(content)),
        }
    }
}
#[automatically_derived]
impl ::core::fmt::Debug for ShapeRectPatch {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_patch(self, f)
    }
}
#[automatically_derived]
impl ::ipos::__private::serde::Serialize for ShapeRectPatch {
    fn serialize<__S: ::ipos::__private::serde::Serializer>(
        &self,
        serializer: __S,
    ) -> ::core::result::Result<__S::Ok, __S::Error> {
        ::ipos::__private::serialize_patch(self, serializer)
    }
}
#[automatically_derived]
impl<'__de> ::ipos::__private::serde::Deserialize<'__de> for ShapeRectPatch {
    fn deserialize<__D: ::ipos::__private::serde::Deserializer<'__de>>(
        deserializer: __D,
    ) -> ::core::result::Result<Self, __D::Error> {
        ::ipos::__private::deserialize_patch(deserializer)
    }
}
#[automatically_derived]
impl ::ipos::Patch for ShapeRectPatch {
    fn encode(&self, out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        ::ipos::__private::encode_patch(self, out);
    }
    fn decode(
        reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        ::ipos::__private::decode_patch(reader)
    }
}
/// The wrapper of a [`Shape::Rect`](variant@Shape::Rect), through which its fields are changed.
#[allow(dead_code, private_bounds, private_interfaces)]
pub struct ShapeRectMut<'ipos>(::ipos::__private::Cursor<'ipos, Shape>);
#[automatically_derived]
impl ::core::fmt::Debug for ShapeRectMut<'_> {
    fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::ipos::__private::debug_writer("ShapeRectMut", &self.0, f)
    }
}
#[automatically_derived]
impl ::core::ops::Deref for ShapeRectMut<'_> {
    type Target = Shape;
    #[inline]
    fn deref(&self) -> &Shape {
        self.0.value()
    }
}
#[allow(dead_code, private_bounds, private_interfaces)]
impl ShapeRectMut<'_> {
    /// Replaces [`w`](field@Shape::Rect::w).
    #[inline]
    pub fn set_w(&mut self, value: impl ::ipos::Assign<f64>) {
        <f64 as ::ipos::Shared>::replace(
            self
                .0
                .field(
                    0,
                    |owner| match owner {
                        Shape::Rect { w: field_0, .. } => field_0,
                        _ => ::ipos::__private::left_variant(),
                    },
                ),
            ::ipos::Assign::into_value(value),
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
                    |owner| match owner {
                        Shape::Rect { w: field_0, .. } => field_0,
                        _ => ::ipos::__private::left_variant(),
                    },
                ),
        )
    }
    /// Replaces [`h`](field@Shape::Rect::h).
    #[inline]
    pub fn set_h(&mut self, value: impl ::ipos::Assign<f64>) {
        <f64 as ::ipos::Shared>::replace(
            self
                .0
                .field(
                    1,
                    |owner| match owner {
                        Shape::Rect { h: field_1, .. } => field_1,
                        _ => ::ipos::__private::left_variant(),
                    },
                ),
            ::ipos::Assign::into_value(value),
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
                    |owner| match owner {
                        Shape::Rect { h: field_1, .. } => field_1,
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
    fn writer(cursor: ::ipos::__private::Cursor<'_, Self>) -> ShapeMut<'_> {
        ShapeMut(cursor)
    }
    fn finish(
        writer: ShapeMut<'_>,
        finish: ::ipos::__private::Finish,
    ) -> ::ipos::__private::Result<()> {
        writer.0.finish(finish)
    }
    #[inline]
    fn replace(cursor: ::ipos::__private::Cursor<'_, Self>, value: Self) {
        ShapeMut(cursor).set(value);
    }
    fn encode(&self, out: &mut ::std::vec::Vec<::core::primitive::u8>) {
        match self {
            Self::Empty => {
                ::ipos::__private::encode_variant(0, out);
            }
            Self::Circle(field_0) => {
                ::ipos::__private::encode_variant(1, out);
                <f64 as ::ipos::Shared>::encode(field_0, out);
            }
            Self::Line(field_0, field_1) => {
                ::ipos::__private::encode_variant(2, out);
                <u32 as ::ipos::Shared>::encode(field_0, out);
                <u32 as ::ipos::Shared>::encode(field_1, out);
            }
            Self::Rect { w: field_0, h: field_1 } => {
                ::ipos::__private::encode_variant(3, out);
                <f64 as ::ipos::Shared>::encode(field_0, out);
                <f64 as ::ipos::Shared>::encode(field_1, out);
            }
        }
    }
    fn decode(
        reader: &mut ::ipos::__private::Reader<'_>,
    ) -> ::ipos::__private::Result<Self, ::ipos::__private::DecodeError> {
        match reader.length()? {
            0 => reader.parts(|reader| ::core::result::Result::Ok(Self::Empty)),
            1 => {
                reader
                    .parts(|reader| ::core::result::Result::Ok(
                        Self::Circle(<f64 as ::ipos::Shared>::decode(reader)?),
                    ))
            }
            2 => {
                reader
                    .parts(|reader| ::core::result::Result::Ok(
                        Self::Line(
                            <u32 as ::ipos::Shared>::decode(reader)?,
                            <u32 as ::ipos::Shared>::decode(reader)?,
                        ),
                    ))
            }
            3 => {
                reader
                    .parts(|reader| ::core::result::Result::Ok(Self::Rect {
                        w: <f64 as ::ipos::Shared>::decode(reader)?,
                        h: <f64 as ::ipos::Shared>::decode(reader)?,
                    }))
            }
            number => {
                ::core::result::Result::Err(reader.no_such("variant", "Shape", number))
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
            2 => {
                match self {
                    Self::Circle(field_0) => {
                        let field = patch.operation()?;
                        patch
                            .nested(|patch| match field.number {
                                0 => <f64 as ::ipos::Shared>::apply(field_0, patch),
                                _ => {
                                    ::core::result::Result::Err(
                                        patch.no_such("field", "Shape::Circle", field),
                                    )
                                }
                            })
                    }
                    _ => ::core::result::Result::Err(::ipos::__private::Fault::Gone),
                }
            }
            3 => {
                match self {
                    Self::Line(field_0, field_1) => {
                        let field = patch.operation()?;
                        patch
                            .nested(|patch| match field.number {
                                0 => <u32 as ::ipos::Shared>::apply(field_0, patch),
                                1 => <u32 as ::ipos::Shared>::apply(field_1, patch),
                                _ => {
                                    ::core::result::Result::Err(
                                        patch.no_such("field", "Shape::Line", field),
                                    )
                                }
                            })
                    }
                    _ => ::core::result::Result::Err(::ipos::__private::Fault::Gone),
                }
            }
            4 => {
                match self {
                    Self::Rect { w: field_0, h: field_1 } => {
                        let field = patch.operation()?;
                        patch
                            .nested(|patch| match field.number {
                                0 => <f64 as ::ipos::Shared>::apply(field_0, patch),
                                1 => <f64 as ::ipos::Shared>::apply(field_1, patch),
                                _ => {
                                    ::core::result::Result::Err(
                                        patch.no_such("field", "Shape::Rect", field),
                                    )
                                }
                            })
                    }
                    _ => ::core::result::Result::Err(::ipos::__private::Fault::Gone),
                }
            }
            _ => ::ipos::__private::act(self, patch, "variant", "Shape", operation),
        }
    }
    fn describe(
        schema: &mut ::ipos::__private::SchemaBuilder,
    ) -> ::ipos::__private::TypeRef {
        schema
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
