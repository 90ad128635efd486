//! Who names whom inside `ipos`, against what ARCHITECTURE.md says.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use crate::sources::{self, Source};

/// For each room the rooms that it names.
type Arrows = BTreeMap<String, BTreeSet<String>>;

const SRC: &str = "ipos/src/";

/// The arrows that ARCHITECTURE.md lists: the block that is fenced as `text arrows`.
fn listed(document: &str) -> Arrows {
    let block = document
        .split("```text arrows\n")
        .nth(1)
        .expect("there is a block of arrows");
    let (block, _) = block.split_once("```").expect("the block ends");
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect();
    block
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let (room, others) = line
                .split_once("->")
                .unwrap_or_else(|| panic!("`{line}` has no ->"));
            (room.trim().to_owned(), words(others))
        })
        .collect()
}

/// The arrows that the sources have.
fn actual(sources: &[Source]) -> Arrows {
    let rooms: Vec<(&str, &Source)> = sources
        .iter()
        .filter(|source| !source.is_test && source.path != "ipos/src/lib.rs")
        .filter_map(|source| Some((source.path.strip_prefix(SRC)?.strip_suffix(".rs")?, source)))
        .collect();
    let room_of = |path: &str| path.split('/').next().unwrap().to_owned();
    let mut arrows: Arrows = rooms
        .iter()
        .map(|(path, _)| (room_of(path), BTreeSet::new()))
        .collect();
    let front = sources
        .iter()
        .find(|source| source.path == "ipos/src/lib.rs");
    let exports = exports(&front.expect("the crate has a front").code);
    for (path, source) in rooms {
        let depth = path.trim_end_matches("/mod").split('/').count();
        for name in names_from_the_root(&source.code, depth) {
            let room = match exports.get(&name) {
                _ if arrows.contains_key(&name) => name,
                Some(room) => room.clone(),
                None if name.starts_with(char::is_uppercase) => "types".to_owned(),
                None => panic!("{}: crate::{name} is in no room", source.path),
            };
            if room != room_of(path) {
                arrows.get_mut(&room_of(path)).unwrap().insert(room);
            }
        }
    }
    arrows
}

/// Which room the items come from that the crate's front exports. A glob's are not told.
fn exports(front: &str) -> BTreeMap<String, String> {
    let mut exports = BTreeMap::from([("__private".to_owned(), "derive_support".to_owned())]);
    for export in front.split("pub use ").skip(1) {
        let export = export
            .split(';')
            .next()
            .unwrap()
            .trim()
            .trim_start_matches("crate::");
        let Some((room, items)) = export.split_once("::") else {
            continue;
        };
        for item in items.trim_matches(['{', '}']).split(',') {
            let name = item.rsplit("::").next().unwrap().trim();
            exports.insert(name.to_owned(), room.to_owned());
        }
    }
    exports
}

/// The names that a file at the given depth uses from the root of its crate.
fn names_from_the_root(code: &str, depth: usize) -> Vec<String> {
    let up = "super::".repeat(depth);
    let mut names = vec![];
    for start in ["crate::", &up] {
        for (at, _) in code.match_indices(start) {
            let before = code[..at].chars().next_back();
            let goes_on = before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':');
            if !goes_on {
                names.extend(first_names(&code[at + start.len()..]));
            }
        }
    }
    names
}

/// The first segments of the paths of a `use`, which may be a group.
fn first_names(paths: &str) -> Vec<String> {
    let name = |path: &str| {
        let end = path
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(path.len());
        path[..end].to_owned()
    };
    let Some(group) = paths.strip_prefix('{') else {
        return vec![name(paths)];
    };
    let mut names = vec![];
    let (mut depth, mut start) = (0, 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' | ',' if depth == 0 => {
                names.push(name(group[start..at].trim()));
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            '}' => depth -= 1,
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty() && name != "self");
    names
}

fn told(arrows: &Arrows) -> String {
    let mut text = String::new();
    for (room, others) in arrows {
        let others: String = others
            .iter()
            .fold(String::new(), |all, other| all + " " + other);
        writeln!(text, "{room} ->{others}").unwrap();
    }
    text
}

/// The arrows of `these` that `those` do not have.
fn beyond(these: &Arrows, those: &Arrows) -> Vec<String> {
    let mut beyond = vec![];
    for (room, others) in these {
        let Some(known) = those.get(room) else {
            beyond.push(format!("{room} (the room)"));
            continue;
        };
        beyond.extend(
            others
                .difference(known)
                .map(|other| format!("{room} -> {other}")),
        );
    }
    beyond
}

#[test]
fn the_arrows_between_rooms_run_as_the_architecture_says() {
    let actual = actual(&sources::all());
    let listed = listed(&sources::read("ARCHITECTURE.md"));
    let (new, gone) = (beyond(&actual, &listed), beyond(&listed, &actual));
    assert!(
        new.is_empty() && gone.is_empty(),
        "not listed: {new:?}\nlisted, but not there: {gone:?}\nas it is:\n{}",
        told(&actual)
    );
}

/// What the arrows are for: the pure rooms can be used, read and tested without the others.
#[test]
fn the_pure_rooms_lead_to_no_room_with_threads_and_sockets() {
    let arrows = actual(&sources::all());
    let shell = [
        "cell", "store", "driver", "seat", "process", "session", "handle", "guard", "builder",
        "deadline",
    ];
    for room in shell {
        assert!(arrows.contains_key(room), "{room} is a room");
    }
    let mut reached = BTreeSet::from(["core".to_owned(), "types".to_owned()]);
    loop {
        let next: BTreeSet<String> = reached
            .iter()
            .flat_map(|room| &arrows[room])
            .chain(&reached)
            .cloned()
            .collect();
        if next == reached {
            break;
        }
        reached = next;
    }
    for room in shell {
        assert!(
            !reached.contains(room),
            "the core or the types lead to {room}: {reached:?}"
        );
    }
}

#[test]
fn arrows_are_read_from_every_form_of_a_path() {
    let source = |path: &str, text: &str| Source {
        path: format!("{SRC}{path}"),
        text: text.to_owned(),
        code: sources::code(text),
        is_test: path.contains("tests"),
    };
    let sources = [
        source(
            "lib.rs",
            "mod a; mod b; pub use b::{B, other::C}; pub use crate::c::D;",
        ),
        source(
            "a.rs",
            "use crate::{b, c::{self, d}, Shape}; use super::e::f; // crate::x\n",
        ),
        source(
            "b.rs",
            "fn f(c: crate::C, d: $crate::D) { super::super_b(); }",
        ),
        source("c/mod.rs", "use super::a::x; use self::inner;"),
        source(
            "c/inner.rs",
            "use super::d; use super::super::b::x; pub(crate) use crate::e;",
        ),
        source("c/tests.rs", "use crate::types;"),
        source("e.rs", "pub(in crate::e) fn e() { \"crate::a\" }"),
        source("super_b.rs", ""),
        source("types/mod.rs", "use crate::__private::x;"),
        source("derive_support.rs", ""),
    ];
    let expected = "a -> b c e types\nb -> c super_b\nc -> a b e\nderive_support ->\ne ->\n\
        super_b ->\ntypes -> derive_support\n";
    assert_eq!(told(&actual(&sources)), expected);
    let document = format!("# Arrows\n\n```text\nx -> y\n```\n\n```text arrows\n{expected}```\n");
    assert_eq!(told(&listed(&document)), expected);
}
