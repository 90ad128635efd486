//! Rules on the manifests: who depends on whom, and lints with their reasons.

use std::collections::BTreeSet;

use crate::sources;

/// The crates of the workspace, each with those that it may depend on, also for its tests.
const CRATES: &[(&str, &[&str])] = &[
    ("ipos", &["ipos-derive", "ipos-transport"]),
    ("ipos-derive", &[]),
    ("ipos-transport", &[]),
    ("examples", &["ipos"]),
    ("tests", &["ipos", "ipos-transport"]),
    ("fuzz", &["ipos", "ipos-transport"]),
    ("bench", &["ipos", "ipos-transport"]),
    ("bench/instructions", &["ipos"]),
];

/// A table of a manifest: its name, and its lines.
fn tables(manifest: &str) -> Vec<(&str, Vec<&str>)> {
    let mut tables = vec![("", vec![])];
    for line in manifest.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[') {
            tables.push((name.trim_matches(['[', ']']), vec![]));
        } else if let Some((_, lines)) = tables.last_mut() {
            lines.push(line);
        }
    }
    tables
}

/// The crates of this workspace that a manifest depends on, in any table of dependencies.
fn own_dependencies(manifest: &str) -> BTreeSet<&str> {
    let names = tables(manifest).into_iter().flat_map(|(table, lines)| {
        let one = table.split_once("dependencies.").map(|(_, name)| name);
        let is_table = table.ends_with("dependencies");
        let all = lines
            .into_iter()
            .filter(move |_| is_table)
            .filter_map(|line| line.split(['.', '=', ' ']).next());
        one.into_iter().chain(all)
    });
    names.filter(|name| name.starts_with("ipos")).collect()
}

#[test]
fn the_crates_depend_on_each_other_in_one_direction() {
    let workspace = sources::read("Cargo.toml");
    let (_, members) = workspace
        .split_once("members = [")
        .expect("the workspace has members");
    let (members, _) = members.split_once("\n]").expect("the list of members ends");
    let members = members.lines().filter_map(|line| line.split('"').nth(1));
    assert!(
        members.eq(CRATES.iter().map(|&(name, _)| name)),
        "every member of the workspace has its row in this test"
    );
    for &(name, expected) in CRATES {
        let manifest = sources::read(&format!("{name}/Cargo.toml"));
        let expected = expected.iter().copied().collect();
        assert_eq!(own_dependencies(&manifest), expected, "{name}");
    }
}

/// The lints without a reason: a comment above them, which may be shared by lints that follow one
/// another and have the same level.
fn unreasoned(manifest: &str) -> Vec<&str> {
    let mut without = vec![];
    let lints = tables(manifest)
        .into_iter()
        .filter(|(table, _)| table.starts_with("workspace.lints"));
    for (_, lines) in lints {
        // The level that the comment above holds for; `None` if there is no comment.
        let mut reasoned: Option<&str> = None;
        for line in lines {
            if line.starts_with('#') {
                reasoned = Some("");
            } else if let Some((lint, level)) = line.split_once('=') {
                match reasoned {
                    Some("") => reasoned = Some(level),
                    Some(shared) if shared == level => {}
                    _ => without.push(lint.trim()),
                }
            } else {
                reasoned = None;
            }
        }
    }
    without
}

#[test]
fn every_lint_has_its_reason() {
    let manifest = sources::read("Cargo.toml");
    let lints = manifest
        .split_once("[workspace.lints")
        .expect("the workspace has lints");
    assert!(lints.1.contains("unsafe_code = \"forbid\""));
    assert_eq!(unreasoned(&manifest), [""; 0]);
}

#[test]
fn manifests_are_read_as_they_are_written() {
    let manifest = "[dependencies]\nipos.workspace = true\nserde = \"1\"\n\
        [target.'cfg(unix)'.dependencies]\nipos-transport = { path = \"x\" }\n\
        [dev-dependencies.ipos-derive]\npath = \"x\"\n[[test]]\nname = \"ipos-x\"\n\
        [workspace.lints.rust]\na = \"warn\"\n# Because.\nb = \"warn\"\nc = \"warn\"\nd = \"deny\"\n\
        \n# So.\n\ne = \"warn\"\n[lints]\nf = \"warn\"\n";
    let dependencies = ["ipos", "ipos-derive", "ipos-transport"].into();
    assert_eq!(own_dependencies(manifest), dependencies);
    assert_eq!(unreasoned(manifest), ["a", "d", "e"]);
}
