//! What people can read of a session's life, with `tracing`.

use std::fs;

use crate::{
    cast::{
        Cast,
        Step::{self, Ask, Finish, Signal, Start, Until},
    },
    raw::{Raw, framed},
};

/// Of each event its level, a part of its words and of its fields; in any order, since several threads write.
type Expected<'a> = [(&'a str, &'a str, &'a [&'a str])];

/// Asserts that a process has written this down, each with the session's name.
#[track_caller]
fn check(log: &str, session: &str, expected: &Expected<'_>) {
    let mut lines: Vec<&str> = log.lines().collect();
    for (level, words, fields) in expected {
        let is_meant = |line: &str| {
            line.trim_start().starts_with(level)
                && line.contains(words)
                && fields.iter().all(|field| line.contains(field))
        };
        let at = lines.iter().position(|line| is_meant(line));
        let at = at.unwrap_or_else(|| panic!("{words:?} with {fields:?} is not in:\n{log}"));
        let line = lines.remove(at);
        assert!(
            line.contains(&format!("session=\"{session}\"")),
            "it names the session: {line}"
        );
    }
}

const PLAY: &[Step] = &[
    Ask("h", "lean host", "ok"),
    Ask("h", "events", "ok"),
    Ask("h", "create-with n number 2 even", "ok"),
    Ask("h", "create a text x", "ok"),
];

const TROUBLE: &[Step] = &[
    Ask("m", "get n number", "ok"),
    Ask("m", "transact n add 1", "Rejected: .."),
    Ask("m", "create own number 1", "ok"),
    Ask("m", "delete own", "true"),
    Ask("m", "barrier", "ok"),
    Signal("m", "STOP"),
    Ask("h", "fill a 60 20000", "ok"),
    Ask("h", "event", "n of .."),
    Ask("h", "event", "peer 1 lags"),
    Signal("m", "CONT"),
    Until("h", "peers", "peer 1 Live .. queued nothing"),
];

const END: &[Step] = &[
    Finish("m"),
    Until("h", "peers", ""),
    Ask("h", "leave", "ok"),
];

#[test]
fn each_step_of_a_sessions_life_is_written_down_with_its_fields() {
    let mut cast = Cast::new();
    let logs = tempfile::tempdir().unwrap();
    let [of_h, of_m] = ["h", "m"].map(|who| logs.path().join(who).display().to_string());
    cast.play(&[Start("h")]);
    assert_eq!(cast.ask("h", &format!("log {of_h}")), "ok");
    cast.play(PLAY);
    let command = cast.invited("h");
    cast.start("m", command);
    assert_eq!(cast.ask("m", &format!("log {of_m}")), "ok");
    cast.play(&[Ask("m", "join first", "ok"), Ask("h", "let-in", "ok")]);
    let m = cast.pid("m");
    cast.play(TROUBLE);
    let log = fs::read_to_string(&of_h).unwrap();
    let (_, endpoint) = log.split_once("endpoint=").unwrap();
    let endpoint = endpoint.split_whitespace().next().unwrap();
    let mut stranger = Raw::connect(endpoint);
    stranger.send(&framed(b"what is this?"));
    stranger.next().expect("it is told why it is refused");
    cast.play(END);
    let [log_h, log_m] = [&of_h, &of_m].map(|path| fs::read_to_string(path).unwrap());
    let began = log_h.lines().find(|line| line.contains("a session began"));
    let session = began.and_then(|line| line.split("session=\"").nth(1)?.split('"').next());
    let session = session.expect("it began and has a name");
    assert!(session.starts_with("ipos-"), "{session}");
    let pid = format!("pid={m}");
    check(
        &log_h,
        session,
        &[
            ("DEBUG", "a session began", &["endpoint="]),
            ("DEBUG", "created", &["peer=peer 0", "key=\"n\""]),
            ("DEBUG", "joined", &["peer=peer 1", &pid, "label=\"first\""]),
            ("DEBUG", "in sync", &["peer=peer 1"]),
            ("DEBUG", "refused", &["peer=peer 1", "key=\"n\"", "reason="]),
            ("DEBUG", "created", &["peer=peer 1", "key=\"own\""]),
            ("DEBUG", "deleted", &["peer=peer 1", "key=\"own\""]),
            ("WARN", "does not read", &["peer=peer 1"]),
            (
                "DEBUG",
                "asks for what it has missed",
                &["peer=peer 1", "seq="],
            ),
            (
                "WARN",
                "refused",
                &["fault=what connected does not speak IPOS"],
            ),
            ("DEBUG", "left", &["peer=peer 1", &pid]),
            (
                "DEBUG",
                "is over for this process",
                &["why=this process has left the session"],
            ),
        ],
    );
    check(
        &log_m,
        session,
        &[
            ("DEBUG", "this process was let in", &["me=peer 1"]),
            ("DEBUG", "created", &["peer=peer 0", "key=\"n\""]),
            ("DEBUG", "this process is in sync", &["seq="]),
            ("DEBUG", "refused", &["peer=peer 1", "key=\"n\"", "reason="]),
            ("DEBUG", "created", &["peer=peer 1", "key=\"own\""]),
            ("DEBUG", "deleted", &["peer=peer 1", "key=\"own\""]),
            ("DEBUG", "this process is in sync", &["seq="]),
        ],
    );
    let over = log_h.matches("is over for this process").count();
    assert_eq!(over, 1, "{log_h}");
    // What is done all the time is not written down.
    for (who, log) in [("h", &log_h), ("m", &log_m)] {
        assert!(log.lines().count() < 40, "{who}:\n{log}");
    }
}
