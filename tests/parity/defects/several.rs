//! One instance per process: here there are as many as wanted.

use ipos_tests::child;

use crate::cast::{Cast, Parts};

#[test]
fn defect_7_a_process_hosts_several_sessions() {
    // The same key, with a type of its own in each.
    let parts = ["u8", "String", "Board"].map(|kind| Parts::of("same", kind));
    let [mut first, mut second, mut third] = parts.map(|parts| {
        let mut cast = Cast::family();
        cast.play(&["parent create one", "all see one"], parts);
        cast
    });
    first.play(&["child update", "all see updated"], parts[0]);
    second.play(&["child delete", "all gone one"], parts[1]);
    third.play(&["child set two", "all see two"], parts[2]);
    first.play(&["all see updated"], parts[0]);
    drop(first);
    second.play(
        &["all deleted", "parent create one", "all see one"],
        parts[1],
    );
    third.play(&["all see two", "sibling set one", "all see one"], parts[2]);
}

#[test]
fn defect_7_a_process_is_host_and_member_at_once() {
    let mut cast = Cast::family();
    cast.play(
        &["parent create one", "all see one"],
        Parts::of("same", "u8"),
    );
    cast.join("relay", child!("parity/relay"));
    let mut relay = |lines: &[&str]| {
        let mut seq = String::new();
        for line in lines {
            let answer = cast.ask("relay", &line.replace("SEQ", &seq));
            assert!(!answer.starts_with("error"), "{line}: {answer}");
            if answer != "ok" {
                seq = answer;
            }
        }
    };
    relay(&[
        "has same u8 first",
        "inner missing same u8",
        "below missing same u8",
        "below create same Team second",
        "inner see same Team second SEQ",
        "inner set same Team first",
        "inner update same Team",
        "below see same Team updated SEQ",
        "has same u8 first",
        "delete same u8",
        "inner has same Team updated",
        "below has same Team updated",
    ]);
    cast.play(&["all gone one"], Parts::of("same", "u8"));
}
