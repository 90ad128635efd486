//! A session's end, as its host brings it about, and as its members see it.

use crate::cast::{
    Cast, OPENING,
    Step::{self, Ask, Begin, Finish, Hear, Join, Last, NothingLeft, Signal, Start, Until},
    check,
};

/// Members wait for what never comes, and one does not, when the host goes.
const MEMBERS: &[Step] = &[
    Ask("h", "create n number 1", "ok"),
    Join("h", "waits for a state"),
    Join("h", "waits for a change"),
    Join("h", "waits for an object"),
    Join("h", "m"),
    Ask("waits for a state", "get n number", "ok"),
    Ask("waits for a change", "get n number", "ok"),
    Ask("m", "get n number", "ok"),
    Ask("m", "set n 2", "ok"),
    Ask("m", "flush n", "ok"),
    Begin("waits for a state", "wait n 99"),
    Begin("waits for an object", "wait-for never"),
];

/// Whoever waits is told at once; whoever reads can go on; whoever writes is told.
const GONE: &[Step] = &[
    Hear(
        "waits for a state",
        "HostGone: .. can be read but not written",
    ),
    Hear(
        "waits for an object",
        "HostGone: .. can be read but not written",
    ),
    // It sees the change that was made before it asked, and then the end.
    Ask("waits for a change", "wait n 2", "ok"),
    Ask("waits for a change", "changed n", "HostGone: .. gone"),
    Ask("m", "wait n 99", "HostGone: .. gone"),
    Ask(
        "m",
        "set n 3",
        "HostGone: the host of the session is gone .. not written",
    ),
    Ask("m", "read n", "2"),
    Ask("m", "wait n 2", "ok"),
    Ask("m", "wait n 3", "HostGone: .. gone"),
    Ask("m", "changed n", "HostGone: .. gone"),
    Ask("m", "wait-for never", "HostGone: .. gone"),
    Ask("m", "wait-for n", "ok"),
    Ask("m", "get n number", "ok"),
    Ask("m", "get never number", "NoSuchObject: .. `never` .."),
    Ask("m", "get n text", "TypeMismatch: `n` .. String .. u64"),
    Ask("m", "keys", "n"),
    Ask("m", "flush n", "ok"),
    Ask("m", "create new number 1", "HostGone: .. gone"),
    Ask("m", "delete n", "HostGone: .. gone"),
    Ask("m", "read n", "2"),
    Until("m", "threads", ""),
    // It may have a session of its own now.
    Ask("m", "host", "ok"),
    Ask("m", "create n number 5", "ok"),
    Finish("m"),
];

#[track_caller]
fn check_host_goes(way: &[Step]) {
    check(&[OPENING, MEMBERS, way, GONE]);
}

#[test]
fn members_learn_at_once_that_the_host_has_dropped_its_session() {
    check_host_goes(&[Ask("h", "leave", "ok"), NothingLeft]);
}

#[test]
fn members_learn_at_once_that_the_host_has_exited_without_a_word() {
    check_host_goes(&[Last("h", "exit 0")]);
}

#[test]
fn members_learn_at_once_that_the_host_has_ended_well() {
    check_host_goes(&[Finish("h"), NothingLeft]);
}

#[test]
fn members_learn_at_once_that_the_host_has_aborted() {
    check_host_goes(&[Last("h", "abort")]);
}

#[test]
fn members_learn_at_once_that_the_host_was_killed() {
    check_host_goes(&[Signal("h", "KILL")]);
}

#[test]
fn a_member_says_whether_the_host_ended_the_session_or_fell_silent() {
    check(&[
        OPENING,
        &[
            Join("h", "m"),
            Ask("h", "leave", "ok"),
            Ask(
                "m",
                "wait-for never",
                "HostGone: .. it has ended the session ..",
            ),
            Ask("h", "host", "ok"),
            Join("h", "m2"),
            Signal("h", "KILL"),
            Ask(
                "m2",
                "wait-for never",
                "HostGone: .. the connection closed ..",
            ),
        ],
    ]);
}

#[test]
fn a_flush_with_something_pending_ends_with_the_host() {
    check(&[
        OPENING,
        &[
            Ask("h", "create n number 1", "ok"),
            Ask("h", "create m number 1", "ok"),
            Join("h", "before"),
            Join("h", "after"),
            Ask("before", "get n number", "ok"),
            Ask("after", "get n number", "ok"),
            Ask("after", "get m number", "ok"),
            Signal("h", "STOP"),
            Ask("before", "set n 2", "ok"),
            Ask("after", "set n 3", "ok"),
            Begin("before", "flush n"),
            Signal("h", "KILL"),
            Hear("before", "HostGone: .. gone"),
            Ask("after", "flush n", "HostGone: .. gone"),
            // What was written stays readable, and nothing of this one is pending.
            Ask("after", "read n", "3"),
            Ask("after", "flush m", "ok"),
        ],
    ]);
}

#[test]
fn a_host_that_drops_its_session_leaves_no_threads_descriptors_or_files() {
    let ways: &[&[Step]] = &[
        &[],
        &[Signal("m", "KILL")],
        &[Signal("m", "STOP")],
        &[Ask("m", "leave", "ok")],
        &[Finish("m")],
        &[Last("m", "exit 3")],
        &[Ask("h", "invite", "..")],
        &[Ask("h", "bring idle", "ok")],
        &[
            Ask("h", "remove", "true"),
            Ask("m", "wait-for never", "HostGone: .. removed .."),
        ],
    ];
    for way in ways {
        let mut cast = Cast::new();
        cast.play(&[Start("h"), Until("h", "threads", ""), NothingLeft]);
        let descriptors = cast.ask("h", "descriptors");
        cast.play(&[
            Ask("h", "host", "ok"),
            Join("h", "m"),
            Ask("m", "create n number 1", "ok"),
            Ask("h", "wait-for n", "ok"),
        ]);
        cast.play(way);
        cast.play(&[
            Ask("h", "leave", "ok"),
            Until("h", "threads", ""),
            NothingLeft,
        ]);
        assert_eq!(cast.ask("h", "descriptors"), descriptors, "after {way:?}");
        cast.play(&[
            Ask("h", "read n", "1"),
            Ask("h", "set n 2", "Closed: .. left the session .."),
        ]);
    }
}

#[test]
fn a_member_that_leaves_keeps_its_handles_and_nothing_else() {
    let mut cast = Cast::new();
    cast.play(OPENING);
    let command = cast.invited("h");
    cast.start("m", command);
    let descriptors = cast.ask("m", "descriptors");
    cast.play(&[
        Ask("m", "join", "ok"),
        Ask("m", "create n number 1", "ok"),
        Ask("m", "leave", "ok"),
        Until("m", "threads", ""),
        Ask("m", "read n", "1"),
        Ask("m", "set n 2", "Closed: .. left the session .."),
        Ask("m", "changed n", "Closed: .."),
        Ask("m", "wait n 2", "Closed: .."),
        Ask("m", "read n", "1"),
        Ask("h", "wait-for n", "ok"),
        Ask("m", "forget n", "ok"),
    ]);
    assert_eq!(cast.ask("m", "descriptors"), descriptors);
    cast.play(&[Finish("m")]);
}

#[test]
fn many_children_in_a_row_leave_nothing_behind() {
    let mut cast = Cast::new();
    cast.play(OPENING);
    cast.play(&[Until("h", "threads", "ipos-listener")]);
    let descriptors = cast.ask("h", "descriptors");
    for _ in 0..30 {
        cast.play(&[Ask("h", "bring brief", "ok")]);
    }
    cast.play(&[Until("h", "threads", "ipos-listener")]);
    assert_eq!(cast.ask("h", "descriptors"), descriptors);
    cast.play(&[
        Ask("h", "leave", "ok"),
        Until("h", "threads", ""),
        NothingLeft,
    ]);
}

#[test]
fn a_removed_process_reads_on_and_cannot_write() {
    check(&[
        OPENING,
        &[
            Ask("h", "create n number 1", "ok"),
            Join("h", "other"),
            Ask("other", "get n number", "ok"),
            Join("h", "m"),
            Ask("m", "get n number", "ok"),
            Begin("m", "wait n 99"),
            Ask("h", "remove", "true"),
            Hear("m", "HostGone: .. removed this process .."),
            Ask("h", "remove", "false"),
            Ask("m", "read n", "1"),
            Ask("m", "set n 2", "HostGone: .. gone"),
            // The others have not noticed.
            Ask("other", "set n 7", "ok"),
            Ask("h", "get n number", "ok"),
            Ask("h", "wait n 7", "ok"),
            Ask("m", "read n", "1"),
            Finish("m"),
        ],
    ]);
}

#[test]
fn a_session_works_the_same_when_its_threads_spin() {
    check(&[&[
        Start("h"),
        Ask("h", "spin host", "ok"),
        Ask("h", "create n number 1", "ok"),
        Join("h", "m"),
        Ask("m", "leave", "ok"),
        Join("h", "m2"),
        Ask("m2", "get n number", "ok"),
        Ask("m2", "set n 2", "ok"),
        Ask("h", "wait n 2", "ok"),
        Ask("h", "set n 3", "ok"),
        Ask("m2", "wait n 3", "ok"),
        Begin("m2", "wait n 99"),
        Ask("h", "leave", "ok"),
        Hear("m2", "HostGone: .. ended the session .."),
        Until("h", "threads", ""),
        NothingLeft,
    ]]);
    let mut cast = Cast::new();
    cast.play(&[
        Start("h"),
        Ask("h", "spin host", "ok"),
        Ask("h", "create n number 1", "ok"),
    ]);
    let command = cast.invited("h");
    cast.start("m", command);
    cast.play(&[
        Ask("m", "spin join", "ok"),
        Ask("m", "get n number", "ok"),
        Ask("m", "set n 2", "ok"),
        Ask("m", "flush n", "ok"),
        Ask("h", "wait n 2", "ok"),
        Signal("h", "KILL"),
        Ask("m", "changed n", "HostGone: .. gone"),
        Until("m", "threads", ""),
    ]);
}
