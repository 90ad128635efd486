//! Another process of this program, which plays a role and talks in lines.

use std::{
    env,
    error::Error,
    io::{self, BufRead, BufReader, Write, stdin, stdout},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::Result;

/// The first argument of a process that plays a role.
pub(crate) const ROLE: &str = "role";

/// So long another process may take to connect, or to end when it has closed its output.
const PATIENCE: Duration = Duration::from_secs(30);

/// How long is waited between two looks at whether it runs.
pub(crate) const LOOK: Duration = Duration::from_millis(100);

/// The other process, as who started it sees it. It ends when its input does.
pub(crate) struct Other {
    /// Its role, or its program.
    name: String,
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
        let name = name(command);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("{name} does not start: {error}"))?;
        let input = child.stdin.take();
        let output = child.stdout.take().ok_or("its output is a pipe")?;
        Ok(Self {
            name,
            child,
            input,
            output: BufReader::new(output),
        })
    }

    pub(crate) fn say(&mut self, line: &str) -> Result<()> {
        let input = self.input.as_mut().ok_or("its input is a pipe")?;
        match writeln!(input, "{line}") {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Err(self.end()),
            said => Ok(said?),
        }
    }

    pub(crate) fn hear(&mut self) -> Result<String> {
        let mut line = String::new();
        if self.output.read_line(&mut line)? == 0 {
            return Err(self.end());
        }
        Ok(line.trim_end().to_owned())
    }

    /// How it has ended, when nothing more is said or heard.
    fn end(&mut self) -> Box<dyn Error + Send + Sync> {
        let begin = Instant::now();
        while begin.elapsed() < PATIENCE {
            if let Err(error) = self.check() {
                return error;
            }
            thread::sleep(LOOK / 10);
        }
        format!("the process {} runs and answers nothing more", self.name).into()
    }

    /// Whether it runs; if not, how it has ended.
    fn check(&mut self) -> Result<()> {
        match self.child.try_wait()? {
            None => Ok(()),
            Some(status) => Err(format!("the process {} has ended: {status}", self.name).into()),
        }
    }

    /// Looks for its connection again and again, while it runs and not too long. One look takes `LOOK` if there is none.
    pub(crate) fn connection<T>(
        &mut self,
        mut look: impl FnMut() -> Result<Option<T>>,
    ) -> Result<T> {
        let begin = Instant::now();
        while begin.elapsed() < PATIENCE {
            if let Some(connection) = look()? {
                return Ok(connection);
            }
            self.check()?;
        }
        let seconds = PATIENCE.as_secs();
        Err(format!(
            "the process {} runs, but has not connected in {seconds} s",
            self.name
        )
        .into())
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

/// The role that a command plays, or its program.
fn name(command: &Command) -> String {
    let mut args = command.get_args();
    let role = args.next().filter(|first| *first == ROLE);
    let role = role.and_then(|_| args.next());
    let name = role.unwrap_or(command.get_program());
    name.to_string_lossy().into_owned()
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
