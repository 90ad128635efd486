//! A session with its processes, and scripts that they play.

use ipos::{Ipos, Process};
use ipos_tests::{
    PATIENCE, child,
    roles::parity::{kinds, player::Player},
    talk::Talk,
};

/// The processes of a session, by the names that scripts call them.
pub struct Cast {
    pub ipos: Ipos,
    sides: Vec<(&'static str, Side)>,
    /// Where in the session's order the last write stands.
    seq: String,
}

enum Side {
    /// The process of the test, with its answer to the last line.
    Here(Box<Player>, Option<String>),
    There(Talk, Process),
}

/// Who plays what in a script.
#[derive(Clone, Copy, Debug)]
pub struct Parts<'a> {
    pub key: &'a str,
    pub kind: &'a str,
    pub creator: &'a str,
    pub writer: &'a str,
    pub one: &'a str,
    pub two: &'a str,
}

impl<'a> Parts<'a> {
    /// All is done by the child, with the first value and then the second.
    pub fn of(key: &'a str, kind: &'a str) -> Self {
        Self {
            key,
            kind,
            creator: "child",
            writer: "child",
            one: "first",
            two: "second",
        }
    }
}

impl Cast {
    /// A parent who only hosts the session.
    pub fn empty() -> Self {
        let ipos = Ipos::builder().sync_timeout(PATIENCE).host().unwrap();
        Self {
            ipos,
            sides: vec![],
            seq: String::new(),
        }
    }

    /// A parent that plays, and two children.
    pub fn family() -> Self {
        let mut cast = Self::empty();
        cast.join("child", child!("parity/player"));
        cast.join("sibling", child!("parity/player"));
        let parent = Player::new(cast.ipos.clone(), kinds::kinds());
        cast.sides
            .push(("parent", Side::Here(Box::new(parent), None)));
        cast
    }

    /// Two children of a parent whose code names none of their types.
    pub fn strangers() -> Self {
        let mut cast = Self::empty();
        cast.join("child", child!("parity/stranger"));
        cast.join("sibling", child!("parity/stranger"));
        cast
    }

    /// One process more.
    pub fn join(&mut self, name: &'static str, command: std::process::Command) -> Process {
        let process = self.ipos.spawn(command).unwrap();
        self.sides
            .push((name, Side::There(Talk::with(&process), process.clone())));
        process
    }

    /// Closes a process's input, so that it ends.
    pub fn dismiss(&mut self, name: &str) {
        self.sides.retain(|(side, _)| *side != name);
    }

    pub fn has(&self, name: &str) -> bool {
        self.sides.iter().any(|(side, _)| *side == name)
    }

    /// The names of the kinds that the children know.
    pub fn kinds(&mut self) -> Vec<String> {
        self.ask("child", "kinds")
            .split(' ')
            .map(str::to_owned)
            .collect()
    }

    /// The keys of all objects are the same on all sides.
    pub fn must_agree_on_keys(&mut self) {
        let keys = self.ipos.keys().join(" ");
        for there in self.ask_all("keys") {
            assert_eq!(there, keys);
        }
    }

    /// What a process answers.
    pub fn ask(&mut self, who: &str, line: &str) -> String {
        let (_, side) = self
            .sides
            .iter_mut()
            .find(|(name, _)| *name == who)
            .unwrap();
        side.say(line);
        side.hear(line)
    }

    /// What all processes answer, each while the others are at it.
    pub fn ask_all(&mut self, line: &str) -> Vec<String> {
        for (_, side) in &mut self.sides {
            side.say(line);
        }
        self.sides
            .iter_mut()
            .map(|(_, side)| side.hear(line))
            .collect()
    }

    /// Plays a script. A line is who, the verb, and the value: `one` and `two` are as the parts
    /// say. A fourth word is a kind other than that of the parts.
    pub fn play(&mut self, script: &[&str], parts: Parts<'_>) {
        for &line in script {
            let mut words = line.split(' ');
            let mut next = || words.next().unwrap_or_default();
            let (who, verb, which, kind) = (next(), next(), next(), next());
            let kind = if kind.is_empty() { parts.kind } else { kind };
            let which = match which {
                "one" => parts.one,
                "two" => parts.two,
                which => which,
            };
            let who = match who {
                "creator" => parts.creator,
                "writer" => parts.writer,
                who => who,
            };
            let asked = format!("{verb} {} {kind} {which} {}", parts.key, self.seq);
            let mut sides: Vec<_> = self
                .sides
                .iter_mut()
                .filter(|(name, _)| who == "all" || *name == who)
                .collect();
            assert!(!sides.is_empty(), "`{line}` is for nobody");
            for (_, side) in &mut sides {
                side.say(&asked);
            }
            for (name, side) in sides {
                let answer = side.hear(&asked);
                assert!(
                    !answer.starts_with("error"),
                    "`{line}` of {parts:?}: {name}: {answer}"
                );
                if answer != "ok" {
                    self.seq = answer;
                }
            }
        }
    }
}

impl Side {
    fn say(&mut self, line: &str) {
        match self {
            Self::There(talk, _) => talk.say(line),
            Self::Here(player, answer) => {
                *answer = Some(
                    player
                        .act(line)
                        .unwrap_or_else(|error| format!("error: {error}")),
                );
            }
        }
    }

    fn hear(&mut self, line: &str) -> String {
        match self {
            Self::Here(_, answer) => answer.take().unwrap(),
            Self::There(talk, process) => talk
                .hear()
                .unwrap_or_else(|| panic!("{process:?} ended when it was asked `{line}`")),
        }
    }
}
