//! What was confirmed to the members, in files that outlive them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::Path,
};

/// Stands before the number of a commit that was refused.
const REFUSED: &str = "not ";

/// A member's own file: a line for each of its commits that was confirmed to it, or refused.
pub(super) struct Notes(File);

impl Notes {
    pub(super) fn of(author: u64, folder: &Path) -> io::Result<Self> {
        let path = folder.join(author.to_string());
        let file = OpenOptions::new().create(true).append(true).open(path)?;
        Ok(Self(file))
    }

    /// Notes that a commit was refused.
    pub(super) fn strike(&mut self, number: u64) -> io::Result<()> {
        self.0.write_all(format!("{REFUSED}{number}\n").as_bytes())
    }

    /// Notes commits. What is written is there, also if this process is killed then.
    pub(super) fn note(&mut self, numbers: impl IntoIterator<Item = u64>) -> io::Result<()> {
        let lines: String = numbers.into_iter().map(|n| format!("{n}\n")).collect();
        self.0.write_all(lines.as_bytes())
    }
}

/// What was noted of one member.
#[derive(Debug, Default)]
pub struct Noted {
    /// Its commits that were confirmed.
    pub confirmed: BTreeSet<u64>,
    /// Those that were refused.
    pub refused: BTreeSet<u64>,
}

/// What was noted, by author; it is struck out then.
pub(super) fn take_all(folder: &Path) -> io::Result<BTreeMap<u64, Noted>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let text = fs::read_to_string(&path)?;
        let mut noted = Noted::default();
        // A last line without an end is one at which its writer was killed.
        for line in text
            .split_inclusive('\n')
            .filter_map(|line| line.strip_suffix('\n'))
        {
            let (list, number) = match line.strip_prefix(REFUSED) {
                Some(number) => (&mut noted.refused, number),
                None => (&mut noted.confirmed, line),
            };
            list.insert(number.parse().expect("a number"));
        }
        let author = path
            .file_name()
            .and_then(|name| name.to_str()?.parse().ok());
        all.insert(author.expect("its author's number"), noted);
        // Whoever writes to it goes on at its new end.
        OpenOptions::new().write(true).truncate(true).open(&path)?;
    }
    Ok(all)
}
