//! The defects of the Node package, each with the behaviour that IPOS has in its place.

mod code;
mod several;
mod unsynchronised;

use std::{collections::BTreeMap, thread};

use ipos::SharedHandle;
use ipos_tests::{child, roles::parity::race};

use crate::{
    cast::{Cast, Parts},
    verbs::{CREATE, DELETE, RESET, UPDATE, check_kinds},
};

/// Plays scripts with the kinds of these names.
fn check(kinds: &[&str], scripts: &[&[&str]]) {
    let kinds: Vec<_> = kinds.iter().map(|&kind| kind.to_owned()).collect();
    for script in scripts {
        check_kinds(&mut Cast::family(), &kinds, script);
    }
}

#[test]
fn defect_1_a_childs_write_reaches_its_siblings() {
    let script = [
        "child create first",
        "sibling see first",
        "child update",
        "sibling see updated",
        "child set second",
        "sibling see second",
        "sibling set first",
        "child see first",
        "child delete",
        "sibling gone first",
    ];
    Cast::family().play(&script, Parts::of("board", "Board"));
}

#[test]
fn defect_2_zero_nothing_and_false_arrive() {
    let kinds = [
        "u32-to-0",
        "u32-from-0",
        "i64-to-0",
        "f64-below-0",
        "bool",
        "bool-from-false",
        "char",
        "unit",
        "String",
        "String-to-nothing",
        "String-from-nothing",
        "Vec<u8>-to-nothing",
        "Vec<u8>-from-nothing",
        "Option<u8>",
        "Falsy",
        "Falsy-to-truthy",
        "Vec<Falsy>",
    ];
    check(&kinds, &[CREATE, RESET, UPDATE, DELETE]);
}

#[test]
fn defect_3_a_change_to_something_nested_is_noticed() {
    let kinds = [
        "Vec<Vec<Vec<u32>>>",
        "BTreeMap<Option<u8>,BTreeMap<u8,Vec<u8>>>",
        "Box<Vec<Box<String>>>",
        "((i8,(char,)),Option<(u8,u8)>)",
        "Vec<Option<HashMap<String,Vec<u8>>>>",
        "Vec<(Task,BTreeSet<u8>)>",
        "Board",
        "Team",
        "Team-in-a-map",
    ];
    check(&kinds, &[UPDATE]);
}

#[test]
fn defect_4_concurrent_writers_end_with_the_same_state() {
    const LAPS: u32 = 300;
    let mut cast = Cast::empty();
    let track: SharedHandle<race::Track> = cast
        .ipos
        .create(race::TRACK, race::Track::default())
        .unwrap();
    for name in ["child", "sibling"] {
        cast.join(name, child!("parity/racer", name));
    }

    let seqs = thread::scope(|scope| {
        let here = scope.spawn(|| race::run(&track, "parent", LAPS).unwrap().to_string());
        let mut seqs = cast.ask_all(&format!("run {LAPS}"));
        seqs.push(here.join().unwrap());
        seqs
    });
    let last = seqs
        .iter()
        .map(|seq| seq.parse::<u64>().expect(seq))
        .max()
        .unwrap();

    let state = race::state(&track, last).unwrap();
    for there in cast.ask_all(&format!("state {last}")) {
        assert_eq!(there, format!("{state:?}"));
    }
    // Nothing is lost, and each writer's commits stand in the order in which it made them.
    let mut laps = BTreeMap::<&str, Vec<u32>>::new();
    for (name, lap) in &state.laps {
        laps.entry(name).or_default().push(*lap);
    }
    let all: Vec<u32> = (1..=LAPS).collect();
    let names = ["child", "parent", "sibling"];
    assert_eq!(laps, names.map(|name| (name, all.clone())).into());
    assert_eq!(state.own, names.map(|name| (name.to_owned(), LAPS)).into());
    assert_eq!(state.laps.last(), Some(&state.last));
    assert_eq!(state.total, 3 * LAPS);
}

#[test]
fn defect_8_every_side_hears_of_a_change_and_what_it_was() {
    let script = [
        "creator create first",
        "all see first",
        "all listen",
        "writer update",
        "all hear updated",
        "creator set two",
        "all hear two",
        "writer set one",
        "all hear one",
    ];
    let kinds = Cast::family().kinds();
    check_kinds(&mut Cast::family(), &kinds, &script);
}

#[test]
fn defect_9_a_map_arrives_with_the_keys_that_it_has() {
    let kinds = [
        "HashMap<u32,String>",
        "HashMap<(i8,char),bool>",
        "HashMap<Spot,Task>",
        "HashMap<bool,unit>",
        "BTreeMap<i64,f64>",
        "BTreeMap<Vec<u8>,Option<u8>>",
        "BTreeMap<Option<u8>,BTreeMap<u8,Vec<u8>>>",
        "HashSet<(u8,u8)>",
        "BTreeSet<Spot>",
    ];
    check(&kinds, &[CREATE, RESET, UPDATE]);
}
