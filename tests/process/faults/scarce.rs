//! A system that does not give what is asked for: descriptors, a directory.

use std::fs;

use ipos_tests::roles::life::system::{eventually, naps};

use crate::cast::{
    Cast, OPENING,
    Step::{self, Ask, Begin, Finish, Hear, Join, Start},
};

/// What goes on in a session where there is something missing.
const EXCHANGE: &[Step] = &[
    Ask("m", "update n add 1", "ok"),
    Ask("m", "flush n", "ok"),
    Ask("h", "update n add 1", "ok"),
    Ask("m", "barrier", "ok"),
    Ask("h", "barrier", "ok"),
];

fn session() -> Cast {
    let mut cast = Cast::new();
    cast.play(OPENING);
    cast.play(&[
        Ask("h", "create n number 0", "ok"),
        Join("h", "m"),
        Ask("m", "get n number", "ok"),
    ]);
    cast
}

#[test]
fn a_host_without_descriptors_goes_on_and_lets_in_who_came_when_it_has_some_again() {
    let mut cast = session();
    let late = cast.invited("h");
    cast.start("late", late);
    cast.play(&[Ask("h", "starve", "ok")]);
    cast.play(EXCHANGE);
    cast.play(&[
        Ask(
            "h",
            "bring idle",
            "Process: could not start `/proc/self/exe`: .. open files ..",
        ),
        Begin("late", "join"),
    ]);
    // It looks now and then whether there is one, and sleeps in between.
    let host = cast.pid("h");
    let before = naps(host, "ipos-listener");
    eventually("the listener naps", || {
        naps(host, "ipos-listener") > before + 3
    });
    cast.play(EXCHANGE);
    cast.play(&[
        Ask("h", "feed", "ok"),
        Hear("late", "ok"),
        Ask("h", "let-in", "ok"),
    ]);
    cast.play(EXCHANGE);
    cast.play(&[Ask("h", "bring brief", "ok")]);
}

#[test]
fn a_process_without_descriptors_is_told_so() {
    let asks: &[(&str, &str)] = &[
        ("host", "Transport: could not .. open files .."),
        ("serve board", "Transport: could not .. open files .."),
        ("join", "Transport: could not .. open files .."),
        ("connect there", "Transport: could not .. open files .."),
    ];
    let mut cast = session();
    cast.play(&[Start("daemon"), Ask("daemon", "serve there", "ok")]);
    let command = cast.invited("h");
    cast.start("o", command);
    let held = |cast: &mut Cast| ["threads", "descriptors"].map(|what| cast.ask("o", what));
    let before = held(&mut cast);
    cast.play(&[Ask("o", "starve", "ok")]);
    for &(ask, answer) in asks {
        cast.play(&[Ask("o", ask, answer)]);
    }
    // Nothing was used up or left behind.
    cast.play(&[Ask("o", "feed", "ok")]);
    assert_eq!(held(&mut cast), before);
    cast.play(&[
        Ask("o", "connect there", "ok"),
        Ask("o", "serve board", "ok"),
        Ask("o", "join", "ok"),
        Ask("h", "let-in", "ok"),
        // One that is in a session needs none.
        Ask("m", "starve", "ok"),
    ]);
    cast.play(EXCHANGE);
    cast.play(&[Finish("o"), Finish("daemon")]);
}

#[test]
fn a_directory_that_takes_nothing_is_named() {
    // It is of every user, exists everywhere, and nobody can make anything in it.
    const PLACE: &str = "/proc/self/fd";
    let asks: &[(&str, &str)] = &[
        (
            "host",
            "Transport: could not make a directory in `/proc/self/fd`: ..",
        ),
        (
            "serve board",
            "Transport: could not make the directory `/proc/self/fd/ipos-..",
        ),
    ];
    let mut cast = Cast::new();
    let mut command = cast.command();
    command.env("XDG_RUNTIME_DIR", PLACE);
    cast.start("h", command);
    for &(ask, answer) in asks {
        cast.play(&[Ask("h", ask, answer)]);
    }
    cast.play(&[Ask("h", "threads", ""), Finish("h")]);
}

#[test]
fn a_directory_that_somebody_removes_is_missed_by_those_alone_who_come_later() {
    let mut cast = session();
    let late = cast.invited("h");
    for entry in fs::read_dir(cast.stage().path()).unwrap() {
        fs::remove_dir_all(entry.unwrap().path()).unwrap();
    }
    cast.play(EXCHANGE);
    cast.start("late", late);
    cast.play(&[Ask("late", "join", "HostGone: .. does not answer at ..")]);
    cast.play(EXCHANGE);
    cast.play(&[Ask("h", "leave", "ok"), Finish("m"), Finish("h")]);
}
