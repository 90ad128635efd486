//! `cargo run --example quickstart [folder]`: this process starts itself three times as workers.
//! They count the lines, words and bytes of the folder's files, each its share, in one struct.
use ipos::{Ipos, Shared};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, env, fs, path::Path, process::Command, thread, time::Duration};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;
const WORKERS: usize = 3;
const REPOSITORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// What all processes share. Reading is plain Rust; `Shared` derives what it is written through.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
struct Survey {
    files: Vec<String>,              // every third one is a worker's share
    counts: BTreeMap<String, Count>, // by file, so no two workers write the same entry
    checking: bool,                  // worker 0 sets it, and its siblings react
    log: Vec<(bool, String)>,        // all append what they did, and whether it went well
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Count {
    lines: usize,
    words: usize,
    bytes: usize,
}

fn main() -> Result<()> {
    match env::args().nth(2) {
        Some(number) => worker(number.parse()?),
        None => parent(&env::args().nth(1).unwrap_or(REPOSITORY.into())),
    }
}

fn parent(folder: &str) -> Result<()> {
    let mut files = Vec::new();
    find(Path::new(folder), &mut files)?;
    files.sort();
    let ipos = Ipos::host()?;
    let survey = ipos.create("survey", Survey::default())?;
    survey.update(|s| s.set_files(files))?;
    for me in 0..WORKERS {
        let mut program = Command::new(env::current_exe()?);
        let worker = ipos.spawn(program.args(["worker", &me.to_string()]))?; // is in sync now
        let survey = survey.clone();
        thread::spawn(move || {
            let end = worker.wait()?; // goes into the log, which tells the parent of a crash
            let line = format!("worker {me} ended with {end}");
            survey.update(|s| s.log_mut().push((end.success(), line)))
        });
    }
    let (mut quarters, mut told) = (0, 0);
    while told < 2 * WORKERS {
        survey.changed(Duration::from_secs(60))?; // since it was last read: nothing is missed
        let s = survey.read();
        let now = s.counts.len() * 4 / s.files.len().max(1);
        (quarters..now).for_each(|q| println!("{}% of {} files", q * 25 + 25, s.files.len()));
        for (_, line) in &s.log[told..] {
            println!("{line}");
        }
        (quarters, told) = (now, s.log.len());
        let failed = s.log.iter().find(|(well, _)| !well);
        failed.map_or(Ok(()), |(_, line)| Err(line.as_str()))?;
    }
    let s = survey.read();
    let sum = |field: fn(&Count) -> usize| s.counts.values().map(field).sum::<usize>();
    let (lines, words, bytes) = (sum(|c| c.lines), sum(|c| c.words), sum(|c| c.bytes));
    println!("total: {lines} lines, {words} words, {bytes} bytes");
    for file in &s.files {
        assert_eq!(count(file)?, s.counts[file], "{file} has changed");
    }
    println!("checked: equal to a plain count");
    Ok(())
}

fn worker(me: usize) -> Result<()> {
    let ipos = Ipos::join()?;
    let survey = ipos.get::<Survey>("survey")?;
    let files = survey.read().files.clone();
    for file in files.iter().skip(me).step_by(WORKERS) {
        let count = count(file)?;
        survey.update(|s| s.counts_mut().insert(file.clone(), count))?; // one atomic commit
        survey.flush(Duration::MAX)?; // until the host, the parent, has given it its place
    }
    if me == 0 {
        survey.wait_until(Duration::MAX, |s| s.counts.len() == files.len())?;
        survey.update(|s| s.set_checking(true))?;
    }
    survey.wait_until(Duration::MAX, |s| s.checking)?; // ends with an error if the parent dies
    let (next, s) = ((me + 1) % WORKERS, survey.snapshot());
    for file in files.iter().skip(next).step_by(WORKERS) {
        assert_eq!(count(file)?, s.counts[file], "{file} has changed");
    }
    let line = format!("worker {me}, told to check: worker {next} has counted right");
    survey.update(|s| s.log_mut().push((true, line)))?;
    Ok(survey.flush(Duration::MAX)?)
}

fn count(file: &str) -> Result<Count> {
    let text = fs::read(file).map_err(|error| format!("{file}: {error}"))?;
    let words = text.split(u8::is_ascii_whitespace);
    Ok(Count {
        lines: text.iter().filter(|byte| **byte == b'\n').count(),
        words: words.filter(|word| !word.is_empty()).count(),
        bytes: text.len(),
    })
}

fn find(folder: &Path, files: &mut Vec<String>) -> Result<()> {
    for entry in fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))? {
        let (path, kind) = entry.and_then(|entry| Ok((entry.path(), entry.file_type()?)))?;
        if kind.is_dir() && !path.ends_with(".git") && !path.ends_with("target") {
            find(&path, files)?;
        } else if kind.is_file() {
            let skip = || println!("left out, not UTF-8: {}", path.display());
            path.to_str().map_or_else(skip, |p| files.push(p.into()));
        }
    }
    Ok(())
}
