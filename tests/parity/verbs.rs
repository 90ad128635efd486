//! The five verbs. What each is, is a script; that it holds for every kind of value, whoever
//! creates, whoever writes and whoever looks, is one check.

use std::process::Command;

use ipos_tests::{child, roles::parity::listed::NAMES};

use crate::cast::{Cast, Parts};

pub const CREATE: &[&str] = &["all missing", "creator create one", "all see one"];

pub const RESET: &[&str] = &[
    "creator create one",
    "all see one",
    // By creating again: the handles that are there follow.
    "writer create two",
    "all see two",
    "creator create one",
    "all see one",
    // By a handle.
    "writer set two",
    "all see two",
    "creator set one",
    "all see one",
];

pub const RESET_TO_ANOTHER_TYPE: &[&str] = &[
    "creator create one",
    "all see one",
    "writer create first Other",
    "all replaced one",
    "all see first Other",
    "writer update updated Other",
    "all see updated Other",
    // And back.
    "creator create two",
    "all replaced updated Other",
    "all see two",
    "all still one",
];

pub const UPDATE: &[&str] = &[
    "creator create first",
    "all see first",
    "writer update",
    "all see updated",
    "creator set first",
    "all see first",
    "creator update",
    "all see updated",
    "writer churn",
    "all see updated",
];

/// Whoever has not asked for the object knows its value by its bytes alone, and still follows.
pub const UPDATE_UNSEEN: &[&str] = &[
    "creator create first",
    "creator churn",
    "all see updated",
    "writer set first",
    "all see first",
];

pub const DELETE: &[&str] = &[
    "creator create one",
    "all see one",
    "writer delete",
    "all gone one",
    "all deleted",
    "writer create two",
    "all see two",
    "all still one",
    "creator delete",
    "all gone two",
    "all deleted",
];

/// What is done before another process joins; then that one has it without waiting.
pub const SYNCHRONISE: &[&str] = &["creator create one", "writer see one"];
pub const SYNCHRONISE_UPDATED: &[&str] = &[
    "creator create two",
    "writer see two",
    "creator churn",
    "writer churn",
];

/// Who creates, and who writes.
const PARTS: [(&str, &str); 6] = [
    ("parent", "parent"),
    ("parent", "child"),
    ("child", "parent"),
    ("child", "child"),
    ("child", "sibling"),
    ("sibling", "child"),
];

/// Both ways, so that each value is the old one and the new one.
const VALUES: [(&str, &str); 2] = [("first", "second"), ("second", "first")];

/// Plays a script with these kinds, in all ways, each under a key of its own.
pub fn check_kinds(cast: &mut Cast, kinds: &[String], script: &[&str]) {
    each(cast, kinds, |cast, parts| cast.play(script, parts));
}

fn each(cast: &mut Cast, kinds: &[String], mut play: impl FnMut(&mut Cast, Parts<'_>)) {
    assert!(!kinds.is_empty());
    for (pair, (creator, writer)) in PARTS.into_iter().enumerate() {
        if !cast.has(creator) || !cast.has(writer) {
            continue;
        }
        for (number, kind) in kinds.iter().enumerate() {
            // Values that are drawn matter less: one way for one writer, the other way for the next.
            let turn = NAMES.contains(&&**kind).then_some((number + pair) % 2);
            let is_next = |&(way, _): &(usize, _)| turn.is_none_or(|turn| way == turn);
            for (_, (one, two)) in VALUES.into_iter().enumerate().filter(is_next) {
                let key = format!("{kind}/{creator}/{writer}/{one}");
                play(
                    cast,
                    Parts {
                        key: &key,
                        kind,
                        creator,
                        writer,
                        one,
                        two,
                    },
                );
            }
        }
    }
}

/// Plays a script with every kind that the processes know.
fn check(mut cast: Cast, script: &[&str]) -> Cast {
    let mut kinds = cast.kinds();
    if script == RESET_TO_ANOTHER_TYPE {
        kinds.retain(|kind| kind != "Other");
    }
    check_kinds(&mut cast, &kinds, script);
    cast.must_agree_on_keys();
    cast
}

/// Lets a process join after scripts were played, and looks what it has then and there.
fn check_late(mut cast: Cast, role: Command) {
    let kinds = cast.kinds();
    each(&mut cast, &kinds, |cast, parts| {
        cast.play(SYNCHRONISE, parts);
        let key = format!("{}/updated", parts.key);
        cast.play(SYNCHRONISE_UPDATED, Parts { key: &key, ..parts });
    });
    cast.join("late", role);
    each(&mut cast, &kinds, |cast, parts| {
        cast.play(&["late has one"], parts);
        let key = format!("{}/updated", parts.key);
        cast.play(
            &["late has updated", "late set one", "all see one"],
            Parts { key: &key, ..parts },
        );
    });
}

#[test]
fn what_one_side_creates_every_other_has() {
    check(Cast::family(), CREATE);
}

#[test]
fn what_one_side_resets_every_other_has_anew() {
    check(Cast::family(), RESET);
}

#[test]
fn what_one_side_resets_to_another_type_every_other_has_by_that_type() {
    check(Cast::family(), RESET_TO_ANOTHER_TYPE);
}

#[test]
fn what_one_side_updates_is_updated_on_every_other() {
    check(Cast::family(), UPDATE);
}

#[test]
fn what_was_updated_before_anyone_asked_for_it_is_up_to_date() {
    check(Cast::family(), UPDATE_UNSEEN);
}

#[test]
fn what_one_side_deletes_is_gone_on_every_other() {
    let cast = check(Cast::family(), DELETE);
    assert_eq!(cast.ipos.keys(), [""; 0]);
}

#[test]
fn what_was_there_before_a_process_joined_it_has_when_it_has_joined() {
    check_late(Cast::family(), child!("parity/player"));
}

#[test]
fn a_host_passes_on_what_its_code_does_not_name() {
    for script in [CREATE, RESET, RESET_TO_ANOTHER_TYPE, UPDATE, UPDATE_UNSEEN] {
        let cast = check(Cast::strangers(), script);
        let keys = cast.ipos.keys();
        assert!(
            keys.iter().any(|key| key.starts_with("Letter-edited/")),
            "{keys:?}"
        );
        assert!(keys.iter().all(|key| cast.ipos.contains(key)));
    }
    assert_eq!(check(Cast::strangers(), DELETE).ipos.keys(), [""; 0]);
}

#[test]
fn a_host_gives_a_late_process_what_its_code_does_not_name() {
    check_late(Cast::strangers(), child!("parity/stranger"));
}
