//! Values, patches and tables of types as docs/wire.md tells them, drawn at random: what is read to its end, so
//! that what comes behind reading is reached.

use fastrand::Rng;
use ipos::{
    Schema,
    schema::{Leaf, Shape, TypeRef},
};

use crate::{
    mutate::{LONGEST, border},
    records::{put_bytes, put_varint},
};

/// In place of an operation it says that here an action begins or ends.
const MARK: u128 = 1 << 28;

/// What is written by a schema.
#[derive(Debug)]
pub struct Grammar<'a> {
    schema: &'a Schema,
    rng: &'a mut Rng,
    out: Vec<u8>,
    /// How many values were begun: those without bytes count as well.
    begun: usize,
}

/// A value of the root type.
pub fn value(schema: &Schema, rng: &mut Rng) -> Vec<u8> {
    let mut grammar = Grammar::new(schema, rng);
    grammar.value(schema.root(), 0);
    grammar.out
}

/// The patches of a commit.
pub fn patches(schema: &Schema, rng: &mut Rng) -> Vec<u8> {
    let mut grammar = Grammar::new(schema, rng);
    for _ in 0..1 + grammar.rng.usize(..4) {
        grammar.patch(schema.root(), 0);
    }
    grammar.out
}

/// The patches of a commit with so many actions, whose marks are at the root or where a patch leads.
pub fn marked(schema: &Schema, actions: usize, rng: &mut Rng) -> Vec<u8> {
    let mut grammar = Grammar::new(schema, rng);
    for _ in 0..actions {
        match grammar.rng.u8(..8) {
            0 => grammar.numbers([MARK, 1]),
            _ => grammar.numbers([MARK, 2]),
        }
        for _ in 0..grammar.rng.usize(..3) {
            grammar.patch(schema.root(), 0);
        }
        grammar.numbers([MARK, 0]);
        if grammar.rng.bool() {
            grammar.patch(schema.root(), 0);
        }
    }
    grammar.out
}

impl<'a> Grammar<'a> {
    fn new(schema: &'a Schema, rng: &'a mut Rng) -> Self {
        let (out, begun) = (vec![], 0);
        Self {
            schema,
            rng,
            out,
            begun,
        }
    }

    /// Where the first variant leads round in circles a value has no end.
    fn is_full(&mut self, depth: u8) -> bool {
        self.begun += 1;
        depth > 140 || self.begun.max(self.out.len()) > LONGEST
    }

    fn number(&mut self, number: u128) {
        put_varint(&mut self.out, number);
    }

    fn numbers<const N: usize>(&mut self, numbers: [u128; N]) {
        for number in numbers {
            self.number(number);
        }
    }

    /// Small, but for a few.
    fn count(&mut self) -> usize {
        match self.rng.u8(..64) {
            0 => 33,
            1 => self.rng.usize(..9),
            _ => self.rng.usize(..3),
        }
    }

    /// A place in a list or a text.
    fn place(&mut self) {
        let place = match self.rng.u8(..40) {
            0 => border(self.rng),
            _ => self.rng.u128(..5),
        };
        self.number(place);
    }

    fn text(&mut self) {
        let texts = [
            "",
            "a",
            "ä",
            "語🦀",
            "abc",
            "xy",
            "0123456789abcdef0123456789abcdef!",
        ];
        let text = texts[self.rng.usize(..texts.len())];
        put_bytes(&mut self.out, text.as_bytes());
    }

    fn many(&mut self, depth: u8, mut each: impl FnMut(&mut Self)) {
        let count = if depth > 5 { 0 } else { self.count() };
        self.number(count as u128);
        for _ in 0..count {
            each(self);
        }
    }

    fn value(&mut self, ty: TypeRef, depth: u8) {
        if self.is_full(depth) {
            return;
        }
        let schema = self.schema;
        match schema.shape(ty) {
            Shape::Leaf(leaf) => self.leaf(*leaf),
            Shape::Text => self.text(),
            &Shape::Option(inner) => {
                let is_some = depth < 6 && self.rng.u8(..3) == 0;
                self.number(u128::from(is_some));
                if is_some {
                    self.value(inner, depth + 1);
                }
            }
            &Shape::List(_, item) | &Shape::Set(_, item) => {
                self.many(depth, |this| this.value(item, depth + 1));
            }
            &Shape::Map(_, key, value) => self.many(depth, |this| {
                this.value(key, depth + 1);
                this.value(value, depth + 1);
            }),
            Shape::Tuple(parts) => parts.iter().for_each(|&part| self.value(part, depth + 1)),
            Shape::Struct(_, fields) => {
                fields
                    .iter()
                    .for_each(|field| self.value(field.ty, depth + 1));
            }
            Shape::Enum(_, variants) if !variants.is_empty() => {
                // The first ones are those that end.
                let count = if depth > 5 { 1 } else { variants.len() };
                let number = self.rng.usize(..count);
                self.number(number as u128);
                for field in &variants[number].fields {
                    self.value(field.ty, depth + 1);
                }
            }
            Shape::Enum(..) => self.number(0),
            &Shape::Array(item, length) => {
                (0..length.min(64)).for_each(|_| self.value(item, depth + 1));
            }
            &Shape::Atom(_, form) => self.value(form, depth + 1),
            Shape::Opaque(_) => {
                let inner = [0, 1, 2, b'a', 4, b'b', b'c', b'd', b'e'];
                let from = self.rng.usize(..inner.len());
                put_bytes(&mut self.out, &inner[from..]);
            }
            Shape::Events(_) => {}
        }
    }

    fn leaf(&mut self, leaf: Leaf) {
        let small = self.rng.u128(..5);
        let bits = match leaf {
            Leaf::Unit => return,
            Leaf::Bool => return self.out.push(self.rng.u8(..2)),
            Leaf::U8 | Leaf::I8 => return self.out.push(self.rng.u8(..)),
            Leaf::NonZeroU8 | Leaf::NonZeroI8 => return self.out.push(self.rng.u8(1..)),
            Leaf::F32 => return self.out.extend((small as f32).to_le_bytes()),
            Leaf::F64 => {
                let numbers = [
                    0.0,
                    -0.0,
                    1.5,
                    f64::NAN,
                    f64::INFINITY,
                    f64::MIN_POSITIVE,
                    1e300,
                ];
                let number = numbers[self.rng.usize(..numbers.len())];
                return self.out.extend(number.to_le_bytes());
            }
            Leaf::Char => return put_bytes(&mut self.out, "ö".as_bytes()),
            Leaf::Bytes | Leaf::Path => return self.text(),
            Leaf::Duration | Leaf::SystemTime => return self.numbers([small, small * 1000]),
            Leaf::Ipv4Addr => return self.out.extend([127, 0, 0, 1]),
            Leaf::Ipv6Addr | Leaf::Uuid => return self.out.extend([7; 16]),
            Leaf::IpAddr => return self.out.extend([0, 127, 0, 0, 1]),
            Leaf::SocketAddr => return self.out.extend([0, 127, 0, 0, 1, 80]),
            Leaf::SocketAddrV4 => return self.out.extend([127, 0, 0, 1, 80]),
            Leaf::SocketAddrV6 => {
                self.out.extend([7; 16]);
                return self.numbers([80, small, small]);
            }
            Leaf::U16 | Leaf::I16 | Leaf::NonZeroU16 | Leaf::NonZeroI16 => 16,
            Leaf::U32 | Leaf::I32 | Leaf::NonZeroU32 | Leaf::NonZeroI32 => 32,
            Leaf::U128 | Leaf::I128 | Leaf::NonZeroU128 | Leaf::NonZeroI128 => 128,
            _ => 64,
        };
        let number = match self.rng.u8(..8) {
            0 => border(self.rng) & (u128::MAX >> (128 - bits)),
            _ => small,
        };
        self.number(number.max(1));
    }

    fn patch(&mut self, ty: TypeRef, depth: u8) {
        if self.is_full(depth) {
            return;
        }
        let schema = self.schema;
        match schema.shape(ty) {
            Shape::Struct(_, fields) if !fields.is_empty() => {
                let number = self.rng.usize(..fields.len());
                self.number(number as u128);
                self.patch(fields[number].ty, depth + 1);
            }
            Shape::Tuple(parts) if !parts.is_empty() => {
                let number = self.rng.usize(..parts.len());
                self.number(number as u128);
                self.patch(parts[number], depth + 1);
            }
            &Shape::Events(event) => {
                self.number(1);
                self.value(event, depth + 1);
            }
            &Shape::Option(inner) if self.rng.bool() => {
                self.number(1);
                self.patch(inner, depth + 1);
            }
            Shape::Enum(_, variants) if !variants.is_empty() && self.rng.bool() => {
                let variant = self.rng.usize(..variants.len());
                let fields = &variants[variant].fields;
                let field = self.rng.usize(..fields.len().max(1));
                self.numbers([variant as u128 + 1, field as u128]);
                if let Some(field) = fields.get(field) {
                    self.patch(field.ty, depth + 1);
                }
            }
            Shape::Leaf(_) if self.rng.bool() => {
                let operation = self.rng.u128(1..3);
                self.number(operation);
                self.value(ty, depth);
            }
            Shape::Text if self.rng.u8(..8) > 0 => self.edit_of_text(),
            &Shape::List(_, item) | &Shape::Array(item, _) if self.rng.u8(..10) > 0 => {
                self.edit_of_list(item, depth);
            }
            &Shape::Map(_, key, value) if self.rng.u8(..8) > 0 => {
                self.edit_of_map(key, value, depth);
            }
            &Shape::Set(_, item) if self.rng.u8(..8) > 0 => self.edit_of_set(item, depth),
            _ => {
                self.number(0);
                self.value(ty, depth);
            }
        }
    }

    fn edit_of_text(&mut self) {
        match self.rng.u8(1..8) {
            1 => {
                self.number(1);
                self.place();
                self.text();
            }
            2 => {
                self.number(2);
                self.place();
                self.place();
                self.text();
            }
            3 => {
                self.number(3);
                self.text();
            }
            4 => {
                self.number(4);
                self.place();
                self.text();
            }
            5 => {
                self.number(5);
                self.place();
                self.place();
            }
            6 => {
                let count = self.rng.u128(1..4);
                self.number(31 + count);
                self.text();
            }
            _ => {
                let count = self.rng.u128(1..4);
                self.number(63 + count);
                self.place();
                self.text();
            }
        }
    }

    fn edit_of_list(&mut self, item: TypeRef, depth: u8) {
        let operation = self.rng.u128(1..18);
        let count = self.rng.u128(1..4);
        self.number(match operation {
            16 => 31 + count,
            17 => 63 + count,
            other => other,
        });
        match operation {
            1 => {
                self.place();
                self.patch(item, depth + 1);
            }
            2 | 4 => {
                self.place();
                self.value(item, depth + 1);
            }
            3 | 11 | 17 => {
                self.place();
                self.many(depth, |this| this.value(item, depth + 1));
            }
            5 | 14 => self.place(),
            6 => {
                self.place();
                self.place();
                self.many(depth, |this| this.value(item, depth + 1));
            }
            7 | 12 | 13 => {
                self.place();
                self.place();
            }
            8 => {
                let count = self.rng.u128(..5);
                self.number(count);
                let turned = self.rng.u128(..5);
                (0..count).for_each(|at| self.number((at + turned) % count));
            }
            9 => self.many(0, Self::place),
            10 | 16 => self.many(depth, |this| this.value(item, depth + 1)),
            _ => {
                // A few elements, and their bits.
                let count = self.rng.u128(1..5);
                self.number(count);
                let bits = self.rng.u8(..1 << count);
                self.out.push(bits);
            }
        }
    }

    fn edit_of_map(&mut self, key: TypeRef, value: TypeRef, depth: u8) {
        let operation = self.rng.u128(1..7);
        self.number(operation);
        let pair = |this: &mut Self| {
            this.value(key, depth + 1);
            this.value(value, depth + 1);
        };
        match operation {
            1 => pair(self),
            2 => self.value(key, depth + 1),
            3 => {
                self.value(key, depth + 1);
                self.patch(value, depth + 1);
            }
            4 => self.many(depth, pair),
            5 => self.many(depth, |this| this.value(key, depth + 1)),
            _ => {
                self.many(depth, |this| this.value(key, depth + 1));
                self.many(depth, pair);
            }
        }
    }

    fn edit_of_set(&mut self, item: TypeRef, depth: u8) {
        let operation = self.rng.u128(1..6);
        self.number(operation);
        match operation {
            1 | 2 => self.value(item, depth + 1),
            3 | 4 => self.many(depth, |this| this.value(item, depth + 1)),
            _ => {
                self.many(depth, |this| this.value(item, depth + 1));
                self.many(depth, |this| this.value(item, depth + 1));
            }
        }
    }
}

/// A table of a few types as it is told. Most of them name types behind themselves, so that values end.
pub fn schema(rng: &mut Rng) -> Vec<u8> {
    let count = rng.u128(1..8);
    let mut out = vec![];
    put_varint(&mut out, 0);
    put_varint(&mut out, count);
    for at in 0..count {
        shape(at, count, rng, &mut out);
    }
    out
}

fn shape(at: u128, count: u128, rng: &mut Rng, out: &mut Vec<u8>) {
    let is_last = at + 1 == count;
    let kind = match is_last {
        true => [0, 0, 1, 11][rng.usize(..4)],
        false => rng.u128(0..13),
    };
    put_varint(out, kind);
    let other = |rng: &mut Rng, out: &mut Vec<u8>| {
        let other = match rng.u8(..12) {
            0 => rng.u128(..=count),
            _ => rng.u128(at.min(count - 2) + 1..count),
        };
        put_varint(out, other);
    };
    let fields = |rng: &mut Rng, out: &mut Vec<u8>| {
        let names = rng.u128(..4);
        put_varint(out, names);
        for name in 0..names {
            put_bytes(out, name.to_string().as_bytes());
            other(rng, out);
            out.push(u8::from(rng.u8(..8) == 0));
        }
    };
    match kind {
        0 => put_varint(out, rng.u128(..40)),
        2 | 12 => other(rng, out),
        3 | 5 | 10 => {
            put_bytes(out, b"N");
            other(rng, out);
        }
        4 => {
            put_bytes(out, b"Map");
            other(rng, out);
            other(rng, out);
        }
        6 => {
            let parts = rng.u128(..4);
            put_varint(out, parts);
            (0..parts).for_each(|_| other(rng, out));
        }
        7 => {
            put_bytes(out, b"S");
            fields(rng, out);
        }
        8 => {
            put_bytes(out, b"E");
            let variants = rng.u128(..4);
            put_varint(out, variants);
            for variant in 0..variants {
                put_bytes(out, variant.to_string().as_bytes());
                fields(rng, out);
            }
        }
        9 => {
            other(rng, out);
            let length = match rng.u8(..8) {
                0 => border(rng) & u128::from(u64::MAX),
                _ => rng.u128(..5),
            };
            put_varint(out, length);
        }
        11 => put_bytes(out, b"Opaque"),
        _ => {}
    }
}
