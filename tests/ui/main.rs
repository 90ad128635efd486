//! What the derive takes, and what is said to who misuses it.
//!
//! A case is a file. What is taken stands in `pass/<topic>`: each is a module of this test, and a test
//! itself. What is refused stands in `fail/<topic>`, beside what the compiler says to it;
//! `TRYBUILD=overwrite` writes that anew.

pub mod pass;

use std::{collections::BTreeSet, fs, path::Path};

#[rustversion::attr(
    not(stable(1.95)),
    ignore = "the wording of messages, to the letter, is that of rustc 1.95"
)]
#[test]
fn what_is_wrong_is_told() {
    trybuild::TestCases::new().compile_fail("ui/fail/*/*.rs");
}

/// The names in a directory of this test.
fn names(path: &str) -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui").join(path);
    let entries = fs::read_dir(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

/// The cases in a directory, each of which its `mod.rs` has as a module.
fn modules(path: &str) -> BTreeSet<String> {
    let mut cases = names(path);
    assert!(cases.remove("mod.rs"), "{path} is a module");
    let module = format!("{}/ui/{path}/mod.rs", env!("CARGO_MANIFEST_DIR"));
    let module = fs::read_to_string(module).unwrap();
    for case in &cases {
        let name = case.trim_end_matches(".rs");
        let line = format!("mod {name};\n");
        assert!(module.contains(&line), "{path} has no module {name}");
    }
    cases
}

#[test]
fn every_case_that_passes_is_a_module() {
    let topics = modules("pass");
    let counts = topics
        .iter()
        .map(|topic| modules(&format!("pass/{topic}")).len());
    let count: usize = counts.sum();
    assert!(count >= 40, "{count} cases that pass");
}

#[test]
fn every_case_that_fails_has_its_messages() {
    let mut count = 0;
    for topic in names("fail") {
        let files = names(&format!("fail/{topic}"));
        let stems = |end: &str| -> Vec<&str> {
            files
                .iter()
                .filter_map(|file| file.strip_suffix(end))
                .collect()
        };
        let cases = stems(".rs");
        assert_eq!(cases, stems(".stderr"), "{topic}");
        assert_eq!(cases.len() * 2, files.len(), "{topic} has other files");
        count += cases.len();
    }
    assert!(count >= 60, "{count} cases that fail");
}
