//! Events and subscriptions to parts, in one process.

use std::panic::{AssertUnwindSafe, catch_unwind};

use ipos::{Change, Error, Event, Events, Ipos, Origin, Shared, SharedHandle, Subscription};
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Nest(Vec<Nest>);

#[test]
fn what_nests_too_deep_for_others_to_read_is_not_emitted() {
    let nest = |depth| (1..depth).fold(Nest(vec![]), |inner, _| Nest(vec![inner]));
    let ipos = Ipos::host().unwrap();
    let nests = ipos.create("nests", Events::<Nest>::new()).unwrap();
    let heard = nests.events(|nests| nests);
    // Each is a struct around a list, and the emission is a level itself.
    for (depth, is_told) in [(63, true), (64, false), (70, false)] {
        let emitted = nests.update(|nests| nests.emit(nest(depth)));
        assert_eq!(emitted.is_ok(), is_told, "{depth}: {emitted:?}");
        assert_eq!(heard.try_next().is_some(), is_told, "{depth}");
    }
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
struct Screen {
    title: String,
    keys: Events<u32>,
    lights: (Events<u32>, Box<Corner>),
    corner: Corner,
    last: Option<u32>,
    #[shared(atomic)]
    plain: Vec<u8>,
    rows: Vec<u32>,
    #[shared(host_only)]
    alarms: Events<String>,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
struct Corner {
    x: u32,
    y: u32,
}

#[test]
fn what_is_rolled_back_has_not_happened() {
    let ipos = Ipos::host().unwrap();
    let screen = ipos.create("screen", Screen::default()).unwrap();
    let (keys, all) = (screen.events(|screen| &screen.keys), screen.subscribe());
    let failed: Result<(), String> = screen
        .try_update(|screen| {
            screen.keys_mut().emit(1);
            Err("no".to_owned().into())
        })
        .map_err(|error: Failed| error.0);
    assert_eq!(failed, Err("no".to_owned()));
    let mut guard = screen.write().unwrap();
    guard.keys_mut().emit(1);
    guard.rollback();
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        screen.update(|screen| -> () {
            screen.keys_mut().emit(1);
            panic!("in the middle")
        })
    }));
    assert!(panicked.is_err());
    assert!(keys.try_next().is_none() && all.try_next().is_none());
    let odd = |_: &(u8, Events<u8>), after: &(u8, Events<u8>), _: &Origin| match after.0 % 2 {
        0 => Ok(()),
        _ => Err("odd".to_owned()),
    };
    let judged = ipos.create_with("judged", (0, Events::new()), odd).unwrap();
    let heard = judged.events(|judged| &judged.1);
    for (number, is_told) in [(1, false), (2, true), (3, false)] {
        let updated = judged.update(|judged| {
            judged._1_mut().emit(number);
            judged.set_0(number);
        });
        assert_eq!(updated.is_ok(), is_told);
        assert_eq!(heard.try_next().is_some(), is_told);
    }
}

/// An error of a user's.
#[derive(Debug)]
struct Failed(String);

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self(error.to_string())
    }
}

impl From<String> for Failed {
    fn from(why: String) -> Self {
        Self(why)
    }
}

#[test]
fn who_does_not_read_in_time_hears_that_something_was_missed() {
    let ipos = Ipos::host().unwrap();
    let ticks = ipos.create("ticks", Events::<u32>::new()).unwrap();
    let (late, other) = (ticks.events(|ticks| ticks), ticks.events(|ticks| ticks));
    for tick in 0..1030 {
        ticks.update(|ticks| ticks.emit(tick)).unwrap();
        assert!(matches!(other.try_next(), Some(Event::Emitted { event, .. }) if event == tick));
    }
    let heard: Vec<_> = std::iter::from_fn(|| late.try_next()).collect();
    assert_eq!(heard.len(), 1025);
    for (at, event) in heard.iter().enumerate() {
        match event {
            Event::Emitted { event, .. } => assert_eq!(*event as usize, at),
            Event::Missed { seq } => assert_eq!((at, *seq), (1024, ticks.seq())),
        }
    }
    ticks.update(|ticks| ticks.emit(7)).unwrap();
    assert!(matches!(
        late.try_next(),
        Some(Event::Emitted { event: 7, .. })
    ));
}

/// The patches that were heard, as people read them.
fn heard<T: Shared>(changes: &Subscription<Change<T>>) -> Vec<String> {
    let changes = std::iter::from_fn(|| changes.try_next());
    let told = changes.map(|change| match change {
        Change::Patched { patches, .. } => format!("{patches:?}"),
        other => format!("{other:?}"),
    });
    told.collect()
}

#[test]
fn who_listens_to_a_part_hears_of_that_alone() {
    let ipos = Ipos::host().unwrap();
    let screen = ipos.create("screen", Screen::default()).unwrap();
    let title = screen.subscribe_to(|screen| &screen.title);
    let keys = screen.subscribe_to(|screen| &screen.keys);
    let inner = screen.subscribe_to(|screen| &screen.lights.1);
    let unboxed = screen.subscribe_to(|screen| &*screen.lights.1);
    let lights = screen.subscribe_to(|screen| &screen.lights);
    let x = screen.subscribe_to(|screen| &screen.corner.x);
    let last = screen.subscribe_to(|screen| &screen.last);
    let plain = screen.subscribe_to(|screen| &screen.rows);
    let all = screen.subscribe_to(|screen| screen);
    type Edit = fn(&mut <Screen as Shared>::Mut<'_>);
    /// What is done, and what is heard of each part.
    const CASES: &[(Edit, [&str; 8])] = &[
        (
            |w| w.set_title("t"),
            [r#"[Set("t")]"#, "", "", "", "", "", "", ""],
        ),
        (
            |w| w.keys_mut().emit(7),
            ["", "[Emit(7)]", "", "", "", "", "", ""],
        ),
        (
            |w| w.lights_mut()._1_mut().set_x(5),
            [
                "",
                "",
                "[X(Set(5))]",
                "[X(Set(5))]",
                "[F1(X(Set(5)))]",
                "",
                "",
                "",
            ],
        ),
        (
            |w| w.lights_mut()._0_mut().emit(1),
            ["", "", "", "", "[F0(Emit(1))]", "", "", ""],
        ),
        (
            |w| w.set_corner(Corner { x: 1, y: 2 }),
            ["", "", "", "", "", "[Set(1)]", "", ""],
        ),
        (
            |w| w.corner_mut().set_y(3),
            ["", "", "", "", "", "", "", ""],
        ),
        (
            |w| w.set_last(Some(1)),
            ["", "", "", "", "", "", "[Set(Some(1))]", ""],
        ),
        (|w| w.set_plain(vec![1]), ["", "", "", "", "", "", "", ""]),
        (
            |w| w.rows_mut().extend([1, 2]),
            ["", "", "", "", "", "", "", "[Extend(0, [1, 2])]"],
        ),
    ];
    for (edit, expected) in CASES {
        screen.update(edit).unwrap();
        let told = [
            heard(&title),
            heard(&keys),
            heard(&inner),
            heard(&unboxed),
            heard(&lights),
            heard(&x),
            heard(&last),
            heard(&plain),
        ];
        let told = told.map(|told| told.join(" "));
        assert_eq!(told, *expected);
        assert_eq!(heard(&all).len(), 1, "the whole hears of everything");
    }
    assert_eq!((title.snapshot(), x.snapshot()), ("t".to_owned(), 1));
}

#[test]
fn what_comes_and_goes_or_is_replaced_with_what_it_is_in_is_no_part() {
    /// What is asked for.
    type Ask = fn(&SharedHandle<Screen>);
    const ASKS: &[Ask] = &[
        |screen| drop(screen.subscribe_to(|screen| &screen.rows[0])),
        |screen| drop(screen.subscribe_to(|screen| screen.last.as_ref().unwrap())),
        |screen| drop(screen.subscribe_to(|screen| &screen.plain)),
        |screen| drop(screen.subscribe_to(|screen| &screen.plain[0])),
        |screen| drop(screen.subscribe_to(|_| &7_u32)),
        |screen| drop(screen.events(|_| const { &Events::<u32>::new() })),
    ];
    let ipos = Ipos::host().unwrap();
    let first = Screen {
        last: Some(1),
        rows: vec![1],
        plain: vec![1],
        ..Screen::default()
    };
    let screen = ipos.create("screen", first).unwrap();
    for (number, ask) in ASKS.iter().enumerate() {
        let asked = catch_unwind(AssertUnwindSafe(|| ask(&screen)));
        let why = asked.expect_err("it is no part");
        let why = why.downcast_ref::<String>().unwrap();
        assert!(why.contains("is not a field of it"), "{number}: {why}");
    }
    // The object is as usable as before.
    screen.update(|screen| screen.set_title("t")).unwrap();
}

#[test]
fn the_host_emits_what_is_for_it_alone() {
    let ipos = Ipos::host().unwrap();
    let screen = ipos.create("screen", Screen::default()).unwrap();
    let alarms = screen.events(|screen| &screen.alarms);
    screen
        .update(|screen| screen.alarms_mut().emit("fire"))
        .unwrap();
    let Some(Event::Emitted { seq, origin, event }) = alarms.try_next() else {
        panic!("it was just emitted")
    };
    assert_eq!((seq, &*event), (screen.seq(), "fire"));
    assert!(origin.is_local() && origin.pid() == Some(std::process::id()));
}
