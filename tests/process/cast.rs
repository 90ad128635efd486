//! Plays: tests that are a list of steps, each done by one of several processes.

use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead, BufReader, Read, Write},
    os::unix::process::ExitStatusExt,
    process::{Child, ChildStdin, Command, ExitStatus, Stdio},
    sync::mpsc::{Receiver, channel},
    thread::{self, JoinHandle},
    time::Instant,
};

use ipos_tests::{
    PATIENCE, child,
    roles::life::system::{eventually, is_stopped},
};
use tempfile::TempDir;

use Step::{Ask, Start};

/// What happens next. Processes go by a name; an expected answer may leave out parts as `..`.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// A process starts that nobody has invited.
    Start(&'static str),
    /// A process starts, invited by another one, and joins.
    Join(&'static str, &'static str),
    /// A process is asked for something and answers.
    Ask(&'static str, &'static str, &'static str),
    /// A process is asked for something that it cannot answer yet. It is about to wait for it.
    Begin(&'static str, &'static str),
    /// The answer comes.
    Hear(&'static str, &'static str),
    /// A process is asked for something that ends it.
    Last(&'static str, &'static str),
    /// A process is asked again and again until it answers so.
    Until(&'static str, &'static str, &'static str),
    /// A process gets a signal.
    Signal(&'static str, &'static str),
    /// A process's input ends, and then the process ends by itself, well.
    Finish(&'static str),
    /// Nothing is left in the directory for sockets.
    NothingLeft,
}

/// Begins a session of the process `h`.
pub const OPENING: &[Step] = &[Start("h"), Ask("h", "host", "ok")];

/// The processes of one play, and the directory for sockets that they have to themselves.
pub struct Cast {
    stage: TempDir,
    actors: BTreeMap<&'static str, Actor>,
}

/// Plays the steps, one after the other.
#[track_caller]
pub fn check(steps: &[&[Step]]) {
    let mut cast = Cast::new();
    for steps in steps {
        cast.play(steps);
    }
}

impl Cast {
    /// Nobody on an empty stage.
    pub fn new() -> Self {
        let stage = tempfile::tempdir().unwrap();
        Self {
            stage,
            actors: BTreeMap::new(),
        }
    }

    #[track_caller]
    pub fn play(&mut self, steps: &[Step]) {
        for &step in steps {
            self.step(step);
        }
    }

    #[track_caller]
    fn step(&mut self, step: Step) {
        match step {
            Start(who) => self.start(who, self.command()),
            Step::Join(host, who) => {
                let command = self.invited(host);
                self.start(who, command);
                self.step(Ask(who, "join", "ok"));
                self.step(Ask(host, "let-in", "ok"));
            }
            Ask(who, line, expected) => {
                let answer = self.ask(who, line);
                assert!(
                    matches(&answer, expected),
                    "{step:?} is answered `{answer}`"
                );
            }
            Step::Begin(who, line) => {
                let announced = self.ask(who, &format!("announce {line}"));
                assert_eq!(announced, "announced", "{step:?}");
            }
            Step::Hear(who, expected) => {
                let answer = self.actor(who).hear();
                assert!(
                    matches(&answer, expected),
                    "{step:?} is answered `{answer}`"
                );
            }
            Step::Last(who, line) => {
                self.actor(who).say(line);
                self.actor(who).end();
            }
            Step::Until(who, line, expected) => {
                eventually(&format!("{step:?}"), || {
                    matches(&self.ask(who, line), expected)
                });
            }
            Step::Signal(who, name) => self.actor(who).signal(name),
            Step::Finish(who) => {
                let status = self.actor(who).finish();
                assert!(status.success(), "{step:?}: {status}");
            }
            Step::NothingLeft => assert_eq!(self.left(), Vec::<String>::new(), "files are left"),
        }
    }

    /// What processes answer that are asked at once.
    pub fn ask_all(&mut self, all: &[&'static str], line: &str) -> Vec<String> {
        for who in all {
            self.actor(who).say(line);
        }
        all.iter().map(|who| self.actor(who).hear()).collect()
    }

    /// What a process answers.
    pub fn ask(&mut self, who: &str, line: &str) -> String {
        let actor = self.actor(who);
        actor.say(line);
        actor.hear()
    }

    /// The answer to what was begun.
    pub fn hear(&mut self, who: &str) -> String {
        self.actor(who).hear()
    }

    /// The command of an actor on this stage.
    pub fn command(&self) -> Command {
        let mut command = child!("life/actor");
        command
            .stderr(Stdio::piped())
            .env("XDG_RUNTIME_DIR", self.stage.path());
        command
    }

    /// The command of an actor that is invited.
    pub fn invited(&mut self, host: &str) -> Command {
        let (endpoint, token) = self.invite(host);
        let mut command = self.command();
        command
            .env("IPOS_ENDPOINT", endpoint)
            .env("IPOS_TOKEN", token);
        command
    }

    /// An invitation: where the host listens, and the token.
    pub fn invite(&mut self, host: &str) -> (String, String) {
        let answer = self.ask(host, "invite");
        let (endpoint, token) = answer.split_once(' ').unwrap();
        (endpoint.to_owned(), token.to_owned())
    }

    pub fn start(&mut self, who: &'static str, command: Command) {
        let before = self.actors.insert(who, Actor::start(who, command));
        let is_off = before.is_none_or(|mut before| before.has_ended());
        assert!(is_off, "{who} is on stage already");
    }

    pub fn pid(&mut self, who: &str) -> u32 {
        self.actor(who).child.id()
    }

    /// Ends a process and gives all that it has written to its standard error.
    pub fn complaints(&mut self, who: &str) -> String {
        let mut actor = self.actors.remove(who).expect("it is on stage");
        actor.finish();
        actor
            .complaints
            .take()
            .expect("nobody has asked before")
            .join()
            .unwrap()
    }

    /// Where the sockets are.
    pub fn stage(&self) -> &TempDir {
        &self.stage
    }

    fn actor(&mut self, who: &str) -> &mut Actor {
        self.actors
            .get_mut(who)
            .unwrap_or_else(|| panic!("{who} is not on stage"))
    }

    fn left(&self) -> Vec<String> {
        let left = fs::read_dir(self.stage.path()).unwrap();
        left.map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect()
    }
}

/// Whether an answer is the expected one, in which `..` stands for anything.
fn matches(answer: &str, expected: &str) -> bool {
    let Some((start, rest)) = expected.split_once("..") else {
        return answer == expected;
    };
    let Some(mut left) = answer.strip_prefix(start.trim_end()) else {
        return false;
    };
    for part in rest.split("..").map(str::trim) {
        let Some(at) = left.find(part) else {
            return false;
        };
        left = &left[at + part.len()..];
    }
    true
}

/// A process on stage. It is ended with the play.
struct Actor {
    who: &'static str,
    child: Child,
    to: Option<ChildStdin>,
    heard: Receiver<String>,
    complaints: Option<JoinHandle<String>>,
}

impl Actor {
    fn start(who: &'static str, mut command: Command) -> Self {
        let mut child = command
            .spawn()
            .unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let to = child.stdin.take();
        let from = BufReader::new(child.stdout.take().unwrap());
        let mut errors = child.stderr.take().unwrap();
        let (tell, heard) = channel();
        thread::spawn(move || {
            from.lines()
                .map_while(Result::ok)
                .try_for_each(|l| tell.send(l))
        });
        let complaints = thread::spawn(move || {
            let mut all = Vec::new();
            errors.read_to_end(&mut all).unwrap();
            let all = String::from_utf8_lossy(&all).into_owned();
            eprint!("{all}");
            all
        });
        Self {
            who,
            child,
            to,
            heard,
            complaints: Some(complaints),
        }
    }

    fn say(&mut self, line: &str) {
        let to = self.to.as_mut().expect("its input is open");
        writeln!(to, "{line}").unwrap_or_else(|error| panic!("{} and `{line}`: {error}", self.who));
    }

    fn hear(&mut self) -> String {
        let heard = self.heard.recv_timeout(PATIENCE);
        heard.unwrap_or_else(|error| panic!("{} does not answer: {error}", self.who))
    }

    /// Waits until it has ended.
    fn end(&mut self) -> ExitStatus {
        let deadline = Instant::now() + PATIENCE;
        let rest = |deadline: Instant| deadline.saturating_duration_since(Instant::now());
        // Its output ends when it does.
        while self.heard.recv_timeout(rest(deadline)).is_ok() {}
        assert!(Instant::now() < deadline, "{} does not end", self.who);
        self.child.wait().unwrap()
    }

    fn has_ended(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    fn finish(&mut self) -> ExitStatus {
        self.to = None;
        self.end()
    }

    fn signal(&mut self, name: &str) {
        let pid = self.child.id();
        let done = Command::new("sh")
            .args(["-c", &format!("kill -{name} {pid}")])
            .status();
        assert!(done.unwrap().success());
        match name {
            "KILL" => assert_eq!(self.end().signal(), Some(9)),
            "STOP" => eventually("it is stopped", || is_stopped(pid)),
            _ => {}
        }
    }
}

impl Drop for Actor {
    fn drop(&mut self) {
        // It may have ended; both calls then say so, which is no news.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
