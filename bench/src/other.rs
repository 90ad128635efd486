//! Another process of this program, which plays a role and talks in lines.

use std::{
    env,
    io::{BufRead, BufReader, Write, stdin, stdout},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use crate::Result;

/// The first argument of a process that plays a role.
pub(crate) const ROLE: &str = "role";

/// The other process, as who started it sees it. It ends when its input does.
pub(crate) struct Other {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

/// The command that plays a role.
pub(crate) fn command(role: &str) -> Result<Command> {
    let mut command = Command::new(env::current_exe()?);
    command
        .args([ROLE, role])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    Ok(command)
}

impl Other {
    /// Starts what talks in lines.
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let input = child.stdin.take();
        let output = child.stdout.take().ok_or("its output is a pipe")?;
        Ok(Self {
            child,
            input,
            output: BufReader::new(output),
        })
    }

    pub(crate) fn say(&mut self, line: &str) -> Result<()> {
        let input = self.input.as_mut().ok_or("its input is a pipe")?;
        Ok(writeln!(input, "{line}")?)
    }

    pub(crate) fn hear(&mut self) -> Result<String> {
        let mut line = String::new();
        if self.output.read_line(&mut line)? == 0 {
            return Err("the other process has ended".into());
        }
        Ok(line.trim_end().to_owned())
    }

    /// Says a line and gives the answer.
    pub(crate) fn ask(&mut self, line: &str) -> Result<String> {
        self.say(line)?;
        self.hear()
    }
}

impl Drop for Other {
    fn drop(&mut self) {
        self.input = None;
        // It may be in a wait that no end of its input ends.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What the one who plays a role is asked for next; none when that is over.
pub(crate) fn next() -> Result<Option<String>> {
    let mut line = String::new();
    let read = stdin().lock().read_line(&mut line)?;
    Ok((read > 0).then(|| line.trim_end().to_owned()))
}

/// What the one who plays a role answers.
pub(crate) fn answer(line: &str) -> Result<()> {
    let mut out = stdout().lock();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}
