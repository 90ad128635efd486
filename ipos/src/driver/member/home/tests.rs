#![cfg(not(loom))]

use super::*;

/// What happens to a member that comes again.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// The connection is lost, which has lasted.
    Lost,
    /// The connection is lost at once.
    LostSoon,
    /// It is connected, with the same host again or not.
    Connected(bool),
    /// It is in sync, with objects that the host does not have.
    InSync,
}

use Step::{Connected, InSync, Lost, LostSoon};

/// Whether it waits then before it seeks its host, whether it is told that it came anew, and whether it goes on being
/// patient.
fn check(steps: &[Step], expected: (bool, Option<bool>, bool)) {
    let mut come = Come::default();
    for step in steps {
        match step {
            Lost => {
                come.since = None;
                come.lost();
            }
            LostSoon => come.lost(),
            Connected(again) => {
                come.pause = PAUSES[0];
                come.connected(*again);
            }
            InSync => {
                come.anew = None;
                come.patience = Some(Instant::now());
            }
        }
    }
    let found = (!come.pause.is_zero(), come.anew, come.patience.is_some());
    assert_eq!(found, expected, "{steps:?}");
}

#[test]
fn what_it_waits_for_outlives_a_cut() {
    check(&[Lost], (false, None, false));
    check(&[Lost, Connected(true)], (false, Some(false), false));
    check(&[Lost, Connected(false)], (true, Some(true), false));
    check(&[Lost, Connected(false), InSync], (true, None, true));
    // A connection that is lost at once is no reason to come at once, unless the host goes on with it.
    check(
        &[Lost, Connected(false), LostSoon],
        (true, Some(true), false),
    );
    check(
        &[Lost, Connected(true), LostSoon],
        (false, Some(false), false),
    );
    check(&[Lost, Connected(false), Lost], (false, Some(true), false));
    // Cut before it was in sync: its host is another one still.
    check(
        &[Lost, Connected(false), Lost, Connected(true)],
        (false, Some(true), false),
    );
    // Cut while the host has time: it goes on having that, and another host has its own.
    check(
        &[Lost, Connected(false), InSync, Lost, Connected(true)],
        (false, Some(false), true),
    );
    check(
        &[Lost, Connected(false), InSync, Lost, Connected(false)],
        (true, Some(true), false),
    );
}
