//! Processes that do not get as far as being in sync.

use std::{
    io::{BufRead, BufReader, Read},
    process::{Command, Stdio},
    time::Duration,
};

use ipos::{Error, Ipos};
use ipos_tests::{
    child,
    roles::life::{HOUR, system::is_there},
};
use ipos_transport::Token;

use crate::cast::{
    Cast, OPENING,
    Step::{Ask, Finish, Join, NothingLeft, Start, Until},
    check,
};
use crate::raw::{Raw, VERSION, framed, hello};

/// Asserts that a child which is never in sync is ended when `sync_timeout` is over.
#[track_caller]
fn check_never_in_sync(role: &str) {
    // On a machine that has much to do it may be ended before it has come to tell its number.
    let told = ["300ms", "3s", "30s"]
        .into_iter()
        .zip([300, 3_000, 30_000].map(Duration::from_millis))
        .any(|(words, timeout)| check_ended_after(role, words, timeout));
    assert!(
        told,
        "it never has the time to begin, or another one never joins"
    );
}

/// Asserts that it is ended after that time, and gives whether it has begun before.
#[track_caller]
fn check_ended_after(role: &str, words: &str, timeout: Duration) -> bool {
    let ipos = Ipos::builder().sync_timeout(timeout).host().unwrap();
    let (from, to) = std::io::pipe().unwrap();
    let mut command = child!(role);
    command.stdout(to);
    // The command holds the pipe too, and would hold it open.
    let error = ipos.spawn(command).unwrap_err();
    assert!(matches!(error, Error::SyncTimeout { .. }), "{error:?}");
    let text = error.to_string();
    for part in ["ipos-tests-child", words, "`Ipos::join`", "`sync_timeout`"] {
        assert!(text.contains(part), "`{text}` says nothing of {part}");
    }

    let mut from = BufReader::new(from);
    let mut pid = String::new();
    from.read_line(&mut pid).unwrap();
    // The pipe ends when all processes have ended that hold its other end.
    assert_eq!(from.read(&mut [0]).unwrap(), 0);
    // The session is as it was.
    let brief = ipos.spawn(child!("life/brief"));

    let (Ok(pid), Ok(brief)) = (pid.trim().parse(), brief) else {
        return false;
    };
    assert!(!is_there(pid), "not even as a zombie");
    assert!(brief.wait().unwrap().success());
    true
}

#[test]
fn a_child_that_never_joins_is_ended_in_time() {
    check_never_in_sync("life/deaf");
}

#[test]
fn a_child_that_joins_and_is_never_ready_is_ended_in_time() {
    check_never_in_sync("life/halfway");
}

#[test]
fn a_child_that_ends_before_it_joins_is_told_of_at_once_with_its_exit_status() {
    let patient = || Ipos::builder().sync_timeout(HOUR).host().unwrap();
    for code in [0, 1, 77] {
        let error = patient()
            .spawn(child!("life/exits", code.to_string()))
            .unwrap_err();
        let Error::ExitedEarly { program, status } = &error else {
            panic!("{error:?}")
        };
        assert!(program.ends_with("ipos-tests-child"), "{program}");
        assert_eq!(status.code(), Some(code));
        assert!(
            error.to_string().contains(&format!("exit status: {code}")),
            "{error}"
        );
    }
    let error = patient()
        .spawn(Command::new("sh").args(["-c", "kill -KILL $$"]))
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("`sh` ended before it was in sync: signal: 9"),
        "{error}"
    );
}

#[test]
fn a_program_that_does_not_exist_is_named_with_the_reason_of_the_system() {
    let ipos = Ipos::host().unwrap();
    for program in ["no-such-program", "/no/such/program", "/tmp"] {
        let error = ipos.spawn(Command::new(program)).unwrap_err();
        let Error::Process { source, .. } = &error else {
            panic!("{error:?}")
        };
        let text = error.to_string();
        assert!(
            text.contains(&format!("could not start `{program}`")),
            "{text}"
        );
        assert!(text.contains(&source.to_string()), "{text}");
    }
    assert!(
        ipos.spawn(child!("life/brief")).is_ok(),
        "the session is as it was"
    );
}

#[test]
fn an_invited_process_that_comes_and_leaves_too_early_is_told_of_at_once() {
    let ipos = Ipos::host().unwrap();
    let invitation = ipos.invite().unwrap();
    let envs: Vec<_> = invitation
        .envs()
        .into_iter()
        .map(|(_, value)| value)
        .collect();
    let mut raw = Raw::connect(&envs[0]);
    raw.send(&framed(hello(
        VERSION,
        &Token::from_hex(&envs[1]).unwrap(),
        "",
    )));
    raw.next().expect("a welcome");
    drop(raw);
    let error = invitation.wait(HOUR).unwrap_err();
    assert!(matches!(error, Error::LeftEarly { .. }), "{error:?}");
    let name = format!("process {}", std::process::id());
    for part in [
        &*name,
        "came, and left before it was in sync",
        "`Ipos::join`",
    ] {
        assert!(error.to_string().contains(part), "{error}");
    }
}

#[test]
fn a_command_can_be_started_again_and_again_and_keeps_no_token() {
    let ipos = Ipos::host().unwrap();
    let mut command = child!("life/brief");
    for _ in 0..3 {
        let process = ipos.spawn(&mut command).unwrap();
        assert!(process.wait().unwrap().success());
    }
    let left: Vec<_> = command
        .get_envs()
        .filter(|(_, value)| value.is_some())
        .collect();
    assert_eq!(left, []);
}

#[test]
fn a_child_started_with_pipes_gives_them_once() {
    let ipos = Ipos::host().unwrap();
    let mut command = child!("life/actor", "joined");
    command.stderr(Stdio::piped());
    let process = ipos.spawn(command).unwrap();
    assert!(process.take_stdout().is_some() && process.take_stdout().is_none());
    assert!(process.take_stderr().is_some() && process.take_stderr().is_none());
    assert!(process.take_stdin().is_some() && process.take_stdin().is_none());
    assert!(process.wait().unwrap().success(), "its input ended");
}

/// Starts an actor with a changed environment and asserts what its `join` and `new` answer.
#[track_caller]
fn check_invitation(change: impl FnOnce(&mut Command) -> &mut Command, answer: &'static str) {
    let mut cast = Cast::new();
    cast.play(OPENING);
    let mut command = cast.invited("h");
    change(&mut command);
    cast.start("m", command);
    cast.play(&[
        Ask("m", "join", answer),
        // Whoever was invited does not become a host by mistake.
        Ask("m", "new", answer),
        Until("m", "threads", ""),
        // The host has not noticed.
        Join("h", "m2"),
        Finish("m2"),
        Finish("m"),
        Finish("h"),
        NothingLeft,
    ]);
}

#[test]
fn an_invitation_that_is_not_one_is_refused_in_words() {
    let host_gone = "HostGone: .. does not answer at /tmp/no-such/s: ..";
    check_invitation(
        |m| m.env("IPOS_TOKEN", "short"),
        "NotInvited: .. IPOS_TOKEN: .. 64 ..",
    );
    check_invitation(
        |m| m.env_remove("IPOS_TOKEN"),
        "NotInvited: .. IPOS_TOKEN: ..",
    );
    check_invitation(
        |m| m.env("IPOS_ENDPOINT", "not/absolute"),
        "NotInvited: .. IPOS_ENDPOINT: ..",
    );
    check_invitation(
        |m| m.env("IPOS_ENDPOINT", ""),
        "NotInvited: .. IPOS_ENDPOINT: ..",
    );
    check_invitation(|m| m.env("IPOS_ENDPOINT", "/tmp/no-such/s"), host_gone);
    check_invitation(
        |m| m.env("IPOS_TOKEN", "0".repeat(64)),
        "Refused: .. invitation .. never given",
    );
}

#[test]
fn a_process_that_nobody_invited_is_told_how_to_be() {
    check(&[&[
        Start("m"),
        Ask(
            "m",
            "join",
            "NotInvited: .. IPOS_ENDPOINT .. `Ipos::spawn` .. `Ipos::invite` .. `Ipos::host` ..",
        ),
        Until("m", "threads", ""),
        Ask("m", "new", "ok"),
        Ask("m", "is-host", "true"),
        Finish("m"),
        NothingLeft,
    ]]);
}

#[test]
fn new_joins_in_a_process_that_was_invited() {
    let mut cast = Cast::new();
    cast.play(OPENING);
    let command = cast.invited("h");
    cast.start("m", command);
    cast.play(&[
        Ask("m", "new", "ok"),
        Ask("m", "is-host", "false"),
        Ask("h", "is-host", "true"),
        Ask(
            "m",
            "invite",
            "NotTheHost: only the host of the session can invite processes ..",
        ),
        Ask("m", "bring brief", "NotTheHost: .."),
        Ask("m", "leave", "ok"),
        // The invitation in its environment was good once.
        Ask("m", "join", "Refused: .. used already .."),
    ]);
}

#[test]
fn an_invitation_is_good_until_it_is_dropped_or_the_session_ends() {
    let mut cast = Cast::new();
    cast.play(OPENING);
    let command = cast.invited("h");
    cast.start("late", command);
    cast.play(&[
        Ask("h", "withdraw", "ok"),
        Ask("late", "join", "Refused: .. withdrawn .."),
    ]);
    let command = cast.invited("h");
    cast.start("later", command);
    cast.play(&[
        Ask("h", "leave", "ok"),
        Ask("later", "join", "HostGone: .. does not answer .."),
        NothingLeft,
    ]);

    let ipos = Ipos::host().unwrap();
    let invitation = ipos.invite().unwrap();
    let error = invitation.wait(Duration::from_millis(1)).unwrap_err();
    assert!(matches!(error, Error::SyncTimeout { .. }), "{error:?}");
    let child = child!("life/idle").envs(invitation.envs()).spawn().unwrap();
    let process = invitation.wait(ipos_tests::PATIENCE).unwrap();
    assert_eq!(process.id(), child.id());
    drop(ipos);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
}
