//! What happens at an `Events` has a place like any change, and takes no other's.

use serde::{Deserialize, Serialize};

use super::{Change, Work, crossed, recorded};
use crate::{
    Events, Shared,
    core::transform::{Commit, split_events},
    patch::Patch,
    schema::schema_of,
    wire::Reader,
};

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Bell {
    name: String,
    rings: Events<u8>,
}

type Bells = (Vec<Bell>, Events<String>);

fn bells() -> Bells {
    let bell = |name: &str| Bell {
        name: name.into(),
        rings: Events::new(),
    };
    (vec![bell("a"), bell("b"), bell("c")], Events::new())
}

/// The patches as people read them.
fn told(mut patches: &[u8]) -> Vec<String> {
    let mut told = Vec::new();
    while !patches.is_empty() {
        let mut reader = Reader::of_own(patches);
        let patch = <Bells as Shared>::Patch::decode(&mut reader).unwrap();
        let mut bytes = Vec::new();
        patch.encode(&mut bytes);
        patches = &patches[bytes.len()..];
        told.push(format!("{patch:?}"));
    }
    told
}

/// A name, what is ordered first, what happens on the same state, and what is left of that.
struct Case(
    &'static str,
    Change<Bells>,
    Change<Bells>,
    &'static [&'static str],
);

const RING: Change<Bells> = |w| w._0_mut().at(1).rings_mut().emit(7);

const CASES: &[Case] = &[
    Case("nothing", |_| {}, RING, &["F0(At(1, Rings(Emit(7))))"]),
    Case(
        "an insertion before the element",
        |w| w._0_mut().insert(0, Bell::default()),
        RING,
        &["F0(At(2, Rings(Emit(7))))"],
    ),
    Case(
        "a removal before the element",
        |w| drop(w._0_mut().remove(0)),
        RING,
        &["F0(At(0, Rings(Emit(7))))"],
    ),
    Case(
        "a removal of the element",
        |w| drop(w._0_mut().remove(1)),
        RING,
        &[],
    ),
    Case(
        "a new order",
        |w| w._0_mut().reverse(),
        RING,
        &["F0(At(1, Rings(Emit(7))))"],
    ),
    Case("another list", |w| w.set_0(vec![]), RING, &[]),
    Case(
        "a change of the element",
        |w| w._0_mut().at(1).set_name("d"),
        RING,
        &["F0(At(1, Rings(Emit(7))))"],
    ),
    Case(
        "another event there",
        RING,
        RING,
        &["F0(At(1, Rings(Emit(7))))"],
    ),
    Case(
        "events and changes in one commit",
        |w| w._0_mut().insert(1, Bell::default()),
        |w| {
            w._1_mut().emit("first");
            w._0_mut().at(1).set_name("d");
            w._0_mut().at(1).rings_mut().emit(1);
            w._1_mut().emit("last");
        },
        &[
            r#"F1(Emit("first"))"#,
            r#"F0(At(2, Name(Set("d"))))"#,
            "F0(At(2, Rings(Emit(1))))",
            r#"F1(Emit("last"))"#,
        ],
    ),
];

#[test]
fn what_happens_goes_with_what_it_happens_to() {
    for Case(name, first, later, left) in CASES {
        let start = bells();
        let (first, later) = (recorded(&start, first), recorded(&start, later));
        let [over, under] = crossed::<Bells>(&later, &first);
        assert_eq!(told(&over), *left, "{name}");
        assert_eq!(told(&under), told(&first), "{name}: what was first stays");
    }
}

#[test]
fn two_events_at_one_place_are_apart_and_an_event_is_not_lost_unless_its_place_is() {
    let schema = schema_of::<Bells>();
    for Case(name, first, later, left) in CASES {
        let start = bells();
        let (first, later) = (recorded(&start, first), recorded(&start, later));
        let parse = |patches| Commit::parse(&schema, patches).unwrap();
        let are_same = !first.is_empty() && first == later;
        assert!(
            !are_same || parse(&first).is_apart_from(&parse(&later)),
            "{name}"
        );
        let (over, under) = parse(&later).cross(parse(&first), &mut Work::new());
        assert_eq!(over.has_lost(), left.is_empty(), "{name}");
        assert!(!under.has_lost(), "{name}");
    }
}

#[test]
fn events_and_what_stays_are_told_apart() {
    let start = bells();
    let patches = recorded(&start, |w| {
        w._1_mut().emit("x");
        w._0_mut().at(1).set_name("d");
        RING(w);
    });
    let (events, others) = split_events(&schema_of::<Bells>(), &patches);
    assert_eq!(
        told(&events),
        [r#"F1(Emit("x"))"#, "F0(At(1, Rings(Emit(7))))"]
    );
    assert_eq!(told(&others), [r#"F0(At(1, Name(Set("d"))))"#]);
}
