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

use ipos::{Ipos, Peer, Process, SharedHandle};
use rustix::process::{Pid, Signal, kill_process};

/// How long the one is stopped; before and after that it is measured for half as long without.
const STOPPED: Duration = Duration::from_secs(30);

/// How many others write. Of several, one may outrun the others, so that the host queues for those too.
const WRITERS: [usize; 2] = [1, 4];

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
    println!(
        "commits of {BYTES} bytes; the queue limit is {} KiB",
        QUEUE / 1024
    );
    WRITERS.into_iter().try_for_each(session)
}

fn session(writers: usize) -> Result<(), Box<dyn Error>> {
    let ipos = Ipos::builder().queue_limit(QUEUE).host()?;
    let count = ipos.create("count", 0u64)?;
    ipos.create("text", String::new())?;
    ipos.create("over", false)?;
    let wanted = ipos.create("wanted", u64::MAX)?;
    let reached = ipos.create("reached", false)?;
    let start = |role: &str| {
        ipos.spawn(Command::new(env::current_exe()?).arg(role))
            .map_err(Box::<dyn Error>::from)
    };
    let reader = start("reader")?;
    let others: Vec<Process> = (0..writers)
        .map(|_| start("writer"))
        .collect::<Result<_, _>>()?;
    let queued = || -> (usize, usize) {
        let (one, all): (Vec<_>, Vec<_>) = ipos
            .peers()
            .into_iter()
            .partition(|peer| peer.pid == Some(reader.id()));
        let sum =
            |peers: Vec<Peer>| peers.iter().filter_map(|peer| peer.queued).sum::<usize>() / 1024;
        (sum(one), sum(all))
    };
    // Until all run as fast as they will.
    rate(&count, STOPPED / 6, || {});

    let before = rate(&count, STOPPED / 2, || {});
    let memory_before = memory().saturating_sub(queued().1);
    signal(&reader, Signal::STOP)?;
    let (mut most, mut most_queued, mut most_others) = (0, 0, 0);
    let during = rate(&count, STOPPED, || {
        let (one, others) = queued();
        most = most.max(memory().saturating_sub(others));
        most_queued = most_queued.max(one);
        most_others = most_others.max(others);
    });
    let seen = *count.read();
    wanted.set(seen)?;
    signal(&reader, Signal::CONT)?;
    let equal = Instant::now();
    reached.wait_until(PATIENCE, |reached| *reached)?;
    let equal = equal.elapsed();
    let after = rate(&count, STOPPED / 2, || {});

    println!("{writers} of the others write:");
    println!(
        "  {before:.0} commits a second; {during:.0} while one is stopped for {STOPPED:?}, {:.2} of the rate without; {after:.0} then",
        during / f64::midpoint(before, after)
    );
    println!(
        "  the host takes {} KiB more at the most, beside what is queued for those who write; for the one, at the most, \
         {most_queued} KiB are queued, for those {most_others} KiB",
        most.saturating_sub(memory_before)
    );
    println!("  the one has all of the {seen} commits {equal:?} after it goes on");
    ipos.get::<bool>("over")?.set(true)?;
    for process in others.iter().chain([&reader]) {
        process.wait()?;
    }
    Ok(())
}

/// How many commits there are a second. It looks at the rest again and again meanwhile.
fn rate(count: &SharedHandle<u64>, time: Duration, mut look: impl FnMut()) -> f64 {
    let (first, begin) = (*count.read(), Instant::now());
    while begin.elapsed() < time {
        thread::sleep(Duration::from_millis(20));
        look();
    }
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
    let (count, wanted) = (ipos.get::<u64>("count")?, ipos.get::<u64>("wanted")?);
    let over = ipos.get::<bool>("over")?;
    wanted.wait_until(Duration::MAX, |wanted| *wanted != u64::MAX)?;
    let wanted = *wanted.read();
    count.wait_until(Duration::MAX, |count| *count >= wanted)?;
    ipos.get::<bool>("reached")?.set(true)?;
    over.wait_until(Duration::MAX, |over| *over)?;
    Ok(())
}

fn signal(process: &Process, signal: Signal) -> Result<(), Box<dyn Error>> {
    let pid = i32::try_from(process.id()).ok().and_then(Pid::from_raw);
    Ok(kill_process(pid.ok_or("it has a number")?, signal)?)
}

/// The memory of this process, in KiB.
fn memory() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let words = line.unwrap_or_default().split_whitespace().next();
    words.and_then(|word| word.parse().ok()).unwrap_or_default()
}
