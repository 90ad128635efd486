//! `EventTarget` and `dispatchEvent`: what a process emits reaches the other side, and every other one, once.

use ipos::{Ipos, Process};
use ipos_tests::{
    PATIENCE, child,
    roles::life::bells::{Bells, Ringer},
    talk::Talk,
};

/// A child, who listens from now on.
fn listener(ipos: &Ipos) -> (Process, Talk) {
    let process = ipos.spawn(child!("life/bells")).unwrap();
    let mut talk = Talk::with(&process);
    talk.order("get");
    (process, talk)
}

/// Asserts what a child has heard, as who has emitted it.
#[track_caller]
fn check(talk: &mut Talk, expected: &[&str]) {
    let heard = talk.ask("heard");
    assert_eq!(talk.hear().as_deref(), Some("ok"), "{heard}");
    check_heard(&heard, expected);
}

#[track_caller]
fn check_heard(heard: &str, expected: &[&str]) {
    let rings = heard.split_terminator(',');
    // What is told first is the place in the order.
    let rings: Vec<_> = rings.map(|ring| ring.split_once(':').unwrap().1).collect();
    assert_eq!(rings, expected);
}

#[test]
fn what_any_side_emits_reaches_every_other_once_and_is_in_no_snapshot() {
    let ipos = Ipos::builder().sync_timeout(PATIENCE).host().unwrap();
    let bells = ipos.create("bells", Bells::default()).unwrap();
    let mut parent = Ringer::new(bells.clone());
    let [mut child, mut sibling] = [listener(&ipos), listener(&ipos)];
    let mut late: Option<(Process, Talk)> = None;
    for (author, expected) in [
        ("parent", "peer 0:7:1"),
        ("child", "peer 1:7:1"),
        ("sibling", "peer 2:7:1"),
        ("parent", "peer 0:7:1"),
    ] {
        match author {
            "child" => child.1.order("ring 7 1"),
            "sibling" => sibling.1.order("ring 7 1"),
            _ => parent.ring(7, 1).unwrap(),
        }
        ipos.barrier(PATIENCE).unwrap();
        check_heard(&parent.heard(), &[expected]);
        for (_, talk) in [&mut child, &mut sibling].into_iter().chain(&mut late) {
            check(talk, &[expected]);
        }
        // Who comes now has heard nothing, and hears what comes next.
        late = Some(listener(&ipos));
        check(&mut late.as_mut().unwrap().1, &[]);
    }
    assert_eq!(
        ipos.value("bells").unwrap().to_string(),
        "Bells { rings: (), noted: [], count: 4 }"
    );
}
