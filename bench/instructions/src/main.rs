//! How many instructions the steps of a commit take, counted by callgrind, and whether that is what it was: a guard
//! that no noise of the machine disturbs.
//!
//! `cargo run --release -p ipos-instructions`; with `BLESS=1` it writes down what it finds. Compilers
//! differ, so it only tells what it finds where another one is used than the counts were made with, or where there is no
//! valgrind.

mod board;

use std::{
    collections::BTreeMap,
    env,
    error::Error,
    fmt::Write as _,
    fs,
    path::Path,
    process::{Command, ExitCode, Stdio},
    time::Duration,
};

use board::{Board, CELLS, board};
use ipos::{Ipos, Shared, SharedHandle, measured};

/// How far from what was written down is still the same, in percent.
const TOLERANCE: f64 = 3.0;

/// How often each step is taken while it is counted.
const TIMES: u64 = 1000;

/// How many commits are on their way at once.
const BATCH: u64 = 50;

const PATIENCE: Duration = Duration::from_secs(60);

type Fallible<T> = Result<T, Box<dyn Error>>;

/// A step: what it is called, and what takes it so often.
type Step = (&'static str, fn() -> Fallible<()>);

const STEPS: &[Step] = &[
    ("record-field", || record(field)),
    ("record-element", || record(element)),
    ("apply-field", || apply(field)),
    ("apply-element", || apply(element)),
    ("undo-field", || undo(field)),
    ("undo-element", || undo(element)),
    ("commit-host", || commit(true)),
    ("commit-member", || commit(false)),
];

fn field(board: &mut <Board as Shared>::Mut<'_>, number: u64) {
    board.set_tick(number);
}

fn element(board: &mut <Board as Shared>::Mut<'_>, number: u64) {
    let at = usize::try_from(number).expect("it is small") % CELLS;
    board.cells_mut().at(at).set_count(number);
}

type Change = fn(&mut <Board as Shared>::Mut<'_>, u64);

/// All that is done in here is counted, and nothing else.
#[inline(never)]
fn counted<R>(step: impl FnOnce() -> R) -> R {
    step()
}

/// A copy with an open commit of so many changes. What buffers they take is there already.
fn opened(change: Change) -> measured::Copy<Board> {
    let mut copy = measured::Copy::new(board());
    copy.record(|board| (0..TIMES).for_each(|number| change(board, number)));
    copy
}

fn record(change: Change) -> Fallible<()> {
    let mut copy = opened(change);
    copy.undo();
    counted(|| copy.record(|board| (0..TIMES).for_each(|number| change(board, number))));
    Ok(())
}

fn undo(change: Change) -> Fallible<()> {
    let mut copy = opened(change);
    counted(|| copy.undo());
    Ok(())
}

fn apply(change: Change) -> Fallible<()> {
    let source = opened(change);
    let mut copy = opened(change);
    copy.undo();
    counted(|| copy.apply(source.recorded()))?;
    Ok(())
}

/// One set a commit, from the handle into the socket: of the host to a member, or of the member to its host. Both are in
/// this process, and what the other does is not counted.
fn commit(is_host: bool) -> Fallible<()> {
    let name = format!("ipos-instructions-{}", std::process::id());
    let host = Ipos::serve(&name)?;
    let here = host.create("board", board())?;
    let member = Ipos::connect(&name)?;
    let there = member.wait_for::<Board>("board", PATIENCE)?;
    let (from, to) = if is_host {
        (here, there)
    } else {
        (there, here)
    };
    let made = |batch: u64| batch * BATCH..(batch + 1) * BATCH;
    let in_batches = |batches: std::ops::Range<u64>, make: &dyn Fn(&SharedHandle<Board>, u64)| {
        batches.map(made).try_for_each(|numbers| {
            let last = numbers.end - 1;
            numbers.for_each(|number| make(&from, number));
            from.flush(PATIENCE)?;
            to.wait_until(PATIENCE, |board| board.tick == last)
        })
    };
    let set = |handle: &SharedHandle<Board>, number: u64| {
        handle
            .update(|board| board.set_tick(number))
            .expect("the session lives");
    };
    // The first ones make buffers and start threads.
    in_batches(0..10, &set)?;
    let last = 10 + TIMES / BATCH;
    in_batches(10..last, &|handle, number| counted(|| set(handle, number)))?;
    Ok(())
}

fn main() -> Fallible<ExitCode> {
    match env::args().nth(1) {
        Some(step) => {
            let (_, take) = STEPS
                .iter()
                .find(|(name, _)| *name == step)
                .ok_or("there is no such step")?;
            take()?;
            Ok(ExitCode::SUCCESS)
        }
        None => guard(),
    }
}

/// Counts all steps, and compares them with what was written down.
fn guard() -> Fallible<ExitCode> {
    let valgrind = Command::new("valgrind").arg("--version").output();
    if valgrind.is_err() {
        println!("NOTHING IS COUNTED: there is no valgrind here");
        return Ok(ExitCode::SUCCESS);
    }
    let written_down = Path::new(env!("CARGO_MANIFEST_DIR")).join("counts.txt");
    let counts: Vec<(&str, u64)> = STEPS
        .iter()
        .map(|&(name, _)| Ok((name, count(name)?)))
        .collect::<Fallible<_>>()?;
    let compiler = compiler()?;
    if env::var_os("BLESS").is_some() {
        fs::write(&written_down, told(&compiler, &counts))?;
        println!("written down in {}", written_down.display());
        return Ok(ExitCode::SUCCESS);
    }
    let text = fs::read_to_string(&written_down)?;
    let (known_compiler, known) = read(&text)?;
    let mut is_same = true;
    for (name, count) in counts {
        let Some(&was) = known.get(name) else {
            println!("{name:16} {count:6}, and was never counted");
            is_same = false;
            continue;
        };
        #[expect(clippy::cast_precision_loss, reason = "they are small")]
        let off = (count as f64 / was as f64 - 1.0) * 100.0;
        let is_off = off.abs() > TOLERANCE;
        is_same &= !is_off;
        let mark = if is_off { "  <- off" } else { "" };
        println!("{name:16} {count:6}, was {was:6}: {off:+.1} %{mark}");
    }
    if compiler != known_compiler {
        println!("NOTHING IS CHECKED: the counts are of {known_compiler}, and this is {compiler}");
        return Ok(ExitCode::SUCCESS);
    }
    if is_same {
        return Ok(ExitCode::SUCCESS);
    }
    println!("a step takes another number of instructions by more than {TOLERANCE} %");
    println!("if that is as it should be: BLESS=1 cargo run --release -p ipos-instructions");
    Ok(ExitCode::FAILURE)
}

/// How many instructions a step takes once.
fn count(step: &str) -> Fallible<u64> {
    let folder = tempfile::tempdir()?;
    let out = folder.path().join("counts");
    let mut command = Command::new("valgrind");
    command.arg("--tool=callgrind");
    command.arg("--toggle-collect=ipos_instructions::counted*");
    command.arg(format!("--callgrind-out-file={}", out.display()));
    command.arg(env::current_exe()?).arg(step);
    let output = command.stdin(Stdio::null()).output()?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{step} fails: {said}").into());
    }
    let counts = fs::read_to_string(out)?;
    let total = counts
        .lines()
        .find_map(|line| line.strip_prefix("totals: "));
    let total: u64 = total.ok_or("callgrind tells no total")?.trim().parse()?;
    if total == 0 {
        return Err(format!("{step} was not seen").into());
    }
    Ok(total / TIMES)
}

/// The compiler that is used here, with what it compiles for.
fn compiler() -> Fallible<String> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(rustc).arg("--version").output()?;
    let version = String::from_utf8(version.stdout)?;
    Ok(format!("{} for {}", version.trim(), env::consts::ARCH))
}

fn told(compiler: &str, counts: &[(&str, u64)]) -> String {
    let mut text = format!("{compiler}\n");
    for (name, count) in counts {
        writeln!(text, "{name} {count}").expect("a text takes all");
    }
    text
}

fn read(text: &str) -> Fallible<(&str, BTreeMap<&str, u64>)> {
    let mut lines = text.lines();
    let compiler = lines.next().ok_or("no compiler is written down")?;
    let counts = lines.filter_map(|line| line.split_once(' '));
    let counts = counts.map(|(name, count)| Ok((name, count.parse()?)));
    Ok((compiler, counts.collect::<Fallible<_>>()?))
}
