//! The files of the tree, and Rust code without its comments and texts.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// A text file of the tree.
#[derive(Debug)]
pub(crate) struct Source {
    /// From the root, with slashes.
    pub(crate) path: String,
    pub(crate) text: String,
    /// Rust code without comments and texts, its lines where they were. Empty for other files.
    pub(crate) code: String,
    /// Whether it is compiled for tests only.
    pub(crate) is_test: bool,
}

pub(crate) fn root() -> PathBuf {
    let tests =
        std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    PathBuf::from(tests).join("..")
}

pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// All text files of the tree: what git would track, but for the lock file.
pub(crate) fn all() -> Vec<Source> {
    let mut paths = vec![];
    walk(&root(), &mut paths);
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).ok()?;
        let path = path.strip_prefix(root()).unwrap();
        let path = path.to_str().unwrap().replace('\\', "/");
        let is_rust = path.ends_with(".rs");
        let code = if is_rust { code(&text) } else { String::new() };
        Some(Source {
            path,
            text,
            code,
            is_test: false,
        })
    };
    let mut sources: Vec<Source> = paths.into_iter().filter_map(read).collect();
    mark_tests(&mut sources);
    assert!(sources.len() > 50, "the tree was not found at {:?}", root());
    sources
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .collect();
    entries.sort_by_key(|entry| entry.file_name());
    for entry in entries {
        let (path, name) = (entry.path(), entry.file_name());
        if [".git", "target", "Cargo.lock"]
            .iter()
            .any(|&skipped| name == skipped)
        {
            continue;
        }
        if entry.file_type().unwrap().is_dir() {
            walk(&path, paths);
        } else {
            paths.push(path);
        }
    }
}

/// Finds the modules that are declared under `#[cfg(test)]`, with all below them, and the tests
/// that are crates of their own.
fn mark_tests(sources: &mut [Source]) {
    let mut folders = BTreeSet::new();
    for source in sources.iter() {
        let parent = match source.path.rsplit_once('/') {
            Some((folder, "mod.rs" | "lib.rs" | "main.rs")) => folder.to_owned(),
            _ => source.path.trim_end_matches(".rs").to_owned(),
        };
        for name in test_modules(&source.code) {
            folders.insert(format!("{parent}/{name}"));
        }
    }
    for source in sources {
        let path = source.path.trim_end_matches(".rs");
        let in_test_crate = path.starts_with("tests/") || path.contains("/tests/");
        source.is_test = in_test_crate
            || folders.iter().any(|folder| {
                let below = path.strip_prefix(folder.as_str());
                below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            });
    }
}

/// The names of the modules that stand in files of their own and are compiled for tests only.
pub(crate) fn test_modules(code: &str) -> Vec<&str> {
    let after_cfg = code.split("#[cfg(test)]").skip(1);
    after_cfg
        .filter_map(|item| {
            let (declaration, _) = item.split_once(';')?;
            let (visibility, name) = declaration.trim().rsplit_once("mod ")?;
            let is_declaration =
                ["", "pub", "pub(crate)", "pub(super)"].contains(&visibility.trim());
            is_declaration.then_some(name.trim())
        })
        .collect()
}

/// Rust code without its comments, and with empty texts. Lines stay where they are.
pub(crate) fn code(text: &str) -> String {
    let mut code = String::new();
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let skipped = match next {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => block_comment(rest),
            '"' => quoted(rest, 1, "\"", true),
            'r' | 'b' if !code.ends_with(|c: char| c.is_alphanumeric() || c == '_') => {
                raw_text(rest)
            }
            '\'' => character(rest),
            _ => 0,
        };
        if skipped == 0 {
            code.push(next);
            rest = &rest[next.len_utf8()..];
            continue;
        }
        let (comment_or_text, after) = rest.split_at(skipped);
        if !comment_or_text.starts_with('/') {
            code.push_str("\"\"");
        }
        code.extend(comment_or_text.chars().filter(|&c| c == '\n'));
        rest = after;
    }
    code
}

fn block_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    loop {
        let rest = &text[at..];
        if rest.starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if rest.starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
        if depth == 0 || at >= text.len() {
            return at.min(text.len());
        }
    }
}

/// The length of a text that opens with `open` bytes and ends with `end`.
fn quoted(text: &str, open: usize, end: &str, escapes: bool) -> usize {
    let mut at = open;
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with(end) {
            return at + end.len();
        }
        let mut chars = rest.chars();
        let mut length = chars.next().map_or(1, char::len_utf8);
        if escapes && rest.starts_with('\\') {
            length += chars.next().map_or(0, char::len_utf8);
        }
        at += length;
    }
    text.len()
}

/// The length of a raw or byte text, or 0 if none starts here.
fn raw_text(text: &str) -> usize {
    let prefix = text.find(|c| c != 'r' && c != 'b').unwrap_or(text.len());
    let hashes = text[prefix..].find(|c| c != '#').unwrap_or(0);
    let open = prefix + hashes + 1;
    let is_text = prefix <= 2 && text[prefix + hashes..].starts_with('"');
    match (is_text, text[..prefix].contains('r')) {
        (false, _) => 0,
        (true, true) => quoted(text, open, &format!("\"{}", "#".repeat(hashes)), false),
        (true, false) => quoted(text, open, "\"", true),
    }
}

/// The length of a character, or 0 if it is a lifetime that starts here.
fn character(text: &str) -> usize {
    let mut chars = text.char_indices().skip(1);
    match (chars.next(), chars.next()) {
        (Some((_, '\\')), _) => quoted(text, 1, "'", true),
        (Some(_), Some((end, '\''))) => end + 1,
        _ => 0,
    }
}

#[test]
fn code_is_what_remains_without_comments_and_texts() {
    let cases = [
        ("a // b\nc", "a \nc"),
        ("a /// b `c`\n//! d\ne", "a \n\ne"),
        ("a /* b /* c */ d\n */ e", "a \n e"),
        (r#"a("b // \" c") d"#, r#"a("") d"#),
        (
            "a(r#\"b \" c\"#, br\"d\\\", b\"e\\\"\") f",
            r#"a("", "", "") f"#,
        ),
        (
            "a('\"', '\\'', 'b') 'c: &'d str",
            r#"a("", "", "") 'c: &'d str"#,
        ),
        ("car\"b\" r#type b", "car\"\" r#type b"),
    ];
    for (text, expected) in cases {
        assert_eq!(code(text), expected, "{text}");
    }
}

#[test]
fn modules_for_tests_are_those_that_are_declared_so() {
    let code = "#[cfg(test)]\nmod a;\nmod b;\n#[cfg(test)]\npub(crate) mod c;\n\
        #[cfg(test)]\nextern crate self as x;\n#[cfg(test)]\nuse d; mod e;";
    assert_eq!(test_modules(code), ["a", "c"]);
}
