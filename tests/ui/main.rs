//! What the derive takes, and what is said to who misuses it.
//!
//! A case is a file. What is refused stands in `fail/<topic>`, each file with what the compiler says to
//! it; `TRYBUILD=overwrite` writes that anew. What is taken stands in `pass/<topic>`, the files of a
//! topic as the modules of one program, which runs their `check`s.

use std::{collections::BTreeSet, fs, path::Path};

#[rustversion::attr(
    not(stable(1.95)),
    ignore = "the wording of messages, to the letter, is that of rustc 1.95"
)]
#[test]
fn what_is_wrong_is_told() {
    trybuild::TestCases::new().compile_fail("ui/fail/*/*.rs");
}

#[test]
fn what_is_right_is_taken() {
    trybuild::TestCases::new().pass("ui/pass/*/main.rs");
}

/// The names in a directory.
fn names(path: &str) -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let entries = fs::read_dir(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[test]
fn no_case_is_left_out() {
    let mut count = 0;
    for topic in names("ui/pass") {
        let mut files = names(&format!("ui/pass/{topic}"));
        assert!(files.remove("main.rs"), "{topic} is a program");
        let main = format!("{}/ui/pass/{topic}/main.rs", env!("CARGO_MANIFEST_DIR"));
        let main = fs::read_to_string(main).unwrap();
        for file in &files {
            let name = file.strip_suffix(".rs").expect("a case is a file");
            for line in [
                format!("\nmod {name};\n"),
                format!("\n    {name}::check();\n"),
            ] {
                assert!(main.contains(&line), "{topic} has {:?}", line.trim());
            }
        }
        count += files.len();
    }
    assert!(count >= 40, "{count} cases that pass");

    let mut count = 0;
    for topic in names("ui/fail") {
        let files = names(&format!("ui/fail/{topic}"));
        for file in &files {
            let other = match file.rsplit_once('.') {
                Some((name, "rs")) => format!("{name}.stderr"),
                Some((name, "stderr")) => format!("{name}.rs"),
                _ => panic!("{topic}/{file} is no case"),
            };
            assert!(files.contains(&other), "{topic}/{file} has {other}");
        }
        count += files.len() / 2;
    }
    assert!(count >= 60, "{count} cases that fail");
}
