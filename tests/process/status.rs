//! What a process can be asked about its session: who is there, and what was done. And that one which hangs is let
//! go of, if that is asked for.

use ipos_tests::roles::life::system::eventually;

use crate::cast::{
    Cast,
    Step::{Ask, Finish, Join, Signal, Start, Until},
    check,
};

/// A process comes to see the others so.
fn sees(cast: &mut Cast, who: &str, expected: &str) {
    eventually(&format!("{who} sees {expected}"), || {
        cast.ask(who, "peers") == expected
    });
}

#[test]
fn each_process_sees_the_others() {
    let mut cast = Cast::new();
    cast.play(&[
        Start("h"),
        Ask("h", "lean host", "ok"),
        Ask("h", "peers", ""),
    ]);
    let command = cast.invited("h");
    cast.start("m", command);
    cast.play(&[
        Ask("m", "join first", "ok"),
        Ask("h", "let-in", "ok"),
        Join("h", "s"),
    ]);
    let [h, m, s] = ["h", "m", "s"].map(|who| cast.pid(who));
    sees(
        &mut cast,
        "h",
        &format!("peer 1 Live {m} `first` queued nothing; peer 2 Live {s} `` queued nothing"),
    );
    sees(
        &mut cast,
        "m",
        &format!("peer 0 Live {h} `lean` queued nothing; peer 2 Connected {s} `` queued unknown"),
    );
    // One that stops: what waits for it, and that it lags.
    cast.play(&[
        Finish("m"),
        Until("h", "peers", "peer 2 Live .."),
        Ask("h", "events", "ok"),
        Ask("h", "create a text x", "ok"),
        Ask("h", "barrier", "ok"),
        Ask("h", "acknowledged", "true"),
        Signal("s", "STOP"),
        Ask("h", "fill a 60 20000", "ok"),
        Ask("h", "event", "peer 2 lags"),
        Ask("h", "peers", "peer 2 Lagging .. queued something"),
        Ask("h", "acknowledged", "false"),
        Signal("s", "CONT"),
        Until("h", "peers", "peer 2 Live .. queued nothing"),
        Ask("h", "barrier", "ok"),
        Ask("h", "acknowledged", "true"),
    ]);
    sees(
        &mut cast,
        "s",
        &format!("peer 0 Live {h} `lean` queued nothing"),
    );
    for who in ["h", "s"] {
        let stats = cast.ask(who, "stats");
        assert!(!stats.contains(" 0 resyncs"), "{who}: {stats}");
    }
}

#[test]
fn each_process_counts_what_it_does_and_takes() {
    check(&[&[
        Start("h"),
        Ask("h", "host", "ok"),
        Ask("h", "create-with n number 2 even", "ok"),
        Ask("h", "create l list 1", "ok"),
        Join("h", "m"),
        Join("h", "s"),
        Ask("m", "get l list", "ok"),
        Ask("m", "get n number", "ok"),
        // The two creations.
        Ask(
            "m",
            "stats",
            "seq 2, sent 0 commits of 0, received 0 commits of 0, 0 resyncs, 0 rebases, 0 rejections",
        ),
        Ask("m", "update l push 2", "ok"),
        Ask("m", "update l push 3", "ok"),
        Ask("m", "flush l", "ok"),
        Ask("h", "update n add 2", "ok"),
        Ask("h", "barrier", "ok"),
        Ask(
            "h",
            "stats",
            "seq 5, sent 1 commits of 1, received 2 commits of 2, 0 resyncs, 0 rebases, 0 rejections",
        ),
        Ask(
            "m",
            "stats",
            "seq 5, sent 2 commits of 2, received 1 commits of 1, 0 resyncs, 0 rebases, 0 rejections",
        ),
        Ask(
            "s",
            "stats",
            "seq 5, sent 0 commits of 0, received 3 commits of 3, 0 resyncs, 0 rebases, 0 rejections",
        ),
        Ask("m", "transact n add 1", "Rejected: .."),
        Until("m", "stats", "seq 6, sent 3 commits of 3, .. 1 rejections"),
        Until(
            "h",
            "stats",
            "seq 6, sent 1 commits of 1, received 2 commits of 2, .. 1 rejections",
        ),
        Ask("s", "stats", ".. 0 rejections"),
        // Written while the member does not read: it is moved at the host, and done again there.
        Signal("s", "STOP"),
        Ask("h", "update l push 4", "ok"),
        Ask("h", "update l push 5", "ok"),
        Signal("s", "CONT"),
        Ask("h", "barrier", "ok"),
        Ask("s", "stats", "seq 8, .. received 5 commits of 5, .."),
    ]]);
}

#[test]
fn a_process_that_hangs_is_let_go_of_if_that_is_asked_for() {
    let mut cast = Cast::new();
    cast.play(&[
        Start("h"),
        Ask("h", "ping 1000 host", "ok"),
        Ask("h", "events", "ok"),
    ]);
    for who in ["m", "s"] {
        cast.play(&[Join("h", who)]);
    }
    let m = cast.pid("m");
    cast.play(&[
        Ask("h", "create n number 1", "ok"),
        Ask("h", "barrier", "ok"),
        Ask("s", "get n number", "ok"),
        Signal("m", "STOP"),
        Ask("h", "event", "Silent { peer: PeerId(1) }"),
    ]);
    assert_eq!(cast.ask("h", "news"), format!("peer 1 left: {m} "));
    cast.play(&[
        // The others go on, and are not let go of though they have nothing to say.
        Ask("s", "update n add 1", "ok"),
        Ask("s", "flush n", "ok"),
        Ask("h", "barrier", "ok"),
        Ask("h", "peers", "peer 2 Live .."),
        Signal("m", "CONT"),
        Until("m", "barrier", "HostGone: .."),
    ]);
}

#[test]
fn a_host_that_hangs_is_let_go_of_if_that_is_asked_for() {
    let mut cast = Cast::new();
    cast.play(&[Start("h"), Ask("h", "host", "ok")]);
    let command = cast.invited("h");
    cast.start("m", command);
    cast.play(&[
        Ask("m", "ping 1000 join", "ok"),
        Ask("h", "let-in", "ok"),
        Ask("m", "create n number 1", "ok"),
        Ask("m", "barrier", "ok"),
        Signal("h", "STOP"),
        Until(
            "m",
            "update n add 1",
            "HostGone: ..has said nothing for 1s, though it was asked..",
        ),
        Signal("h", "CONT"),
        Until("h", "peers", ""),
    ]);
}
