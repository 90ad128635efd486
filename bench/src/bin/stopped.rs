//! What it costs the others that one member is stopped while all write: their commits a second, the host's memory,
//! and how soon the one is equal again when it goes on.
//!
//! `cargo run --release -p ipos-bench --bin stopped`

use std::{
    env,
    error::Error,
    fs,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use ipos::{Ipos, Process, SharedHandle};
use rustix::process::{Pid, Signal, kill_process};

/// How long the one is stopped; before and after that it is measured for half as long without.
const STOPPED: Duration = Duration::from_secs(30);

/// How many others write.
const WRITERS: usize = 4;

/// How large a commit is.
const BYTES: usize = 1024;

/// The host's default, which is asked for here so that it can be told.
const QUEUE: usize = 64 * 1024 * 1024;

const PATIENCE: Duration = Duration::from_secs(60);

fn main() -> Result<(), Box<dyn Error>> {
    match env::args().nth(1).as_deref() {
        None => host(),
        Some("writer") => writer(),
        Some(_) => reader(),
    }
}

fn host() -> Result<(), Box<dyn Error>> {
    let ipos = Ipos::builder().queue_limit(QUEUE).host()?;
    let count = ipos.create("count", 0u64)?;
    ipos.create("text", String::new())?;
    ipos.create("over", false)?;
    let start = |role: &str| {
        ipos.spawn(Command::new(env::current_exe()?).arg(role))
            .map_err(Box::<dyn Error>::from)
    };
    let reader = start("reader")?;
    let writers: Vec<Process> = (0..WRITERS)
        .map(|_| start("writer"))
        .collect::<Result<_, _>>()?;
    // Until all run as fast as they will.
    rate(&count, STOPPED / 6);

    let before = rate(&count, STOPPED / 2);
    let memory = resident();
    signal(&reader, Signal::STOP)?;
    let during = rate(&count, STOPPED);
    let more = resident().saturating_sub(memory);
    let seen = *count.read();
    signal(&reader, Signal::CONT)?;
    let equal = Instant::now();
    // It has applied all that the others have written by now.
    ipos.barrier(PATIENCE)?;
    let equal = equal.elapsed();
    let after = rate(&count, STOPPED / 2);

    println!("{WRITERS} members write commits of {BYTES} bytes");
    println!(
        "{before:.0} commits a second; {during:.0} while one more is stopped for {STOPPED:?}; {after:.0} then"
    );
    println!(
        "that is {:.2} of the rate without",
        during / f64::midpoint(before, after)
    );
    println!(
        "the host takes {} KiB more for it; its queue limit is {} KiB",
        more,
        QUEUE / 1024
    );
    println!("{seen} commits are there when it goes on, and it is equal after {equal:?}");
    ipos.get::<bool>("over")?.set(true)?;
    for process in writers.iter().chain([&reader]) {
        process.wait()?;
    }
    Ok(())
}

/// How many commits there are a second.
fn rate(count: &SharedHandle<u64>, time: Duration) -> f64 {
    let (first, begin) = (*count.read(), Instant::now());
    thread::sleep(time);
    #[expect(clippy::cast_precision_loss, reason = "for a person to read")]
    let commits = (*count.read() - first) as f64;
    commits / begin.elapsed().as_secs_f64()
}

fn writer() -> Result<(), Box<dyn Error>> {
    let ipos = Ipos::join()?;
    let (count, text) = (ipos.get::<u64>("count")?, ipos.get::<String>("text")?);
    let over = ipos.get::<bool>("over")?;
    while !*over.read() {
        for _ in 0..16 {
            text.set("x".repeat(BYTES))?;
            count.update(|count| count.add(1))?;
        }
        count.flush(PATIENCE)?;
    }
    Ok(())
}

fn reader() -> Result<(), Box<dyn Error>> {
    let ipos = Ipos::join()?;
    let over = ipos.get::<bool>("over")?;
    over.wait_until(Duration::MAX, |over| *over)?;
    Ok(())
}

fn signal(process: &Process, signal: Signal) -> Result<(), Box<dyn Error>> {
    let pid = i32::try_from(process.id()).ok().and_then(Pid::from_raw);
    Ok(kill_process(pid.ok_or("it has a number")?, signal)?)
}

/// The memory of this process, in KiB.
fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let words = line.unwrap_or_default().split_whitespace().next();
    words.and_then(|word| word.parse().ok()).unwrap_or_default()
}
