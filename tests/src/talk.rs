//! Lines between a test and its child processes.

use std::{
    io::{BufRead, BufReader, Write, stdin, stdout},
    process::{ChildStdin, ChildStdout},
};

use ipos::Process;

/// A test's end: asks a child to do something and hears how it went.
#[derive(Debug)]
pub struct Talk {
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl Talk {
    /// With a process that was started from [`child!`](crate::child).
    ///
    /// # Panics
    ///
    /// When its pipes were taken.
    pub fn with(process: &Process) -> Self {
        let to = process.take_stdin().expect("the command has a pipe there");
        let from = process.take_stdout().expect("the command has a pipe there");
        Self::over(to, from)
    }

    /// Over the pipes of a child.
    #[must_use]
    pub fn over(to: ChildStdin, from: ChildStdout) -> Self {
        let from = BufReader::new(from);
        Self { to, from }
    }

    /// Asks for something without hearing the answer yet.
    ///
    /// # Panics
    ///
    /// When the child has gone.
    pub fn say(&mut self, line: &str) {
        writeln!(self.to, "{line}")
            .and_then(|()| self.to.flush())
            .expect("the child listens");
    }

    /// The next line that the child says; `None` when it has closed its output.
    ///
    /// # Panics
    ///
    /// When the pipe fails.
    pub fn hear(&mut self) -> Option<String> {
        let mut line = String::new();
        let bytes = self.from.read_line(&mut line).expect("the pipe works");
        (bytes > 0).then(|| line.trim_end().to_owned())
    }

    /// Asks for something and hears the answer.
    ///
    /// # Panics
    ///
    /// When the child has gone.
    pub fn ask(&mut self, line: &str) -> String {
        self.say(line);
        self.hear()
            .unwrap_or_else(|| panic!("the child ended when asked `{line}`"))
    }

    /// Asks for something that must go well.
    ///
    /// # Panics
    ///
    /// When it does not.
    pub fn order(&mut self, line: &str) {
        let answer = self.ask(line);
        assert_eq!(answer, "ok", "when asked `{line}`");
    }
}

/// A child's end: does what each line asks for, and answers `ok` or what went wrong, until its input
/// closes.
///
/// # Errors
///
/// When the pipes fail.
pub fn obey(
    mut act: impl FnMut(&[&str]) -> Result<(), Box<dyn std::error::Error>>,
) -> Result<(), Box<dyn std::error::Error>> {
    for line in stdin().lines() {
        let line = line?;
        let words: Vec<&str> = line.split(' ').collect();
        match act(&words) {
            Ok(()) => say("ok")?,
            Err(error) => say(&format!("error: {error}"))?,
        }
    }
    Ok(())
}

/// A child's end: asks the test to do something, which it says to have done.
///
/// # Panics
///
/// When it does not.
pub fn ask(what: &str) {
    say(what).expect("the test listens");
    let mut answer = String::new();
    stdin().read_line(&mut answer).expect("the test answers");
    assert_eq!(answer, "done\n", "when asked to {what}");
}

/// Says a line to the test.
///
/// # Errors
///
/// When the pipe fails.
pub fn say(line: &str) -> std::io::Result<()> {
    let mut out = stdout().lock();
    writeln!(out, "{line}")?;
    out.flush()
}
