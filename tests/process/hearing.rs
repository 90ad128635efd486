//! Subscriptions over real processes: a copy in each process that is made of nothing but what is told.

use ipos::{Change, Ipos};

use crate::cast::{
    Cast, OPENING,
    Step::{self, Ask, Begin, Finish, Hear, Join, Last, Signal, Until},
    check,
};

/// A list that must not hold 99, with a listener in each of three processes.
const LIST: &[Step] = &[
    Ask("h", "create-with l list 1,2,3 no-99", "ok"),
    Join("h", "m"),
    Join("h", "s"),
    Ask("m", "get l list", "ok"),
    Ask("s", "get l list", "ok"),
    Ask("h", "follow l", "ok"),
    Ask("m", "follow l", "ok"),
    Ask("s", "follow l", "ok"),
];

#[test]
fn each_hears_of_a_commit_who_made_it_and_what_becomes_of_its_own() {
    let mut cast = Cast::new();
    cast.play(OPENING);
    cast.play(LIST);
    let [host, member] = ["h", "m"].map(|who| cast.pid(who));
    cast.play(&[
        Ask("h", "update l push 4", "ok"),
        Ask("m", "told l until 1,2,3,4", "ok"),
        Ask("m", "copy l anew", "1,2,3,4"),
        Ask("m", "update l push 5", "ok"),
        Ask("m", "flush l", "ok"),
    ]);
    let mut rows = |who: &str, rows: &[String]| {
        for row in rows {
            assert_eq!(&cast.ask(who, "told l"), row, "{who}");
        }
        assert_eq!(cast.ask(who, "told l now"), "none", "{who}");
        assert_eq!(cast.ask(who, "copy l"), "1,2,3,4,5", "{who}");
    };
    rows(
        "h",
        &[
            format!("2 of peer 0 {host} here: [Push(3, 4)]"),
            format!("3 of peer 1 {member} there: [Push(4, 5)]"),
        ],
    );
    rows(
        "m",
        &[
            format!("0, 1 of peer 1 {member} here: [Push(4, 5)]"),
            "1 has 3".to_owned(),
        ],
    );
    rows(
        "s",
        &[
            format!("2 of peer 0 {host} there: [Push(3, 4)]"),
            // A sibling is known by its number alone.
            format!("3 of peer 1 {member} there: [Push(4, 5)]"),
        ],
    );
}

#[test]
fn what_is_refused_is_told_as_the_hosts_change_then_why() {
    check(&[
        OPENING,
        LIST,
        &[
            Signal("h", "STOP"),
            Ask("m", "update l push 99", "ok"),
            Ask("m", "update l push 5", "ok"),
            Ask("m", "told l", "0, 1 of peer 1 .. here: [Push(3, 99)]"),
            Ask("m", "told l", "0, 2 of peer 1 .. here: [Push(4, 5)]"),
            Ask("m", "copy l", "1,2,3,99,5"),
            Signal("h", "CONT"),
            Ask("m", "told l", "2 of peer 0 .. there: [..]"),
            Ask("m", "copy l", "1,2,3,5"),
            Ask("m", "told l", "1: 99 is not wanted"),
            Ask("m", "told l", "2 has 3"),
            // Nobody else hears of what was refused.
            Ask("s", "told l", "3 of peer 1 .. there: [Push(3, 5)]"),
            Ask("s", "told l now", "none"),
            Ask("h", "told l", "3 of peer 1 .. there: [Push(3, 5)]"),
            Ask("h", "told l now", "none"),
        ],
    ]);
}

#[test]
fn what_comes_in_below_own_commits_is_one_change() {
    check(&[
        OPENING,
        LIST,
        &[
            Signal("h", "STOP"),
            Ask("m", "update l remove 0", "ok"),
            Ask("m", "told l", "0, 1 of peer 1 ..: [Remove(0)]"),
            Ask("s", "update l two 1 7", "ok"),
            Ask("s", "copy l", "1,2,3"),
            Ask("s", "told l", "0, 1 of peer 2 ..: [Remove(1), Push(2, 7)]"),
            Signal("h", "CONT"),
            Ask("m", "flush l", "ok"),
            Ask("s", "flush l", "ok"),
            Ask("m", "barrier", "ok"),
            Ask("s", "barrier", "ok"),
            Ask("h", "told l until 3,7", "ok"),
            Ask("m", "told l until 3,7", "ok"),
            Ask("s", "told l until 3,7", "ok"),
            Ask("m", "told l all", ".."),
            Ask("s", "told l all", ".."),
            Ask("h", "told l all", "0 things, then .."),
            Ask("m", "copy l", "3,7"),
            Ask("s", "copy l", "3,7"),
        ],
    ]);
}

#[test]
fn a_transaction_is_told_like_any_commit() {
    check(&[
        OPENING,
        LIST,
        &[
            Ask("m", "transact l push 4", "ok"),
            Ask("m", "told l", "0, 1 of ..: [Push(3, 4)]"),
            Ask("m", "told l", "1 has 2"),
            Ask("m", "transact l push 99", "Rejected: .. 99 is not wanted"),
            Ask("m", "told l", "0, 2 of ..: [Push(4, 99)]"),
            Ask("m", "told l", "3 of peer 0 .. there: [Remove(4)]"),
            Ask("m", "told l", "2: 99 is not wanted"),
            Ask("m", "copy l", "1,2,3,4"),
            Ask("h", "transact l push 5", "ok"),
            Ask("h", "told l", "2 of peer 1 ..: [Push(3, 4)]"),
            Ask("h", "told l", "4 of peer 0 .. here: [Push(4, 5)]"),
        ],
    ]);
}

#[test]
fn copies_are_equal_when_all_write_and_one_is_killed() {
    let mut cast = Cast::new();
    cast.play(OPENING);
    cast.play(LIST);
    cast.play(&[
        Ask("h", "create n number 0", "ok"),
        Ask("h", "create stop number 0", "ok"),
        Join("h", "k"),
    ]);
    for who in ["m", "s", "k"] {
        for line in ["get n number", "get stop number", "get l list"] {
            assert_eq!(cast.ask(who, line), "ok", "{who}: {line}");
        }
    }
    for who in ["h", "m", "s"] {
        assert_eq!(cast.ask(who, "follow n"), "ok", "{who}");
    }
    cast.play(&[
        Ask("h", "begin count n l stop", "ok"),
        Ask("m", "begin count n l stop", "ok"),
        Ask("s", "begin count n l stop", "ok"),
        Ask("k", "begin count n l stop", "ok"),
        Ask("h", "told l", ".."),
        Ask("m", "told l", ".."),
        Ask("s", "told l", ".."),
        Signal("k", "KILL"),
        Ask("h", "set stop 1", "ok"),
        Ask("h", "end", ".."),
        Ask("m", "end", ".."),
        Ask("s", "end", ".."),
        Ask("h", "barrier", "ok"),
        Ask("m", "barrier", "ok"),
        Ask("s", "barrier", "ok"),
    ]);
    for key in ["l", "n"] {
        let read = |cast: &mut Cast, who| cast.ask(who, &format!("read {key}"));
        let value = read(&mut cast, "h");
        for who in ["h", "m", "s"] {
            assert_eq!(read(&mut cast, who), value, "{who}: {key}");
            cast.ask(who, &format!("told {key} all"));
            assert_eq!(cast.ask(who, &format!("copy {key}")), value, "{who}: {key}");
        }
    }
}

#[test]
fn who_does_not_read_is_told_to_begin_anew_and_others_do_not_notice() {
    check(&[
        OPENING,
        &[
            Ask("h", "create t text a", "ok"),
            Join("h", "m"),
            Ask("m", "get t text", "ok"),
            Ask("m", "follow t", "ok"),
            Ask("h", "follow t", "ok"),
            Ask("h", "fill t 500 4", "ok"),
            Ask("h", "told t all", "500 things, then 501 of ..0499..]"),
            Ask("h", "fill t 600 4", "ok"),
            Ask("m", "wait t 0599", "ok"),
            Ask("m", "told t all", "1025 things, then reset at 1101"),
            Ask("m", "copy t", "0599"),
            Ask("h", "told t all", "600 things, then 1101 of ..0599..]"),
            Ask("h", "set t b", "ok"),
            Ask("m", "told t", "1102 of peer 0 .."),
            Ask("m", "copy t", "b"),
            // The same by bytes.
            Ask("h", "fill t 300 20000", "ok"),
            Ask("h", "set t c", "ok"),
            Ask("m", "wait t c", "ok"),
            Ask("m", "told t all", "..things, then reset at 1403"),
            Ask("m", "copy t", "c"),
        ],
    ]);
}

#[test]
fn a_snapshot_is_up_to_now_and_what_is_told_next_goes_on_from_it() {
    check(&[
        OPENING,
        LIST,
        &[
            Ask("m", "update l push 4", "ok"),
            Ask("m", "flush l", "ok"),
            Ask("m", "copy l", "1,2,3"),
            Ask("m", "copy l anew", "1,2,3,4"),
            // A verdict changes no copy, and is told once.
            Ask("m", "told l", "1 has 2"),
            Ask("m", "told l now", "none"),
            Ask("h", "update l push 5", "ok"),
            Ask("m", "told l", "3 of peer 0 ..: [Push(4, 5)]"),
            Ask("m", "copy l", "1,2,3,4,5"),
        ],
    ]);
}

#[test]
fn one_may_begin_to_listen_while_one_reads_or_writes() {
    let ipos = Ipos::host().unwrap();
    let list = ipos.create("l", vec![1u64]).unwrap();
    let reading = {
        let _guard = list.read();
        list.subscribe()
    };
    let writing = list.update(|writer| {
        writer.push(2);
        let writing = list.subscribe();
        writer.push(3);
        writing
    });
    let writing = writing.unwrap();
    let commit = "[Push(1, 2), Push(2, 3)]";
    for told in [reading, writing] {
        let Some(Change::Patched { patches, .. }) = told.try_next() else {
            panic!("the commit was just made")
        };
        assert_eq!(format!("{patches:?}"), commit);
        assert!(told.try_next().is_none());
        assert_eq!(told.snapshot(), [1, 2, 3]);
    }
}

#[test]
fn another_object_under_the_key_is_a_reset_and_an_end_is_told_once() {
    check(&[
        OPENING,
        &[
            Ask("h", "create n number 1", "ok"),
            Ask("h", "create t text a", "ok"),
            Ask("h", "create x number 5", "ok"),
            Join("h", "m"),
            Ask("m", "get n number", "ok"),
            Ask("m", "get t text", "ok"),
            Ask("m", "get x number", "ok"),
            Ask("m", "follow n", "ok"),
            Ask("m", "follow t", "ok"),
            Ask("m", "follow x", "ok"),
            Ask("h", "follow n", "ok"),
            Ask("h", "put n number 7", "ok"),
            Ask("h", "told n", "reset at 4"),
            Ask("m", "told n", "reset at 4"),
            Ask("m", "copy n", "7"),
            // A member's own has no place yet.
            Ask("m", "put n number 8", "ok"),
            Ask("m", "told n", "reset at 0"),
            Ask("h", "told n", "reset at 5"),
            Ask("h", "update n add 1", "ok"),
            Ask("m", "told n", "6 of peer 0 .."),
            Ask("m", "copy n", "9"),
            // What is put under a key hides what was pending.
            Signal("h", "STOP"),
            Ask("m", "update n add 1", "ok"),
            Ask("m", "put n number 3", "ok"),
            Ask("m", "told n", "0, 1 of .."),
            Ask(
                "m",
                "told n",
                "1: this process has overwritten or deleted the object",
            ),
            Ask("m", "told n", "reset at 0"),
            Ask("m", "told n now", "none"),
            Signal("h", "CONT"),
            // The key's type is another one.
            Ask("h", "put t number 1", "ok"),
            Ask("m", "told t", "deleted"),
            Ask("m", "told t", "none"),
            Ask("m", "copy t", "a"),
            Ask("h", "delete x", "true"),
            Ask("m", "told x", "deleted"),
            Ask("m", "told x", "none"),
            // Who comes after the end hears of it.
            Ask("m", "follow x", "ok"),
            Ask("m", "told x", "deleted"),
            Ask("m", "told x", "none"),
            Ask("m", "copy x", "5"),
        ],
    ]);
}

#[test]
fn waiting_for_what_is_told_ends_with_the_session() {
    check(&[
        OPENING,
        LIST,
        &[
            Begin("m", "told l"),
            Last("h", "abort"),
            Hear("m", "none"),
            Ask("m", "told l", "none"),
            Ask("m", "copy l", "1,2,3"),
            Ask("s", "told l", "none"),
            Until("s", "read l", "1,2,3"),
            Finish("s"),
        ],
    ]);
    check(&[
        OPENING,
        LIST,
        &[
            Begin("m", "told l"),
            Ask("h", "update l push 4", "ok"),
            Hear("m", "2 of peer 0 .."),
            // What was told before the end is there to hear.
            Ask("h", "update l push 5", "ok"),
            Ask("m", "wait l 1,2,3,4,5", "ok"),
            Ask("h", "leave", "ok"),
            Ask("m", "told l", "3 of peer 0 .."),
            Ask("m", "told l", "none"),
            Ask("h", "told l all", "2 things, then .."),
            Ask("h", "told l", "none"),
            Ask("s", "leave", "ok"),
            Ask("s", "told l all", "2 things, then .."),
            Ask("s", "told l", "none"),
        ],
    ]);
}
