//! Tokens are in no log, no error and no form for debugging, and are worth nothing to those who were not invited.

use std::{
    ffi::OsString,
    fmt::{self, Write as _},
    fs,
    os::unix::ffi::OsStringExt,
    sync::Mutex,
};

use ipos::{Ipos, SessionEvent};
use ipos_tests::{PATIENCE, child, talk::Talk};
use ipos_transport::Token;
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span,
};

use crate::{
    cast::{
        Cast, OPENING,
        Step::{Ask, Join},
    },
    raw::{Raw, VERSION, framed, hello},
};

/// All that IPOS logs in this process, at every level.
static LOGGED: Mutex<String> = Mutex::new(String::new());

struct Listening;

impl Visit for Listening {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        write!(LOGGED.lock().unwrap(), "{field}={value:?} ").unwrap();
    }
}

impl Subscriber for Listening {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, span: &span::Attributes<'_>) -> span::Id {
        span.record(&mut Self);
        span::Id::from_u64(1)
    }
    fn record(&self, _: &span::Id, values: &span::Record<'_>) {
        values.record(&mut Self);
    }
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn event(&self, event: &Event<'_>) {
        event.record(&mut Self);
        LOGGED.lock().unwrap().push('\n');
    }
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

/// A token does not stand in a text, be it in digits or as bytes, nor half of it.
#[track_caller]
fn check_hidden(text: &str, token: &str) {
    let bytes = Token::from_hex(token).unwrap();
    let (first, second) = bytes.as_bytes().split_at(16);
    let lower = text.to_lowercase();
    for half in [first, second] {
        let digits: String = half.iter().map(|byte| format!("{byte:02x}")).collect();
        let listed = format!("{half:?}");
        for form in [&*digits, listed.trim_matches(['[', ']'])] {
            assert!(!lower.contains(form), "it says {form}: {text}");
        }
    }
}

#[test]
fn a_token_is_in_no_log_and_in_no_form_for_debugging() {
    tracing::subscriber::set_global_default(Listening).unwrap();
    let builder = Ipos::builder().label("the host");
    let mut forms = format!("{builder:?} ");
    let ipos = builder.host().unwrap();
    let events = ipos.events();
    let invitation = ipos.invite().unwrap();
    let envs = invitation.envs();
    let (endpoint, used) = (envs[0].1.clone(), envs[1].1.clone());
    let unused = ipos.invite().unwrap();
    let kept = unused.envs()[1].1.clone();
    let guessed = "5a".repeat(32);
    // Refused, let in, and refused again.
    for token in [&guessed, &used, &used] {
        let mut raw = Raw::connect(&endpoint);
        let token = Token::from_hex(token).unwrap();
        raw.send(&framed(hello(VERSION, &token, "raw")));
        raw.next().expect("it is answered");
    }
    let waited = format!("{:?} ", unused.wait(std::time::Duration::ZERO));
    let mut command = child!("life/actor", "joined");
    let process = ipos.spawn(&mut command).unwrap();
    let environment = fs::read(format!("/proc/{}/environ", process.id())).unwrap();
    let environment = String::from_utf8_lossy(&environment).into_owned();
    let spawned = environment
        .split('\0')
        .find_map(|it| it.strip_prefix("IPOS_TOKEN="));
    let spawned = spawned.expect("it was invited").to_owned();
    let mut talk = Talk::with(&process);
    assert_eq!(talk.ask("leave"), "ok");
    let left = |event: &SessionEvent| matches!(event, SessionEvent::Left { .. });
    let heard = std::iter::from_fn(|| events.next_timeout(PATIENCE));
    let heard: Vec<_> = heard
        .scan(0, |count, event| {
            *count += usize::from(left(&event));
            Some((*count, event))
        })
        .take_while(|(count, _)| *count < 2)
        .collect();
    write!(
        forms,
        "{ipos:?} {invitation:?} {unused:?} {process:?} {command:?} {events:?} {heard:?} {waited}"
    )
    .unwrap();
    drop((invitation, unused, ipos));
    let logged = LOGGED.lock().unwrap().clone();
    assert!(
        logged.contains("a connection was refused"),
        "it is listened: {logged}"
    );
    for token in [&used, &kept, &guessed, &spawned] {
        check_hidden(&logged, token);
        check_hidden(&forms, token);
    }
}

#[test]
fn what_was_to_be_a_token_is_not_repeated_when_it_is_none() {
    let secret = "deadbeef".repeat(8);
    let broken: [(&str, OsString); 4] = [
        ("too short", secret[1..].into()),
        ("too long", format!("{secret}00").into()),
        ("no digits", format!("{}zz", &secret[2..]).into()),
        (
            "no text",
            OsString::from_vec([secret.as_bytes(), b"\xFF"].concat()),
        ),
    ];
    let mut cast = Cast::new();
    cast.play(OPENING);
    let (endpoint, _) = cast.invite("h");
    for (who, token) in broken {
        let mut command = cast.command();
        command
            .env("IPOS_ENDPOINT", &endpoint)
            .env("IPOS_TOKEN", token);
        cast.start(who, command);
        let answer = cast.ask(who, "join");
        assert!(answer.starts_with("NotInvited: "), "{who}: {answer}");
        assert!(!answer.to_lowercase().contains("beef"), "{who}: {answer}");
    }
}

#[test]
fn what_a_member_passes_on_to_its_own_children_is_used_up() {
    let mut cast = Cast::new();
    cast.play(OPENING);
    cast.play(&[
        Join("h", "m"),
        // They have the environment of their parent.
        Ask(
            "m",
            "child join",
            "Refused: .. its invitation was used already ..",
        ),
        // Nor do they become hosts by mistake.
        Ask(
            "m",
            "child new",
            "Refused: .. its invitation was used already ..",
        ),
        Ask("m", "child host", "ok"),
        Ask("m", "leave", "ok"),
        Ask(
            "m",
            "child join",
            "Refused: .. its invitation was used already ..",
        ),
    ]);
}
