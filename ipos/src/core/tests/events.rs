//! Events by their type, by their schema, and in what they stand.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicBool, Ordering},
};

use serde::{Deserialize, Deserializer, Serialize, de};

use crate::{
    Event, Events, Shared, Value,
    core::{State, Typed, Untyped, commit},
    cursor::Cursor,
    parts::Parts,
    patch::Patch,
    recorder::{Recorder, UndoLog},
    schema::{schema_of, table_of},
    wire::Reader,
};

/// An event of each kind: atomic, an enum, and one that holds others like it.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Color(u8, u8, u8);

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
enum Key {
    Up,
    Char(char),
    Chord { keys: Vec<Key> },
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Shade {
    #[shared(atomic)]
    color: Color,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Screen {
    title: String,
    keys: Events<Key>,
    shades: Events<Shade>,
    units: Events<()>,
    by_name: BTreeMap<String, (u8, Events<u32>)>,
    last: Option<Events<Vec<String>>>,
}

type Change = fn(&mut <Screen as Shared>::Mut<'_>);

/// What is done, and the typed patches that say it.
const CHANGES: &[(Change, &[&str])] = &[
    (|w| w.keys_mut().emit(Key::Up), &["Keys(Emit(Up))"]),
    (
        |w| {
            w.keys_mut().emit(Key::Chord {
                keys: vec![Key::Char('a'), Key::Up],
            });
        },
        &["Keys(Emit(Chord { keys: [Char('a'), Up] }))"],
    ),
    (
        |w| {
            w.shades_mut().emit(Shade {
                color: Color(1, 2, 3),
            });
        },
        &["Shades(Emit(Shade { color: Color(1, 2, 3) }))"],
    ),
    (
        |w| {
            w.units_mut().emit(());
            w.set_title("t");
            w.units_mut().emit(());
        },
        &["Units(Emit(()))", r#"Title(Set("t"))"#, "Units(Emit(()))"],
    ),
    (
        |w| w.by_name_mut().get_mut("a").unwrap()._1_mut().emit(9),
        &[r#"ByName(At("a", F1(Emit(9))))"#],
    ),
    (
        |w| w.last_mut().as_mut().unwrap().emit(vec!["x".to_owned()]),
        &[r#"Last(Some(Emit(["x"])))"#],
    ),
    // Nothing is in them, so nothing is put in.
    (|w| w.set_keys(Events::new()), &[]),
];

fn screen() -> Screen {
    Screen {
        by_name: BTreeMap::from([("a".into(), (1, Events::new()))]),
        last: Some(Events::new()),
        ..Screen::default()
    }
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(ToString::to_string).collect()
}

fn encoded<T: Shared>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    value.encode(&mut bytes);
    bytes
}

#[test]
fn what_is_recorded_is_the_typed_patch_and_applies_with_the_type_and_without() {
    for (change, expected) in CHANGES {
        let (mut value, mut recorder) = (screen(), Recorder::default());
        change(&mut Screen::writer(Cursor::new(&mut value, &mut recorder)));
        let patches = recorder.patches().to_vec();
        let (mut told, mut again) = (Vec::new(), Vec::new());
        let mut reader = Reader::of_own(&patches);
        while !reader.is_empty() {
            let patch = <Screen as Shared>::Patch::decode(&mut reader).unwrap();
            patch.encode(&mut again);
            told.push(format!("{patch:?}"));
        }
        assert_eq!((&told[..], &again), (&owned(expected)[..], &patches));

        let mut typed = Typed::new(screen());
        let mut undo = UndoLog::default();
        commit::apply(&mut typed, &patches, &mut undo).unwrap();
        assert_eq!(typed.value, value, "{expected:?}");
        let mut untyped = Untyped::from_bytes(encoded(&screen()), table_of::<Screen>()).unwrap();
        commit::apply(&mut untyped, &patches, &mut UndoLog::default()).unwrap();
        let mut bytes = Vec::new();
        untyped.encode(&mut bytes);
        assert_eq!(bytes, encoded(&value), "{expected:?}");
        commit::undo(&mut typed, &undo);
        assert_eq!(typed.value, screen(), "{expected:?} is taken back");
    }
}

#[test]
fn they_take_no_bytes_and_patches_that_say_something_else_are_none() {
    assert!(encoded(&Events::<String>::new()).is_empty());
    assert_eq!(encoded(&(1u8, Events::<String>::new(), 2u8)), [1, 2]);
    let good: &[u8] = &[1, 1, b'x'];
    for (patch, is_good) in [
        (good, true),
        (&[0, 1, b'x'], false),
        (&[0], false),
        (&[1], false),
        (&[1, 2, b'x'], false),
        (&[2, 1, b'x'], false),
        (&[1, 1, 0xFF], false),
    ] {
        let mut typed = Typed::new(Events::<String>::new());
        let schema = table_of::<Events<String>>();
        let mut untyped = Untyped::from_bytes(vec![], schema).unwrap();
        let typed = commit::apply(&mut typed, patch, &mut UndoLog::default());
        let untyped = commit::apply(&mut untyped, patch, &mut UndoLog::default());
        assert_eq!([typed.is_ok(), untyped.is_ok()], [is_good; 2], "{patch:?}");
    }
}

#[test]
fn they_are_a_type_of_their_own() {
    let told = schema_of::<Screen>().to_string();
    for part in [
        "keys: Events<Key>",
        "units: Events<()>",
        "Option<Events<Vec<String>>>",
    ] {
        assert!(told.contains(part), "{told}");
    }
    assert_ne!(schema_of::<Events<u8>>(), schema_of::<Events<u16>>());
    assert_ne!(schema_of::<Events<u8>>(), schema_of::<u8>());
    let differences = schema_of::<(u8, Events<u8>)>().difference(&schema_of::<(u8, Events<u16>)>());
    let told: Vec<_> = differences.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].contains("u8") && told[0].contains("u16"),
        "{told:?}"
    );
    let value = Value::read(&schema_of::<Events<u8>>(), &mut Reader::of_own(&[])).unwrap();
    assert_eq!(value.to_string(), "()");
}

/// Refuses what is odd at times: in another process it may be another build of the type.
static IS_STRICT: AtomicBool = AtomicBool::new(false);

#[derive(Serialize, Clone, Debug, PartialEq)]
struct Even(u8);

impl<'de> Deserialize<'de> for Even {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = u8::deserialize(deserializer)?;
        if IS_STRICT.load(Ordering::Relaxed) && !number.is_multiple_of(2) {
            return Err(de::Error::custom("odd"));
        }
        Ok(Self(number))
    }
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Said {
    #[shared(atomic)]
    even: Even,
}

#[test]
fn what_only_its_type_refuses_is_missed_by_those_who_listen_and_does_no_harm() {
    let ipos = crate::Ipos::host().unwrap();
    let said = ipos.create("said", Events::<Said>::new()).unwrap();
    let heard = said.events(|said| said);
    for (number, is_heard) in [(2, true), (3, false), (4, true)] {
        said.update(|said| said.emit(Said { even: Even(number) }))
            .unwrap();
        IS_STRICT.store(true, Ordering::Relaxed);
        let event = heard.try_next();
        IS_STRICT.store(false, Ordering::Relaxed);
        assert_eq!(
            matches!(event, Some(Event::Emitted { event: Said { even: Even(n) }, .. }) if n == number),
            is_heard,
            "{event:?}"
        );
        assert_eq!(matches!(event, Some(Event::Missed { .. })), !is_heard);
        assert_eq!(heard.try_next(), None);
    }
}

#[test]
fn those_of_one_type_are_told_apart() {
    #[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
    struct Door {
        opened: Events<u8>,
    }
    #[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
    struct House {
        rings: Events<u8>,
        calls: Events<u8>,
        front: Door,
        back: Door,
        pair: (Events<u8>, Events<u8>),
    }
    let house = House::default();
    let House {
        rings,
        calls,
        front,
        back,
        pair,
    } = &house;
    let parts = [rings, calls, &front.opened, &back.opened, &pair.0, &pair.1];
    let ways = parts.map(|part| Parts::way(&house, part).unwrap());
    let expected: [&[u8]; 6] = [&[0], &[1], &[2, 0], &[3, 0], &[4, 0], &[4, 1]];
    assert_eq!(ways.each_ref().map(|way| &way[..]), expected);
}

#[test]
fn too_many_elements_without_bytes_are_not_said() {
    let ipos = crate::Ipos::host().unwrap();
    let units = ipos.create("units", Events::<Vec<()>>::new()).unwrap();
    for (count, is_said) in [(3, true), (70_000, false)] {
        let said = units.update(|units| units.emit(vec![(); count]));
        assert_eq!(said.is_ok(), is_said, "{count}: {said:?}");
    }
}
