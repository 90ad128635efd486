//! The tables of docs/reliability.md: each row has its tests, and these exist.

use crate::sources;

/// The rows of all tables in a text: their cells, without the heads.
fn rows(text: &str) -> Vec<Vec<&str>> {
    let lines = text.lines().map(str::trim);
    let rows = lines.filter_map(|line| line.strip_prefix('|')?.strip_suffix('|'));
    let rows = rows.map(|row| row.split('|').map(str::trim).collect::<Vec<_>>());
    rows.filter(|row| row[0] != "promise" && !row[0].starts_with("---"))
        .collect()
}

/// The names in a cell.
fn names(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

#[test]
fn every_promise_has_a_test_that_exists() {
    let sources = sources::all();
    let is_test = |name: &str| {
        let function = format!("fn {name}(");
        let tests = sources.iter().filter(|source| source.is_test);
        let mut after = tests.filter_map(|source| source.code.split_once(&function));
        after.any(|(before, _)| before.trim_end().ends_with("#[test]"))
    };
    let text = sources::read("docs/reliability.md");
    let rows = rows(&text);
    assert!(rows.len() > 20, "the tables were not found");
    for row in rows {
        let [_, fault, happens, tests] = row[..] else {
            panic!("{row:?} is no row of four cells")
        };
        assert!(!fault.is_empty() && !happens.is_empty(), "{row:?}");
        assert!(names(tests).next().is_some(), "no test shows: {fault}");
        for name in names(tests) {
            assert!(is_test(name), "there is no test `{name}`, for: {fault}");
        }
    }
}

#[test]
fn rows_and_names_are_read_as_they_are_written() {
    let text = "| promise | test |\n|---|---|\n| 1 | `a`, `b_c` |\nno | row\n| | none |\n";
    assert_eq!(rows(text), [["1", "`a`, `b_c`"], ["", "none"]]);
    assert_eq!(names("`a`, `b_c`").collect::<Vec<_>>(), ["a", "b_c"]);
    assert_eq!(names("none").count(), 0);
}
