//! Rules on files, each a row.

use crate::sources::{self, Source};

struct Rule {
    /// As a sentence.
    says: &'static str,
    /// The files that it is about.
    about: fn(&Source) -> bool,
    check: Check,
    /// A file that breaks it: its path and what is in it.
    broken_by: (&'static str, &'static str),
}

enum Check {
    /// None of these stands in the file's text.
    NotInText(&'static [&'static str]),
    /// None of these stands in the file's code.
    NotInCode(&'static [&'static str]),
    /// None of these names is used in the file's code.
    Unnamed(&'static [&'static str]),
    /// The file passes.
    Passes(fn(&Source) -> bool),
}

/// How long a file of code may be.
const LINES: usize = 500;

/// What knows the world outside: a pure part names none of it.
const OUTSIDE: &[&str] = &[
    "net",
    "thread",
    "fs",
    "io",
    "env",
    "process",
    "sync_channel",
    "mpsc",
    "Instant",
    "SystemTime",
    "interprocess",
    "ipos_transport",
    "shared_child",
    "getrandom",
    "rand",
    "parking_lot",
    "Mutex",
    "RwLock",
    "Condvar",
    "OnceLock",
    "LazyLock",
    "thread_local",
    "atomic",
    "event_listener",
];

/// The same for the types, among which are addresses and points in time: those are values, what opens
/// and asks for them is outside.
const OUTSIDE_OF_TYPES: &[&str] = &[
    "TcpListener",
    "TcpStream",
    "UdpSocket",
    "ToSocketAddrs",
    "thread",
    "fs",
    "io",
    "env",
    "process",
    "sync_channel",
    "mpsc",
    "Instant",
    "now",
    "elapsed",
    "interprocess",
    "ipos_transport",
    "shared_child",
    "getrandom",
    "rand",
    "parking_lot",
    "Mutex",
    "RwLock",
    "Condvar",
    "OnceLock",
    "LazyLock",
    "thread_local",
    "atomic",
    "event_listener",
];

const RULES: &[Rule] = &[
    Rule {
        says: "the core names no socket, thread, clock, lock or random source",
        about: |source| is_in(source, "ipos/src/core/") && !source.is_test,
        check: Check::Unnamed(OUTSIDE),
        broken_by: (
            "ipos/src/core/x.rs",
            "use std::{collections::BTreeMap, time::Instant};",
        ),
    },
    Rule {
        says: "the core depends on no order of an unordered map",
        about: |source| is_in(source, "ipos/src/core/") && !source.is_test,
        check: Check::Unnamed(&["HashMap", "HashSet", "RandomState"]),
        broken_by: ("ipos/src/core/x.rs", "fn x(map: &HashMap<u8, u8>) {}"),
    },
    Rule {
        says: "the types name no socket, thread, clock, lock or random source",
        about: |source| is_in(source, "ipos/src/types/") && !source.is_test,
        check: Check::Unnamed(OUTSIDE_OF_TYPES),
        broken_by: ("ipos/src/types/x.rs", "SystemTime::now();"),
    },
    Rule {
        says: "a token is compared in constant time",
        about: |source| source.path == "ipos-transport/src/token.rs",
        check: Check::Passes(|source| {
            let code = &source.code;
            let compares = code.matches("fn eq(").count() == 1 && code.contains(".ct_eq(");
            let derives = code.lines().find(|line| line.contains("#[derive("));
            compares && derives.is_some_and(|line| line == "#[derive(Clone)]")
        }),
        broken_by: (
            "ipos-transport/src/token.rs",
            "#[derive(Clone, PartialEq)]\npub struct Token([u8; 32]);",
        ),
    },
    Rule {
        says: "nothing depends on a clock that can be set",
        about: |source| is_library(source) && !source.is_test,
        check: Check::NotInCode(&["SystemTime::now", "UNIX_EPOCH.elapsed"]),
        broken_by: ("ipos/src/x.rs", "fn x() { SystemTime::now(); }"),
    },
    Rule {
        says: "libraries do not unwrap: a proof in an `expect`, or an error",
        about: |source| is_library(source) && !source.is_test,
        check: Check::NotInCode(&[".unwrap()"]),
        broken_by: ("ipos/src/x.rs", "fn x() { y()\n.unwrap(); }"),
    },
    Rule {
        says: "a file of more than 500 lines is asking to be split",
        about: |source| is_rust(source) && !source.path.ends_with(".expanded.rs"),
        check: Check::Passes(|source| source.text.lines().count() <= LINES),
        broken_by: ("tests/x.rs", LONG),
    },
    Rule {
        says: "a file says what it is about, unless it holds the tests of the file beside it",
        about: |source| {
            // A case that does not compile is what its name says.
            let is_case = is_in(source, "tests/ui/fail/");
            is_rust(source) && !source.path.ends_with("/tests.rs") && !is_case
        },
        check: Check::Passes(|source| {
            let own_tests = source.is_test && is_library(source);
            own_tests || source.text.starts_with("//! ")
        }),
        broken_by: ("ipos/src/x.rs", "use std::fmt;"),
    },
    Rule {
        says: "what is left to do is an issue, not a comment",
        about: |_| true,
        check: Check::NotInText(&[
            concat!("TO", "DO"),
            concat!("FIX", "ME"),
            concat!("XX", "X:"),
        ]),
        broken_by: ("docs/x.md", concat!("TO", "DO: all of it")),
    },
    Rule {
        says: "what is there is done",
        about: is_rust,
        check: Check::NotInCode(&["todo!", "unimplemented!"]),
        broken_by: ("examples/x.rs", "fn x() { todo!() }"),
    },
    Rule {
        says: "every test is run, but for messages in the words of one compiler",
        about: |source| is_rust(source) && source.path != "tests/ui/main.rs",
        check: Check::NotInCode(&["#[ignore", "ignore ="]),
        broken_by: (
            "tests/x/main.rs",
            "#[test]\n#[ignore = \"slow\"]\nfn x() {}",
        ),
    },
    Rule {
        says: "tests wait for conditions, they do not sleep",
        about: |source| is_rust(source) && (source.is_test || is_in(source, "tests/")),
        check: Check::NotInCode(&["thread::sleep", "sleep("]),
        broken_by: ("tests/x/main.rs", "fn x() { std::thread::sleep(PAUSE); }"),
    },
    Rule {
        says: "tests of a module stand in a file of their own",
        about: |source| is_library(source) && !source.is_test,
        check: Check::NotInCode(&["mod tests {", "#[test]"]),
        broken_by: ("ipos/src/x.rs", "#[cfg(test)]\nmod tests {\n}"),
    },
    Rule {
        says: "the tree needs nothing beside it, and no certain machine",
        about: |_| true,
        check: Check::NotInText(&[
            concat!("../", "shared"),
            concat!("/ho", "me/"),
            concat!("/wo", "rk/"),
            concat!("/ro", "ot/"),
            concat!("/Us", "ers/"),
        ]),
        broken_by: ("docs/x.md", concat!("see ../", "shared/design")),
    },
];

/// A file of one line too many.
const LONG: &str = {
    const BYTES: [u8; LINES + 1] = [b'\n'; LINES + 1];
    match std::str::from_utf8(&BYTES) {
        Ok(text) => text,
        Err(_) => panic!("lines are text"),
    }
};

fn is_in(source: &Source, folder: &str) -> bool {
    source.path.starts_with(folder)
}

fn is_rust(source: &Source) -> bool {
    source.path.ends_with(".rs")
}

fn is_library(source: &Source) -> bool {
    ["ipos/src/", "ipos-derive/src/", "ipos-transport/src/"]
        .iter()
        .any(|folder| is_in(source, folder))
}

impl Rule {
    /// Where a file breaks the rule.
    fn breaches(&self, source: &Source) -> Vec<String> {
        if !(self.about)(source) {
            return vec![];
        }
        let path = &source.path;
        let lines = |text: &str, breaks: &dyn Fn(&str) -> Option<&'static str>| {
            text.lines()
                .zip(1..)
                .filter_map(|(line, number): (_, usize)| {
                    breaks(line).map(|what| format!("{path}:{number}: {what}"))
                })
                .collect::<Vec<_>>()
        };
        let containing = |needles: &'static [&'static str]| {
            move |line: &str| {
                needles
                    .iter()
                    .copied()
                    .find(|&needle| line.contains(needle))
            }
        };
        match self.check {
            Check::NotInText(needles) => lines(&source.text, &containing(needles)),
            Check::NotInCode(needles) => lines(&source.code, &containing(needles)),
            Check::Unnamed(names) => lines(&source.code, &move |line: &str| {
                let mut words = line.split(|c: char| !c.is_alphanumeric() && c != '_');
                words.find_map(|word| names.iter().copied().find(|&name| name == word))
            }),
            Check::Passes(passes) if passes(source) => vec![],
            Check::Passes(_) => vec![path.clone()],
        }
    }
}

#[test]
fn every_rule_is_kept() {
    let sources = sources::all();
    let mut report = String::new();
    for rule in RULES {
        assert!(
            sources.iter().any(|source| (rule.about)(source)),
            "{} of no file",
            rule.says
        );
        let breaches: Vec<String> = sources
            .iter()
            .flat_map(|source| rule.breaches(source))
            .collect();
        if !breaches.is_empty() {
            report += &format!("{}\n    {}\n", rule.says, breaches.join("\n    "));
        }
    }
    assert!(report.is_empty(), "{report}");
}

#[test]
fn every_rule_can_be_broken() {
    for rule in RULES {
        let (path, text) = rule.broken_by;
        let source = Source {
            path: path.to_owned(),
            text: text.to_owned(),
            code: sources::code(text),
            is_test: path.starts_with("tests/"),
        };
        assert_ne!(rule.breaches(&source), [""; 0], "{}", rule.says);
    }
}
