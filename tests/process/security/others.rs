//! Other users of the machine. It takes root to start a process as another user: without that, these tests say that
//! they have not looked, and modes and the refusals themselves are checked in `ipos-transport` alone.

use std::{
    fs::{self, Permissions},
    os::unix::{
        fs::{MetadataExt, PermissionsExt, chown, symlink},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use tempfile::TempDir;

use crate::{
    cast::{
        Cast, OPENING,
        Step::{self, Ask, Join, Start},
    },
    raw::Raw,
};

/// The user that owns nothing.
const NOBODY: u32 = 65534;

/// Whether there can be a second user in this test. It is told where the test's output is read.
fn has_second_user(what: &str) -> bool {
    let is_root = fs::metadata("/proc/self").unwrap().uid() == 0;
    if !is_root {
        println!("NOT CHECKED, since only root can start a process as another user: {what}");
    }
    is_root
}

fn open_up(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// The program of an actor, where the other user can start it.
struct Program(TempDir);

impl Program {
    fn new() -> Self {
        let directory = tempfile::tempdir_in("/tmp").unwrap();
        open_up(directory.path(), 0o755);
        let program = directory.path().join("actor");
        fs::copy(env!("CARGO_BIN_EXE_ipos-tests-child"), &program).unwrap();
        open_up(&program, 0o755);
        Self(directory)
    }

    /// An actor of the other user, who looks for sockets in this directory.
    fn of_nobody(&self, cast: &Cast, runtime: &Path) -> Command {
        let mut command = Command::new(self.0.path().join("actor"));
        command
            .args(cast.command().get_args())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .env("XDG_RUNTIME_DIR", runtime)
            .uid(NOBODY)
            .gid(NOBODY);
        command
    }
}

/// A host and a working member.
const SESSION: &[Step] = &[
    Ask("h", "create n number 0", "ok"),
    Join("h", "m"),
    Ask("m", "get n number", "ok"),
];

/// They exchange something.
const EXCHANGE: &[Step] = &[
    Ask("h", "set n 1", "ok"),
    Ask("m", "wait n 1", "ok"),
    Ask("m", "set n 2", "ok"),
    Ask("h", "wait n 2", "ok"),
];

fn leak(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

#[test]
fn another_user_does_not_get_in_even_with_a_token_and_open_directories() {
    if !has_second_user("that another user is refused at a private session") {
        return;
    }
    let mut cast = Cast::new();
    let program = Program::new();
    cast.play(OPENING);
    cast.play(SESSION);
    let (endpoint, token) = cast.invite("h");
    let mut actors = ["as it is", "with the way to the socket open"].into_iter();
    let mut as_nobody = |cast: &mut Cast, answer| {
        let who = actors.next().unwrap();
        let mut command = program.of_nobody(cast, Path::new("/nonexistent"));
        command
            .env("IPOS_ENDPOINT", &endpoint)
            .env("IPOS_TOKEN", &token);
        cast.start(who, command);
        cast.play(&[
            Ask(who, "join", answer),
            Ask(who, leak(format!("knock {endpoint} {token}")), "hung up on"),
        ]);
        cast.play(EXCHANGE);
    };
    as_nobody(&mut cast, "HostGone: .. does not answer .. denied ..");
    let socket = Path::new(&endpoint);
    for path in [cast.stage().path(), socket.parent().unwrap()] {
        open_up(path, 0o755);
    }
    open_up(socket, 0o777);
    as_nobody(
        &mut cast,
        "HostGone: .. runs as user 0, this one as user 65534 ..",
    );
    // The token is still good, for the right user.
    drop(Raw::join(&endpoint, &token));
}

#[test]
fn a_name_is_of_one_user_and_another_does_not_get_in_there() {
    if !has_second_user("that another user is refused at a session with a name") {
        return;
    }
    let mut cast = Cast::new();
    let program = Program::new();
    cast.play(&[Start("h"), Ask("h", "serve board", "ok")]);
    cast.play(SESSION);
    let (endpoint, token) = cast.invite("h");
    let socket = PathBuf::from(&endpoint);
    let other = tempfile::tempdir_in("/tmp").unwrap();
    chown(other.path(), Some(NOBODY), Some(NOBODY)).unwrap();
    let command = program.of_nobody(&cast, other.path());
    cast.start("nobody", command);
    let knock = leak(format!("knock {endpoint} {token}"));
    cast.play(&[
        // The same name is another one for another user.
        Ask("nobody", "connect board", "NotServed: .."),
        Ask("nobody", knock, "hung up on"),
    ]);
    for path in [cast.stage().path(), socket.parent().unwrap()] {
        open_up(path, 0o777);
    }
    open_up(&socket, 0o777);
    cast.play(&[Ask("nobody", knock, "hung up on")]);
    cast.play(EXCHANGE);
    // The directory is not ours alone any more, so nobody serves or connects there.
    cast.play(&[
        Start("late"),
        Ask("late", "connect board", "Transport: .. with mode 777 .."),
        Ask("late", "serve another", "Transport: .. with mode 777 .."),
    ]);
    // A host that another user has put in its place is not talked to.
    cast.play(&[
        Ask("nobody", "serve board", "ok"),
        Ask("nobody", "create n number 7", "ok"),
    ]);
    let trap = other.path().join(format!("ipos-{NOBODY}/board.sock"));
    fs::rename(trap, &socket).unwrap();
    open_up(socket.parent().unwrap(), 0o700);
    cast.play(&[Ask(
        "late",
        "connect board",
        "Transport: .. runs as user 65534, this one as user 0 ..",
    )]);
}

/// What another user has done in the base directory before anybody of ours came.
type Trick = fn(base: &Path, names: &Path);

#[test]
fn a_directory_that_another_user_has_made_is_not_used() {
    if !has_second_user("that directories of another user are not used") {
        return;
    }
    fn give(path: &Path, mode: u32) {
        fs::create_dir(path).unwrap();
        open_up(path, mode);
        chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
    }
    const TRICKS: &[(&str, Trick, &str)] = &[
        (
            "a directory that looks private",
            |_, names| give(names, 0o700),
            "Transport: .. belongs to user 65534 with mode 700, not to user 0 ..",
        ),
        (
            "a directory that is open",
            |_, names| give(names, 0o777),
            "Transport: .. belongs to user 65534 with mode 777, ..",
        ),
        (
            "a link to a directory of its own",
            |base, names| {
                let own = base.join("own");
                give(&own, 0o700);
                symlink(own, names).unwrap();
            },
            "Transport: .. nothing is put there or sought there ..",
        ),
        (
            "a link to a good directory of ours",
            |base, names| {
                let good = base.join("good");
                fs::create_dir(&good).unwrap();
                open_up(&good, 0o700);
                symlink(good, names).unwrap();
            },
            "Transport: .. nothing is put there or sought there ..",
        ),
        (
            "a directory of ours, given to all",
            |_, names| {
                fs::create_dir(names).unwrap();
                open_up(names, 0o777);
            },
            "Transport: .. belongs to user 0 with mode 777, ..",
        ),
    ];
    for (name, trick, answer) in TRICKS {
        println!("{name}");
        let mut cast = Cast::new();
        let base = cast.stage().path().to_owned();
        trick(&base, &base.join("ipos-0"));
        cast.play(&[
            Start("h"),
            Ask("h", "serve board", answer),
            Ask("h", "connect board", answer),
            // A private session has a directory of its own.
            Ask("h", "host", "ok"),
        ]);
        cast.play(SESSION);
    }
}
