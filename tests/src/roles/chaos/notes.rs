//! What was confirmed to the members, in files that outlive them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

/// A member's own file: a line for each of its commits that was confirmed to it.
pub(super) struct Notes(File);

impl Notes {
    pub(super) fn of(author: u64, folder: &Path) -> io::Result<Self> {
        let path = folder.join(author.to_string());
        let file = OpenOptions::new().create(true).append(true).open(path)?;
        Ok(Self(file))
    }

    /// Notes commits. What is written is there, also if this process is killed then.
    pub(super) fn note(&mut self, numbers: impl IntoIterator<Item = u64>) -> io::Result<()> {
        let lines: String = numbers.into_iter().map(|n| format!("{n}\n")).collect();
        self.0.write_all(lines.as_bytes())
    }
}

/// The commits that were noted, by their authors; they are struck out then.
pub(super) fn take_all(folder: &Path) -> io::Result<BTreeMap<u64, BTreeSet<u64>>> {
    let mut all = BTreeMap::new();
    for path in files(folder)? {
        let text = fs::read_to_string(&path)?;
        // A last line without an end is one at which its writer was killed.
        let whole = text
            .split_inclusive('\n')
            .filter(|line| line.ends_with('\n'));
        let numbers = whole.map(|line| line.trim_end().parse().expect("a number"));
        let author = path
            .file_name()
            .and_then(|name| name.to_str()?.parse().ok());
        all.insert(author.expect("its author's number"), numbers.collect());
        // Whoever writes to it goes on at its new end.
        OpenOptions::new().write(true).truncate(true).open(&path)?;
    }
    Ok(all)
}

fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect()
}
