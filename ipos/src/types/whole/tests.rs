#![cfg(not(loom))]

use std::{
    collections::{BTreeMap, BTreeSet},
    marker::PhantomData,
};

use super::*;
use crate::{
    Shared,
    recorder::Recorder,
    wire::{DEPTH_LIMIT, Problem, put, put_length},
};

/// Every form that serde knows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Any {
    Unit,
    New(Box<Any>),
    Pair(u8, i128),
    Fields { text: String, letter: char },
    Leaves(bool, (i8, i16, i32, i64), (u16, u32, u64, u128), (f32, f64)),
    List(Vec<Any>),
    Map(BTreeMap<String, Any>),
    Option(Option<Box<Any>>),
    Empty(Vec<()>, PhantomData<u8>),
    Wide(Wide),
    Bytes(#[serde(with = "serde_bytes")] Vec<u8>),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Wide {
    array: [u16; 30],
    new: New,
}

impl Wide {
    fn new() -> Self {
        Self {
            array: [300; 30],
            new: New((u64::MAX, None)),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct New((u64, Option<()>));

fn samples() -> Vec<Any> {
    vec![
        Any::Unit,
        Any::New(Box::new(Any::Pair(7, i128::MIN))),
        Any::Fields {
            text: "x".repeat(200),
            letter: 'ß',
        },
        Any::Leaves(true, (-1, -2, -3, -4), (1, 2, 3, u128::MAX), (0.5, -0.5)),
        Any::List(vec![Any::Unit; 200]),
        Any::Map((0..9).map(|n| (n.to_string(), Any::Unit)).collect()),
        Any::Option(None),
        Any::Option(Some(Box::new(Any::Unit))),
        Any::Empty(vec![(); 80], PhantomData),
        Any::Wide(Wide::new()),
        Any::Bytes(vec![0; 1000]),
    ]
}

fn bytes<T: Whole>(value: &T) -> Vec<u8> {
    let mut bytes = vec![];
    encode(value, &mut bytes);
    bytes
}

/// The bytes `content` behind their length, as they would stand in a value.
fn blob(content: &[u8]) -> Vec<u8> {
    let mut bytes = vec![];
    put_length(&mut bytes, content.len());
    bytes.extend_from_slice(content);
    bytes
}

fn read<T: Whole>(bytes: &[u8]) -> std::result::Result<T, Problem> {
    decode(&mut Reader::new(bytes)).map_err(|error| error.problem)
}

#[test]
fn a_value_is_postcard_s_form_behind_its_length() {
    for value in samples() {
        let bytes = bytes(&value);
        assert_eq!(bytes, blob(&postcard::to_stdvec(&value).unwrap()));
        assert_eq!(read::<Any>(&bytes), Ok(value));
        for end in 0..bytes.len() {
            read::<Any>(&bytes[..end]).expect_err("an end is missing");
        }
    }
}

#[test]
fn bytes_that_are_no_value_are_refused() {
    let any = |content: &[u8]| read::<Any>(&blob(content)).unwrap_err();
    let not_any = Problem::Refused {
        of: type_name::<Any>(),
        why: "invalid value: integer `11`, expected variant index 0 <= i < 11".into(),
    };
    let long_list = [&[5][..], &[0xff, 0xff, 0xff, 0x7f]].concat();
    assert_eq!(any(&[11]), not_any, "no such variant");
    assert_eq!(any(&[]), Problem::NotA("u32"), "no variant");
    assert_eq!(any(&[0, 0]), Problem::LeftOver(1));
    assert_eq!(any(&[0x80, 0]), Problem::NotShortest, "a variant");
    assert_eq!(any(&[2, 7, 0x80, 0]), Problem::NotShortest, "an i128");
    assert_eq!(any(&[5, 0x80, 0]), Problem::NotShortest, "a length");
    assert_eq!(any(&[3, 1, 0xff, 1, b'a']), Problem::NotText);
    assert_eq!(any(&[3, 0, 2, b'a', b'b']), Problem::NotA("char"));
    assert_eq!(any(&[4, 2]), Problem::NotA("bool"));
    assert_eq!(
        any(&[7, 2]),
        Problem::NoSuch {
            what: "form",
            of: "Option",
            number: 2
        }
    );
    assert_eq!(
        any(&long_list),
        Problem::NotA("u32"),
        "a list that is not there"
    );
    assert_eq!(
        any(&[10, 9]),
        Problem::NotA("[u8]"),
        "bytes that are not there"
    );
}

#[test]
fn nesting_is_bounded() {
    // Boxes in boxes: each is a variant.
    let boxes = |levels: usize| [&vec![1; levels][..], &[0]].concat();
    let options = |levels: usize| [[7, 1].repeat(levels), vec![0]].concat();
    let lists = |levels: usize| [[5, 1].repeat(levels), vec![0]].concat();
    let limit = DEPTH_LIMIT as usize;
    let check = |of, nested: &dyn Fn(usize) -> Vec<u8>, deepest: usize| {
        let value = read::<Any>(&blob(&nested(deepest))).expect(of);
        assert_eq!(bytes(&value), blob(&nested(deepest)), "{of}");
        for levels in [deepest + 1, 5_000_000] {
            assert_eq!(
                read::<Any>(&blob(&nested(levels))),
                Err(Problem::TooDeep),
                "{of}"
            );
        }
    };
    check("boxes", &boxes, limit - 1);
    check("options", &options, (limit - 1) / 2);
    check("lists", &lists, (limit - 1) / 2);
}

#[test]
fn elements_without_bytes_are_bounded() {
    let empty = |length: u64| {
        let mut content = vec![];
        put(&mut content, &length);
        blob(&content)
    };
    assert_eq!(read::<Vec<()>>(&empty(64)), Ok(vec![(); 64]));
    for length in [1 << 20, 1 << 33, u64::from(u32::MAX)] {
        assert_eq!(read::<Vec<()>>(&empty(length)), Err(Problem::TooManyEmpty));
        let values = read::<Vec<PhantomData<u8>>>(&empty(length));
        assert_eq!(values, Err(Problem::TooManyEmpty));
        let set = read::<Vec<BTreeSet<()>>>(&blob(&[1, 0xff, 0xff, 0x7f]));
        assert_eq!(set, Err(Problem::TooManyEmpty));
    }
}

/// Asks for whatever is there.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct Anything(u8);

impl<'de> Deserialize<'de> for Anything {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> std::result::Result<Self, D::Error> {
        deserializer
            .deserialize_any(serde::de::IgnoredAny)
            .map(|_| Self(0))
    }
}

/// A list of unknown length.
#[derive(Clone, Debug, PartialEq, Deserialize)]
struct Unsized(Vec<u8>);

impl Serialize for Unsized {
    fn serialize<S: serde::Serializer>(&self, to: S) -> std::result::Result<S::Ok, S::Error> {
        to.collect_seq(self.0.iter().filter(|&&n| n > 0))
    }
}

fn deep() -> Any {
    (0..DEPTH_LIMIT).fold(Any::Unit, |inner, _| Any::New(Box::new(inner)))
}

#[test]
fn what_would_not_be_read_is_not_written() {
    fn check<T: Whole + PartialEq>(good: &T, bad: &T, why: &str) {
        let mut value = good.clone();
        let mut recorder = Recorder::default();
        let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            writer(Cursor::new(&mut value, &mut recorder)).set(bad.clone());
        }));
        let panic = result.unwrap_err();
        let said = panic.downcast_ref::<String>().unwrap();
        assert!(
            said.contains(type_name::<T>()) && said.contains(why),
            "{said}"
        );
        assert_eq!(&value, good);
        assert!(recorder.patches().is_empty() && recorder.undo().is_empty());
    }
    check(&Any::Unit, &deep(), "nest deeper");
    check(&vec![], &vec![(); 1 << 20], "take no bytes");
    check(&Ok(1), &Err(Anything(1)), "no value of type");
    check(&Ok(1), &Err(Unsized(vec![1])), "length of a sequence");
}

#[test]
fn a_patch_replaces_the_value() {
    let mut value = Any::Unit;
    let mut recorder = Recorder::default();
    let mut wrapper = writer(Cursor::new(&mut value, &mut recorder));
    wrapper.set(Any::Pair(1, 2));
    let kept = wrapper.modify(|value| std::mem::replace(value, Any::Option(None)));
    assert_eq!((kept, &*wrapper), (Any::Pair(1, 2), &Any::Option(None)));
    drop(wrapper);
    let mut typed = vec![];
    for value in [Any::Pair(1, 2), Any::Option(None)] {
        AtomicPatch::Set(value).encode(&mut typed);
    }
    assert_eq!(recorder.patches(), typed);

    let mut replica = Any::Unit;
    let mut patches = Incoming::new(&typed, None);
    while patches.advance() {
        apply(&mut replica, &mut patches).unwrap();
    }
    assert_eq!(replica, value);
    for inverse in recorder.undo().patches() {
        let mut patches = Incoming::new(inverse, None);
        assert!(patches.advance());
        apply(&mut replica, &mut patches).unwrap();
    }
    assert_eq!(replica, Any::Unit);

    let mut reader = Reader::new(&typed);
    let first: AtomicPatch<Any> = Patch::decode(&mut reader).unwrap();
    assert_eq!(first, AtomicPatch::Set(Any::Pair(1, 2)));
    let fault = AtomicPatch::<Any>::decode(&mut Reader::new(&[1, 0])).unwrap_err();
    assert!(matches!(fault.problem, Problem::NoSuch { number: 1, .. }));
}

#[test]
fn a_name_is_without_modules() {
    for (name, short) in [
        ("u8", "u8"),
        ("a::b::C", "C"),
        ("alloc::vec::Vec<(a::B, [x::Y; 4])>", "Vec<(B, [Y; 4])>"),
        (
            "&'static core::option::Option<&str>",
            "&'static Option<&str>",
        ),
        ("a::r#mod::r#type", "r#type"),
    ] {
        assert_eq!(short_name(name), short);
    }
    let mut schema = SchemaBuilder::default();
    let whole = describe::<Vec<String>>(&mut schema);
    assert_ne!(whole, <Vec<String> as crate::Shared>::describe(&mut schema));
    assert_eq!(whole, describe::<Vec<String>>(&mut schema));
}

/// A struct with a part that may not be written.
#[derive(Shared, Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Held {
    name: String,
    #[shared(atomic)]
    any: Any,
}

#[test]
fn what_broke_off_leaves_nothing_in_a_commit_that_goes_on() {
    let held = |any| Held {
        name: "held".into(),
        any,
    };
    let mut value = vec![held(Any::Unit)];
    let mut recorder = Recorder::default();
    let mut list = <Vec<Held> as Shared>::writer(Cursor::new(&mut value, &mut recorder));
    let push = |list: &mut crate::VecMut<'_, Held>, any| {
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| list.push(held(any))))
    };
    push(&mut list, Any::Unit).unwrap();
    push(&mut list, deep()).unwrap_err();
    push(&mut list, Any::Unit).unwrap();
    drop(list);
    assert_eq!(value, vec![held(Any::Unit); 3]);
    let mut replica = vec![held(Any::Unit)];
    let mut patches = Incoming::new(recorder.patches(), None);
    while patches.advance() {
        replica.apply(&mut patches).unwrap();
    }
    assert_eq!(replica, value);
    for inverse in recorder.undo().patches() {
        let mut inverse = Incoming::new(inverse, None);
        assert!(inverse.advance());
        replica.apply(&mut inverse).unwrap();
    }
    assert_eq!(replica, vec![held(Any::Unit)]);
}
