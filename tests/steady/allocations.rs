//! A commit allocates nothing: neither where it is made, nor where it is ordered, nor where it is applied.

use std::process::Command;

/// How many commits are made before it is counted: as many as fill all that is remembered.
const WARM_UP: u64 = 6_000;

/// How many are counted.
const COMMITS: u64 = 10_000;

/// How many are made at once where many are.
const MANY: u64 = 50;

/// As many as leave together: the connection's thread sends them.
const BURST: u64 = 500;

/// How often a process may allocate for all of them: queues grow to twice what they were, and each connection gets a
/// thread of its own when there is more to send than the others should.
const ALL: u64 = 32;

/// What each process has allocated in a run.
fn run(edit: &str, writer: &str, batch: u64) -> Vec<(String, u64)> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ipos-tests-steady"));
    command.args(["allocations", "host", edit, writer]);
    command.args([batch, WARM_UP, COMMITS].map(|count| count.to_string()));
    let output = command.output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(
        output.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let counted = said.lines().map(|line| {
        let (who, count) = line.split_once(' ').unwrap();
        (who.to_owned(), count.parse().unwrap())
    });
    counted.collect()
}

/// Checks one run: each process allocates no more than `each` for a commit.
fn check(edit: &str, writer: &str, batch: u64, each: u64) {
    let counted = run(edit, writer, batch);
    let processes = if writer == "host" { 2 } else { 3 };
    assert_eq!(counted.len(), processes, "each process has counted");
    for (who, count) in counted {
        println!("{edit}, {writer} writes {batch} at once: {count} allocations in the {who}");
        assert!(
            count <= each * COMMITS + ALL,
            "{edit}, {writer} writes {batch} at once: the {who} has allocated {count} times for {COMMITS} commits"
        );
    }
}

#[test]
fn one_commit_after_the_other() {
    check("field", "host", 1, 0);
    check("field", "writer", 1, 0);
}

#[test]
fn many_commits_at_once() {
    for edit in ["field", "sum", "element", "entry"] {
        check(edit, "host", MANY, 0);
        check(edit, "writer", MANY, 0);
    }
    check("field", "host", BURST, 0);
    check("field", "writer", BURST, 0);
}

#[test]
fn a_text_is_all_that_is_allocated_for_a_text() {
    check("text", "host", MANY, 1);
    check("text", "writer", MANY, 1);
}
