//! What the tests share: the roles that child processes play, and how to talk to them; the types that are
//! tested, and what can be done to their values.
//!
//! A test starts `ipos-tests-child` with the name of a role. Beside the session under test, the two
//! talk by lines over the child's standard input and output, so that what is tested is never what
//! the test relies on.

// A method that gives nothing has its outcome like any other.
#![allow(clippy::unit_arg)]

pub mod cases;
pub mod drawn;
pub mod hello;
pub mod roles;
pub mod subject;
pub mod subjects;
pub mod talk;
pub mod types;

use std::time::Duration;

/// How long a test waits for what must happen; never how long something takes.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// The command of a child process that plays a role: `child!("role", "argument", ..)`.
#[macro_export]
macro_rules! child {
    ($role:expr $(, $argument:expr)* $(,)?) => {{
        let mut command = ::std::process::Command::new(env!("CARGO_BIN_EXE_ipos-tests-child"));
        command.arg($role)$(.arg($argument))*;
        command.stdin(::std::process::Stdio::piped()).stdout(::std::process::Stdio::piped());
        command
    }};
}

/// The README's program, which has to compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// The programs of the page on debugging.
#[cfg(doctest)]
#[doc = include_str!("../../docs/debugging.md")]
pub struct Debugging;
