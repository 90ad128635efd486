#![cfg(not(loom))]

use std::time::{Duration, Instant};

use super::{Patience, Signs, Verdict};
use crate::core::PeerId;

const PEER: PeerId = PeerId(1);

fn signs(messages: u64) -> Signs {
    Signs {
        messages,
        ..Signs::default()
    }
}

fn sent(written: u64) -> Signs {
    Signs {
        written: Some(written),
        ..Signs::default()
    }
}

fn waits() -> Signs {
    Signs {
        waits: true,
        ..Signs::default()
    }
}

/// What becomes of a peer that gives these signs at these milliseconds, with a limit of 800.
fn check(name: &str, looks: &[(u64, Signs)], expected: &[Verdict]) {
    let start = Instant::now();
    let mut patience = Patience::new(Duration::from_millis(800), start);
    let verdicts: Vec<Verdict> = looks
        .iter()
        .map(|&(at, signs)| {
            patience.look(start + Duration::from_millis(at));
            patience.judge(PEER, signs)
        })
        .collect();
    assert_eq!(verdicts, expected, "{name}");
}

#[test]
fn a_silent_peer_is_asked_once_and_given_up() {
    use Verdict::{Ask, GiveUp, Wait};
    let every = |signs: [Signs; 9]| -> Vec<(u64, Signs)> {
        (1..).map(|look| look * 100).zip(signs).collect()
    };
    check(
        "it says nothing",
        &every([signs(5); 9]),
        &[Wait, Wait, Wait, Wait, Ask, Wait, Wait, Wait, GiveUp],
    );
    check(
        "it answers",
        &every([5, 5, 5, 5, 5, 6, 6, 6, 6].map(signs)),
        &[Wait, Wait, Wait, Wait, Ask, Wait, Wait, Wait, Wait],
    );
    check(
        "it takes what is queued",
        &every([1, 2, 3, 4, 5, 6, 7, 8, 9].map(sent)),
        &[Wait; 9],
    );
    check(
        "it takes nothing of what is queued",
        &every([sent(7); 9]),
        &[Wait, Wait, Wait, Wait, Ask, Wait, Wait, Wait, GiveUp],
    );
    check(
        "it waits for this process",
        &every([waits(); 9]),
        &[Wait; 9],
    );
}

#[test]
fn a_peer_that_was_not_there_is_silent_anew() {
    let start = Instant::now();
    let mut patience = Patience::new(Duration::from_millis(800), start);
    for at in [100, 400, 700, 1000] {
        patience.look(start + Duration::from_millis(at));
        let is_there = at == 100 || at == 1000;
        patience.keep(|_| is_there);
        if is_there {
            assert_eq!(patience.judge(PEER, signs(1)), Verdict::Wait);
        }
    }
}

#[test]
fn time_in_which_this_process_is_stopped_does_not_count() {
    use Verdict::{Ask, GiveUp, Wait};
    let looks = [100, 200, 5000, 5100, 5400, 5700, 5900].map(|at| (at, signs(1)));
    check(
        "stopped for long",
        &looks,
        &[Wait, Wait, Wait, Wait, Ask, Wait, GiveUp],
    );
}
