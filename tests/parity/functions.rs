//! Functions as values: they are called by their names from every side, with values as arguments, and every other
//! side sees what they do.

use ipos::Ipos;
use ipos_tests::{
    PATIENCE, child,
    roles::parity::desk::{self, DESK, Desk, Drawer},
    talk::Talk,
};

struct Sides {
    ipos: Ipos,
    children: Vec<(&'static str, Talk)>,
}

impl Sides {
    fn new() -> Self {
        let ipos = Ipos::builder().sync_timeout(PATIENCE).host().unwrap();
        let drawers = vec![Drawer::default(); 2];
        let desk = Desk {
            drawers,
            ..Desk::default()
        };
        ipos.create(DESK, desk).unwrap();
        let children = ["child", "sibling"].map(|name| {
            let process = ipos.spawn(child!("parity/caller")).unwrap();
            (name, Talk::with(&process))
        });
        let children = children.into();
        Self { ipos, children }
    }

    /// What a side answers.
    fn ask(&mut self, who: &str, line: &str) -> String {
        let mut children = self.children.iter_mut();
        match children.find(|(name, _)| *name == who) {
            Some((_, talk)) => talk.ask(line),
            None => desk::act(&self.ipos, line).unwrap(),
        }
    }

    /// What every side sees by now.
    fn desk(&mut self) -> Vec<String> {
        self.ipos.barrier(PATIENCE).unwrap();
        ["parent", "child", "sibling"]
            .map(|who| self.ask(who, "desk"))
            .into()
    }
}

#[test]
fn what_any_side_calls_is_done_once_and_seen_by_every_other() {
    const CALLS: &[(&str, &str)] = &[
        ("add 5", "5"),
        ("add 0", "5"),
        ("add -2", "3"),
        ("halve", "failed: \"3 is odd\""),
        ("add 1", "4"),
        ("halve", "2"),
        ("add -2", "0"),
        // A text that looks like code is a text.
        ("note process.exit() 1", "()"),
        ("note ()=>{throw(1)} 2", "()"),
        ("note  1", "()"),
        ("note nothing 0", "()"),
        ("put 0 one", "1"),
        ("put 1 -", "1"),
        ("put 0 two", "2"),
    ];
    let expected = Desk {
        sum: 0,
        notes: [
            "to be halved",
            "process.exit()",
            "()=>{throw(1)}",
            "()=>{throw(1)}",
            "",
        ]
        .map(str::to_owned)
        .into(),
        drawers: [
            &[Some("one".to_owned()), Some("two".to_owned())][..],
            &[None],
        ]
        .map(|things| Drawer {
            things: things.to_vec(),
        })
        .into(),
    };
    let expected = format!("{expected:?}");
    for who in ["parent", "child", "sibling"] {
        let mut sides = Sides::new();
        for (call, answer) in CALLS {
            assert_eq!(sides.ask(who, call), *answer, "{who}: {call}");
        }
        assert_eq!(sides.desk(), [&*expected; 3], "{who}");
    }
}

#[test]
fn what_sides_call_in_turn_is_called_on_what_the_others_have_made() {
    let mut sides = Sides::new();
    let turns = ["parent", "child", "sibling"].iter().cycle();
    for (turn, who) in (1_i64..).zip(turns).take(12) {
        // The host's state is the one that counts, whatever its caller has seen.
        assert_eq!(sides.ask(who, "add 1"), turn.to_string(), "{who}");
    }
    assert_eq!(sides.ask("sibling", "halve"), "6");
    let desk = sides.desk();
    assert!(desk.iter().all(|seen| *seen == desk[0]), "{desk:?}");
}
