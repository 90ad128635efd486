//! What a peer may send at the most, and that it costs no more than that.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{
    Events, Schema, Shared,
    core::{
        State, Typed, Untyped,
        commit::{self, Applied},
    },
    recorder::UndoLog,
    schema::{
        Leaf, Shape,
        tests::{at, list, table, tuple},
    },
    wire::{DEPTH_LIMIT, Problem, ZERO_SIZED_LIMIT},
};

/// A struct that nests in itself in each of the ways that there are.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Node {
    children: Vec<Node>,
    next: Option<Box<Node>>,
    named: std::collections::BTreeMap<u8, Node>,
    pair: Option<(u8, Box<Node>)>,
}

/// A `Node` in a `Node` and so on, each put in by `put`.
fn nested(levels: usize, put: fn(Node) -> Node) -> Node {
    (0..levels).fold(Node::default(), |inner, _| put(inner))
}

/// How values and patches nest: what puts a node into another, and a patch that reaches into it.
type Way = (&'static str, fn(Node) -> Node, fn(NodePatch) -> NodePatch);

const WAYS: [Way; 4] = [
    (
        "a list",
        |node| Node {
            children: vec![node],
            ..Node::default()
        },
        |patch| NodePatch::Children(crate::ListPatch::At(0, Box::new(patch))),
    ),
    (
        "an option",
        |node| Node {
            next: Some(Box::new(node)),
            ..Node::default()
        },
        |patch| NodePatch::Next(crate::OptionPatch::Some(Box::new(patch))),
    ),
    (
        "a map",
        |node| Node {
            named: [(1, node)].into(),
            ..Node::default()
        },
        |patch| NodePatch::Named(crate::MapPatch::At(1, Box::new(patch))),
    ),
    (
        "a tuple",
        |node| Node {
            pair: Some((1, Box::new(node))),
            ..Node::default()
        },
        |patch| {
            let second = crate::Tuple2Patch::F1(Box::new(patch));
            NodePatch::Pair(crate::OptionPatch::Some(second))
        },
    ),
];

/// Patches that put a node in, each way.
fn puts(node: &Node) -> Vec<NodePatch> {
    use crate::{ListPatch::*, MapPatch, OptionPatch};
    let boxed = || Box::new(node.clone());
    vec![
        NodePatch::Children(Set(vec![node.clone()])),
        NodePatch::Children(Push(0, node.clone())),
        NodePatch::Children(Insert(0, node.clone())),
        NodePatch::Children(Splice {
            at: 0,
            removed: 0,
            inserted: vec![node.clone()],
        }),
        NodePatch::Next(OptionPatch::Set(Some(boxed()))),
        NodePatch::Named(MapPatch::Set(vec![(1, node.clone())])),
        NodePatch::Named(MapPatch::Insert(1, node.clone())),
        NodePatch::Pair(OptionPatch::Set(Some((1, boxed())))),
    ]
}

fn encoded(state: &dyn State) -> Vec<u8> {
    let mut bytes = Vec::new();
    state.encode(&mut bytes);
    bytes
}

fn schema<T: Shared>() -> Arc<Schema> {
    Arc::new(crate::schema_of::<T>())
}

#[test]
fn values_nest_to_one_limit_with_and_without_their_type() {
    for (way, put, _) in WAYS {
        let read = |levels| {
            let bytes = encoded(&Typed::new(nested(levels, put)));
            let typed = Typed::<Node>::from_bytes(&bytes, schema::<Node>()).map(drop);
            let untyped = Untyped::from_bytes(bytes.clone(), schema::<Node>()).map(drop);
            assert_eq!(typed, untyped, "{levels} levels in {way}");
            typed.map_err(|error| error.problem)
        };
        let beyond = 0..2 * DEPTH_LIMIT as usize;
        let limit = beyond.take_while(|&levels| read(levels).is_ok()).count();
        assert!(limit > 30, "{limit} levels of {way} are few");
        assert!(
            limit <= DEPTH_LIMIT as usize,
            "{limit} levels of {way} are more than the limit"
        );
        assert_eq!(read(limit), Err(Problem::TooDeep), "{way}");
    }
}

#[test]
fn what_a_patch_makes_nests_no_deeper_than_what_can_be_read() {
    for (way, put, inside) in WAYS {
        for levels in 30..DEPTH_LIMIT as usize + 2 {
            let outer = nested(levels, put);
            let mut refused = 0;
            for patch in puts(&Node::default()) {
                let patch = (0..levels).fold(patch, |patch, _| inside(patch));
                let bytes = postcard::to_stdvec(&patch).unwrap();
                let mut typed = Typed::new(outer.clone());
                let applied = commit::apply(&mut typed, &bytes, &mut UndoLog::default());
                refused += usize::from(applied.is_err());
                let readable = Typed::<Node>::from_bytes(&encoded(&typed), schema::<Node>());
                if applied.is_ok() {
                    readable.unwrap_or_else(|error| panic!("{levels} in {way}: {error}"));
                }
                let Ok(mut untyped) =
                    Untyped::from_bytes(encoded(&Typed::new(outer.clone())), schema::<Node>())
                else {
                    continue;
                };
                let alike = commit::apply(&mut untyped, &bytes, &mut UndoLog::default());
                assert_eq!(
                    applied.is_ok(),
                    alike.is_ok(),
                    "{levels} in {way}: {patch:?}"
                );
                let mut reader = crate::wire::Reader::new(&bytes);
                let skipped = typed.schema().skip_patch(&mut reader);
                assert_eq!(
                    applied.is_ok(),
                    skipped.is_ok(),
                    "{levels} in {way}: {patch:?}"
                );
            }
            assert!(levels <= DEPTH_LIMIT as usize || refused == puts(&Node::default()).len());
        }
    }
}

#[test]
fn what_this_process_wrote_is_undone_however_deep_it_is() {
    for (way, put, _) in WAYS {
        let deep = nested(400, put);
        let mut state = Typed::new(Node::default());
        let mut recorder = crate::recorder::Recorder::default();
        let cursor = crate::cursor::Cursor::new(&mut state.value, &mut recorder);
        Node::writer(cursor).set(deep.clone());
        let cursor = crate::cursor::Cursor::new(&mut state.value, &mut recorder);
        Node::writer(cursor).set(Node::default());
        commit::undo(&mut state, recorder.undo());
        assert_eq!(state.value, Node::default(), "{way}");
    }
}

#[test]
fn what_this_process_wrote_is_undone_however_many_units_it_has() {
    let mut state = Typed::new(vec![(); 2 * ZERO_SIZED_LIMIT]);
    let mut recorder = crate::recorder::Recorder::default();
    let cursor = crate::cursor::Cursor::new(&mut state.value, &mut recorder);
    Vec::<()>::writer(cursor).clear();
    commit::undo(&mut state, recorder.undo());
    assert_eq!(state.value.len(), 2 * ZERO_SIZED_LIMIT);
}

#[test]
fn a_commit_that_is_taken_back_may_undo_what_no_one_message_can_hold() {
    for untyped in [false, true] {
        let units = encoded(&Typed::new(vec![(); ZERO_SIZED_LIMIT]));
        let schema = schema::<Vec<()>>();
        let mut state: Box<dyn State> = if untyped {
            Box::new(Untyped::from_bytes(units, schema).unwrap())
        } else {
            Box::new(Typed::<Vec<()>>::from_bytes(&units, schema).unwrap())
        };
        let push = |at: usize| crate::ListPatch::Push(ZERO_SIZED_LIMIT + at, ());
        let pushes: Vec<u8> = (0..1000)
            .flat_map(|at| postcard::to_stdvec(&push(at)).unwrap())
            .collect();
        let applied = commit::apply(&mut *state, &pushes, &mut UndoLog::default());
        assert_eq!(applied, Ok(Applied::Whole));
        let before = encoded(&*state);
        // Emptied, and then a patch that is none.
        commit::apply(&mut *state, &[0, 0, 99], &mut UndoLog::default()).unwrap_err();
        assert_eq!(encoded(&*state), before);
    }
}

#[test]
fn a_patch_that_has_lost_its_target_is_counted_once() {
    let units = vec![(); ZERO_SIZED_LIMIT - 1];
    let patch = crate::ListPatch::Insert(1, units);
    let bytes = postcard::to_stdvec(&patch).unwrap();
    let mut state = Typed::new(Vec::<Vec<()>>::new());
    let applied = commit::apply(&mut state, &bytes, &mut UndoLog::default());
    assert_eq!(applied, Ok(Applied::Rest(vec![])));
}

#[test]
fn few_bytes_do_not_make_many_values() {
    let unit = || Shape::Leaf(Leaf::Unit);
    let (wide, bool_and_wide) = (vec![2; 60_000], [&[3][..], &vec![2; 60_000]].concat());
    let boolean = || Shape::Leaf(Leaf::Bool);
    let cases = [
        ("units", table(vec![list(1), tuple(&wide), unit()]), 0),
        (
            "empty tuples",
            table(vec![list(1), tuple(&wide), tuple(&[])]),
            0,
        ),
        (
            "units beside a bool",
            table(vec![list(1), tuple(&bool_and_wide), unit(), boolean()]),
            1,
        ),
        (
            "events",
            table(vec![list(1), tuple(&wide), Shape::Events(at(1))]),
            0,
        ),
        (
            "options that are none",
            table(vec![list(1), Shape::Option(at(0))]),
            1,
        ),
    ];
    for (what, schema, bytes_each) in cases {
        assert!(schema.is_sound(), "{what}");
        let elements = 50_000;
        let mut bytes = postcard::to_stdvec(&elements).unwrap();
        bytes.resize(bytes.len() + elements * bytes_each, 0);
        let schema = Arc::new(schema);
        match (what, Untyped::from_bytes(bytes.clone(), schema.clone())) {
            ("options that are none", Ok(_)) => {}
            (_, Err(error)) => assert_eq!(error.problem, Problem::TooManyEmpty, "{what}"),
            (_, Ok(_)) => panic!("{elements} times {what} were made of {} bytes", bytes.len()),
        }
        let set = [&[0], &bytes[..]].concat();
        let skipped = schema.skip_patch(&mut crate::wire::Reader::new(&set));
        assert_eq!(
            skipped.is_ok(),
            bytes_each == 1 && what.starts_with("options"),
            "{what}"
        );
    }
}

#[test]
fn places_of_events_are_counted_with_and_without_their_type() {
    let bytes = postcard::to_stdvec(&u64::MAX).unwrap();
    let schema = schema::<Vec<Events<u8>>>();
    let typed = Typed::<Vec<Events<u8>>>::from_bytes(&bytes, schema.clone());
    let untyped = Untyped::from_bytes(bytes.clone(), schema);
    assert_eq!(typed.unwrap_err().problem, Problem::TooManyEmpty);
    assert_eq!(untyped.unwrap_err().problem, Problem::TooManyEmpty);
}

#[test]
fn structs_in_structs_in_options_do_not_exhaust_the_stack() {
    // Each level is an option and a hundred tuples around the next option.
    let mut types: Vec<Shape> = (0..100).map(|n| tuple(&[n + 1])).collect();
    types.push(Shape::Option(at(0)));
    let schema = Arc::new(table(types));
    assert!(schema.is_sound());
    let bytes = vec![1; 4096];
    let error = Untyped::from_bytes(bytes.clone(), schema.clone()).unwrap_err();
    assert_eq!(error.problem, Problem::TooDeep);
    // A patch takes the same way.
    let path = [&[0; 100][..], &[1]].concat().repeat(4096);
    let mut state = Untyped::from_bytes(vec![0], schema.clone()).unwrap();
    commit::apply(&mut state, &path, &mut UndoLog::default()).unwrap_err();
    let error = schema
        .skip_patch(&mut crate::wire::Reader::new(&path))
        .unwrap_err();
    assert_eq!(error.problem, Problem::TooDeep);
}
