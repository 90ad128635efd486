//! What it costs the others that members join while there is a large object: the slowest write of the host to another
//! object, and the slowest confirmed write of another member, beside those without joins.
//!
//! `cargo run --release -p ipos-bench --bin joins`

use std::{
    collections::BTreeMap,
    env,
    error::Error,
    fs,
    process::Command,
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

use ipos::{Ipos, SharedHandle};

/// How many entries of some 95 bytes the large object has, unless the first argument says another number.
const ENTRIES: u64 = 1_000_000;

/// How many members join, one after the other.
const JOINS: usize = 5;

/// How long it is measured without.
const IDLE: Duration = Duration::from_secs(3);

/// How long those who write wait between two writes, so that they are not what takes the time.
const PAUSE: Duration = Duration::from_micros(500);

const PATIENCE: Duration = Duration::from_secs(60);

fn main() -> Result<(), Box<dyn Error>> {
    match env::args().nth(1).as_deref() {
        Some("writer") => writer(),
        Some("joiner") => joiner(),
        entries => host(entries.map_or(Ok(ENTRIES), str::parse)?),
    }
}

fn host(entries: u64) -> Result<(), Box<dyn Error>> {
    let ipos = Ipos::host()?;
    ipos.create("large", large(entries))?;
    let mine = ipos.create("mine", 0u64)?;
    ipos.create("theirs", 0u64)?;
    ipos.create("phase", 0u64)?;
    let slowest = ipos.create("slowest", BTreeMap::<u64, u64>::new())?;
    let writer = ipos.spawn(Command::new(env::current_exe()?).arg("writer"))?;

    let (over, longest) = (AtomicBool::new(false), AtomicU64::new(0));
    // The most that was taken is counted from here on.
    fs::write("/proc/self/clear_refs", "5")?;
    let memory_before = memory("VmRSS:");
    println!("an object with {entries} entries; {memory_before} KiB are the host's");
    println!(
        "{:>10} {:>14} {:>16} {:>16}",
        "", "took", "host's write", "member's write"
    );
    thread::scope(|scope| -> Result<(), Box<dyn Error>> {
        scope.spawn(|| write(&mine, &over, &longest));
        let mut phase = 0;
        let mut measure = |name: &str, act: &mut dyn FnMut() -> Result<(), Box<dyn Error>>| {
            phase += 1;
            ipos.get::<u64>("phase")?.set(phase)?;
            slowest.wait_until(PATIENCE, |slowest| slowest.contains_key(&(phase - 1)))?;
            longest.store(0, Ordering::Relaxed);
            let begin = Instant::now();
            act()?;
            let took = begin.elapsed();
            let host = Duration::from_nanos(longest.load(Ordering::Relaxed));
            ipos.get::<u64>("phase")?.set(phase + 1)?;
            slowest.wait_until(PATIENCE, |slowest| slowest.contains_key(&phase))?;
            let member = Duration::from_nanos(slowest.read()[&phase]);
            phase += 1;
            println!("{name:>10} {took:>14.1?} {host:>16.3?} {member:>16.3?}");
            Ok::<_, Box<dyn Error>>(())
        };
        let result = (|| {
            measure("idle", &mut || {
                thread::sleep(IDLE);
                Ok(())
            })?;
            for _ in 0..JOINS {
                measure("join", &mut || {
                    let joiner = ipos.spawn(Command::new(env::current_exe()?).arg("joiner"))?;
                    joiner.wait()?;
                    Ok(())
                })?;
            }
            Ok(())
        })();
        over.store(true, Ordering::Relaxed);
        result
    })?;
    let more = memory("VmHWM:").saturating_sub(memory_before);
    println!("the host took {more} KiB more at the most");
    ipos.get::<u64>("phase")?.set(u64::MAX)?;
    writer.wait()?;
    Ok(())
}

type Large = BTreeMap<u64, String>;

fn large(entries: u64) -> Large {
    (0..entries)
        .map(|key| (key, format!("entry {key:86}")))
        .collect()
}

/// Writes to an object, and notes how long the slowest write took.
fn write(mine: &SharedHandle<u64>, over: &AtomicBool, longest: &AtomicU64) {
    while !over.load(Ordering::Relaxed) {
        let begin = Instant::now();
        mine.update(|mine| mine.add(1))
            .expect("nobody deletes the object");
        longest.fetch_max(nanos(begin), Ordering::Relaxed);
        thread::sleep(PAUSE);
    }
}

/// Writes until it is confirmed, and tells for each phase how long the slowest write took.
fn writer() -> Result<(), Box<dyn Error>> {
    let ipos = Ipos::join()?;
    let (theirs, phase) = (ipos.get::<u64>("theirs")?, ipos.get::<u64>("phase")?);
    let slowest = ipos.get::<BTreeMap<u64, u64>>("slowest")?;
    let (mut at, mut longest) = (0, 0);
    loop {
        let now = *phase.read();
        if now == u64::MAX {
            return Ok(());
        }
        if now != at {
            slowest.update(|slowest| slowest.insert(at, longest))?;
            (at, longest) = (now, 0);
        }
        let begin = Instant::now();
        theirs.update(|theirs| theirs.add(1))?;
        theirs.flush(PATIENCE)?;
        longest = longest.max(nanos(begin));
        thread::sleep(PAUSE);
    }
}

fn joiner() -> Result<(), Box<dyn Error>> {
    let ipos = Ipos::join()?;
    let large = ipos.get::<Large>("large")?;
    assert!(!large.read().is_empty());
    Ok(())
}

fn nanos(begin: Instant) -> u64 {
    u64::try_from(begin.elapsed().as_nanos()).unwrap_or(u64::MAX)
}

/// The memory of this process, now or at its most, in KiB.
fn memory(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let words = line.unwrap_or_default().split_whitespace().next();
    words.and_then(|word| word.parse().ok()).unwrap_or_default()
}
