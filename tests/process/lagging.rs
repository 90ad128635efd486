//! Members that do not read for a while: the host remembers a bounded part of what they miss, and they end
//! up with what all have.

use ipos_tests::roles::life::system::resident_memory;

use crate::{
    cast::{
        Cast,
        Step::{self, Ask, Join, Signal, Start, Until},
    },
    raw::{Raw, ToHost, ToMember, bytes, framed},
};

/// A host with little patience, a member that is going to be stopped, and one that is not.
const SESSION: &[Step] = &[
    Start("h"),
    Ask("h", "lean host", "ok"),
    Ask("h", "events", "ok"),
    Ask("h", "create a text a", "ok"),
    Ask("h", "create b text b", "ok"),
    Ask("h", "create c text c", "ok"),
    Ask("h", "create d text d", "ok"),
    Ask("h", "create e text e", "ok"),
    Ask("h", "create gone text x", "ok"),
    Ask("h", "create n number 0", "ok"),
    Ask("h", "create l list 7", "ok"),
    Ask("h", "create stop number 0", "ok"),
    Join("h", "m"),
    Join("h", "s"),
    Ask("m", "get a text", "ok"),
    Ask("m", "get b text", "ok"),
    Ask("m", "get c text", "ok"),
    Ask("m", "get d text", "ok"),
    Ask("m", "get gone text", "ok"),
    Ask("m", "get n number", "ok"),
    Ask("m", "get l list", "ok"),
    Ask("m", "get stop number", "ok"),
    Ask("s", "get a text", "ok"),
    Ask("s", "get b text", "ok"),
    Ask("s", "get n number", "ok"),
    Ask("s", "get l list", "ok"),
    Ask("s", "get stop number", "ok"),
];

/// A few megabytes, of two writers and to several objects.
const MEGABYTES: &[Step] = &[
    Ask("s", "fill a 100 20000", "ok"),
    Ask("s", "update n add 1", "ok"),
    Ask("s", "flush a", "ok"),
    Ask("h", "fill b 100 20000", "ok"),
    Ask("s", "fill b 20 20000", "ok"),
    Ask("s", "flush b", "ok"),
];

/// Little beside that: it is remembered.
const LITTLE: &[Step] = &[
    Ask("s", "fill a 20 20000", "ok"),
    Ask("s", "flush a", "ok"),
    Ask("h", "fill b 10 20000", "ok"),
    Ask("s", "update n add 1", "ok"),
    Ask("s", "flush n", "ok"),
];

/// Objects come and go.
const KEYS: &[Step] = &[
    // In place of an object of the same type, and of another one.
    Ask("h", "put c text over", "ok"),
    Ask("h", "put d number 5", "ok"),
    Ask("h", "delete gone", "true"),
    Ask("s", "create new list 1,2", "ok"),
    Ask("s", "update new push 3", "ok"),
    Ask("s", "create brief text x", "ok"),
    Ask("s", "delete brief", "true"),
    Ask("s", "delete e", "true"),
    Ask("s", "create e list 9", "ok"),
    Ask("s", "flush e", "ok"),
];

/// The keys that there are then, and their types.
const ALL: &[(&str, &str)] = &[
    ("a", "text"),
    ("b", "text"),
    ("c", "text"),
    ("d", "number"),
    ("e", "list"),
    ("l", "list"),
    ("n", "number"),
    ("new", "list"),
    ("stop", "number"),
];

/// Asserts that all have the same under all keys.
fn check_equal(cast: &mut Cast) {
    cast.play(&[Ask("h", "barrier", "ok")]);
    let keys = ALL
        .iter()
        .map(|(key, _)| *key)
        .collect::<Vec<_>>()
        .join(" ");
    for who in ["h", "m", "s"] {
        assert_eq!(cast.ask(who, "keys"), keys, "{who}");
    }
    for (key, kind) in ALL {
        let mut values = ["h", "m", "s"].map(|who| {
            assert_eq!(cast.ask(who, &format!("get {key} {kind}")), "ok", "{who}");
            cast.ask(who, &format!("read {key}"))
        });
        values.sort();
        assert!(values[0] == values[2], "all have the same under {key}");
    }
}

/// Everybody can write, and everybody hears of it.
const GOES_ON: &[Step] = &[
    Ask("m", "set c by-m", "ok"),
    Ask("m", "flush c", "ok"),
    Ask("s", "set a by-s", "ok"),
    Ask("h", "set n 77", "ok"),
    Ask("h", "wait c by-m", "ok"),
    Ask("m", "wait a by-s", "ok"),
    Ask("m", "wait n 77", "ok"),
    Ask("m", "barrier", "ok"),
];

#[test]
fn a_member_that_was_stopped_ends_up_with_what_all_have() {
    let plays: &[&[&[Step]]] = &[
        &[MEGABYTES, KEYS],
        &[KEYS, MEGABYTES],
        &[KEYS, LITTLE],
        &[LITTLE, KEYS],
        // What is told again is too much again.
        &[MEGABYTES, KEYS, MEGABYTES],
    ];
    for play in plays {
        let mut cast = Cast::new();
        cast.play(SESSION);
        cast.play(&[Signal("m", "STOP")]);
        for steps in *play {
            cast.play(steps);
        }
        cast.play(&[Until("h", "event", "peer 1 lags"), Signal("m", "CONT")]);
        check_equal(&mut cast);
        cast.play(&[
            // A handle from before the object was overwritten, and those of objects that are gone.
            Ask("m", "get gone text", "Deleted: .."),
            Ask("m", "update gone push y", "Deleted: .."),
        ]);
        cast.play(GOES_ON);
        check_equal(&mut cast);
    }
}

#[test]
fn what_a_member_did_before_and_while_it_was_cut_off_counts_once() {
    let mut cast = Cast::new();
    cast.play(SESSION);
    cast.play(&[Ask("m", "begin count n l stop", "ok")]);
    for round in 0..4 {
        // It is in the midst of writing.
        let seen = cast.ask("h", "read n");
        cast.play(&[Ask("h", "changed n", "ok"), Signal("m", "STOP")]);
        cast.play(if round % 2 == 0 { MEGABYTES } else { LITTLE });
        cast.play(&[
            Ask("s", "update l push 1000000", "ok"),
            Ask("s", "flush l", "ok"),
            Until("h", "event", "peer 1 lags"),
            Signal("m", "CONT"),
            Ask("h", "barrier", "ok"),
            Ask("h", "changed n", "ok"),
        ]);
        let now = cast.ask("h", "read n");
        assert!(
            now.parse::<u64>().unwrap() > seen.parse().unwrap(),
            "it goes on"
        );
        cast.play(&[Ask("h", "changed n", "ok")]);
    }
    cast.play(&[Ask("h", "set stop 1", "ok"), Ask("s", "wait stop 1", "ok")]);
    let times: u64 = cast.ask("m", "end").parse().unwrap();
    cast.play(&[Ask("h", "barrier", "ok")]);
    let list = cast.ask("h", "read l");
    for who in ["h", "m", "s"] {
        assert_eq!(cast.ask(who, "read n"), (times + 4).to_string(), "{who}");
        assert!(cast.ask(who, "read l") == list, "{who} has the same list");
    }
    let by_m = list.split(',').skip(1).filter(|&n| n != "1000000");
    let by_m: Vec<u64> = by_m.map(|n| n.parse().unwrap()).collect();
    assert_eq!(by_m, (0..times).collect::<Vec<_>>());
    assert_eq!(list.matches("1000000").count(), 4);
}

#[test]
fn a_host_that_writes_to_one_who_does_not_read_takes_bounded_memory() {
    const MIB: u64 = 1024;
    let mut cast = Cast::new();
    cast.play(SESSION);
    cast.play(MEGABYTES);
    cast.play(&[Ask("h", "barrier", "ok"), Signal("m", "STOP")]);
    let host = cast.pid("h");
    let before = resident_memory(host);
    // 256 MiB in all. The one that writes and reads may lag as well, and is told later.
    cast.play(&[
        Ask("h", "fill b 2240 60000", "ok"),
        Ask("s", "fill a 2240 60000", "ok"),
        Ask("s", "flush a", "ok"),
    ]);
    let grown = resident_memory(host).saturating_sub(before);
    assert!(grown < 64 * MIB, "it has taken {grown} KiB more");
    cast.play(KEYS);
    cast.play(&[Until("h", "event", "peer 1 lags"), Signal("m", "CONT")]);
    check_equal(&mut cast);
    cast.play(GOES_ON);
}

/// What a member whose host is stopped proposes until there is no room, and how that is seen.
const PROPOSED: &[(&str, &str, &str)] = &[
    (
        "begin pile 100 10000",
        "keys",
        "n pile0 pile1 pile2 pile3 pile4 pile5 pile6",
    ),
    ("begin fill t 100 9999", "read t", "0..06"),
];

#[test]
fn a_member_that_writes_faster_than_its_host_reads_waits() {
    for (proposes, looks, until) in PROPOSED {
        let mut cast = Cast::new();
        cast.play(&[
            Start("h"),
            Ask("h", "host", "ok"),
            Ask("h", "create n number 0", "ok"),
        ]);
        let invited = cast.invited("h");
        cast.start("m", invited);
        cast.play(&[
            Ask("m", "lean join", "ok"),
            Ask("h", "let-in", "ok"),
            Ask("m", "get n number", "ok"),
        ]);
        if looks.starts_with("read") {
            cast.play(&[Ask("m", "create t text x", "ok"), Ask("m", "flush t", "ok")]);
        }
        cast.play(&[
            Signal("h", "STOP"),
            Ask("m", proposes, "ok"),
            Until("m", looks, until),
            // It waits, and what is there can be read.
            Ask("m", looks, until),
            Ask("m", "read n", "0"),
            Signal("h", "CONT"),
            Ask("m", "end", "ok"),
            Ask("m", "update n add 1", "ok"),
            Ask("m", "barrier", "ok"),
            Ask("h", "wait n 1", "ok"),
        ]);
    }
}

#[test]
fn a_member_that_was_stopped_and_is_killed_is_let_go() {
    let mut cast = Cast::new();
    cast.play(SESSION);
    cast.play(&[Signal("m", "STOP")]);
    cast.play(MEGABYTES);
    cast.play(&[
        Until("h", "event", "peer 1 lags"),
        Signal("m", "KILL"),
        Ask("h", "barrier", "ok"),
        Ask("s", "barrier", "ok"),
        Until("h", "threads", "ipos-link ipos-listener.."),
    ]);
}

/// What a member asks for that was told that it has missed something, and whether it is answered.
const ASKED: &[(&str, ToHost, bool)] = &[
    ("all that there is", resume(0, 0), true),
    ("nothing", resume(u64::MAX, 0), true),
    ("something in the future", resume(1 << 40, 0), true),
    ("verdicts on what it has not proposed", resume(0, 1), false),
    ("verdicts from the end of all", resume(0, u64::MAX), false),
];

const fn resume(heard: u64, settled: u64) -> ToHost {
    ToHost::Resume { heard, settled }
}

#[test]
fn a_member_that_has_missed_something_is_answered_when_it_asks_well() {
    for (name, asks, is_answered) in ASKED {
        println!("{name}");
        let mut cast = Cast::new();
        cast.play(SESSION);
        let (endpoint, token) = cast.invite("h");
        let (mut raw, _) = Raw::join(&endpoint, &token);
        cast.play(&[Ask("h", "let-in", "ok")]);
        cast.play(MEGABYTES);
        cast.play(&[Until("h", "event", "peer 3 lags")]);
        while raw.next() != Some(bytes(&ToMember::Resync)) {}
        raw.send(&framed(bytes(asks)));
        if *is_answered {
            let answer = raw.next().expect("it is answered");
            let kind = |message: &ToMember| bytes(message)[0];
            let resumed = ToMember::Resumed {
                taken: 0,
                anew: false,
            };
            assert_eq!(answer[..2], [kind(&resumed), 0]);
            let live = kind(&ToMember::Live(0, vec![]));
            while raw.next().expect("it is in sync again")[0] != live {}
            // It has asked, and must not ask again.
            raw.send(&framed(bytes(asks)));
        }
        raw.end();
        cast.play(&[Ask("h", "remove", "false"), Ask("h", "barrier", "ok")]);
        for who in ["h", "m", "s"] {
            let complaints = cast.complaints(who);
            assert!(!complaints.contains("panicked"), "{who}: {complaints}");
        }
    }
}
