//! Long runs: `cargo run --release -p ipos-fuzz -- <target> --runs N --seed S`.

use std::{
    env, fs, io,
    os::unix::fs::FileExt,
    process::ExitCode,
    time::{Duration, Instant},
};

use ipos_fuzz::{
    Target, all,
    engine::{Engine, Failure},
    files, named,
};

/// What is asked for.
struct Wanted {
    target: &'static Target,
    runs: u64,
    seed: u64,
}

fn wanted() -> Option<Wanted> {
    let mut arguments = env::args().skip(1);
    let target = named(&arguments.next()?)?;
    let mut wanted = Wanted {
        target,
        runs: 100_000,
        seed: 1,
    };
    while let Some(name) = arguments.next() {
        let number = arguments.next()?.parse().ok()?;
        match &*name {
            "--runs" => wanted.runs = number,
            "--seed" => wanted.seed = number,
            _ => return None,
        }
    }
    Some(wanted)
}

fn main() -> ExitCode {
    let Some(wanted) = wanted() else {
        let names: Vec<_> = all().iter().map(|target| target.name).collect();
        eprintln!(
            "ipos-fuzz <target> [--runs N] [--seed S]\ntargets: {}",
            names.join(" ")
        );
        return ExitCode::FAILURE;
    };
    // In a thread as a session has them: with the stack that those have.
    let run = std::thread::spawn(move || run(&wanted));
    match run.join() {
        Ok(Ok(code)) => code,
        Ok(Err(error)) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
        Err(_) => ExitCode::FAILURE,
    }
}

/// The input that is executed, in a file: what kills the process, or keeps it busy for ever, is still there.
struct Last(fs::File);

impl Last {
    fn new(target: &Target) -> io::Result<Self> {
        let path =
            env::temp_dir().join(format!("ipos-fuzz-{}-{}", target.name, std::process::id()));
        println!(
            "the input at hand is in {}: its length as `u32`, and it",
            path.display()
        );
        fs::File::create(path).map(Self)
    }

    fn note(&self, input: &[u8]) -> io::Result<()> {
        let length = u32::try_from(input.len()).map_err(io::Error::other)?;
        let bytes = [&length.to_le_bytes(), input].concat();
        self.0.write_all_at(&bytes, 0)
    }
}

fn run(wanted: &Wanted) -> io::Result<ExitCode> {
    let &Wanted { target, runs, seed } = wanted;
    println!("{}: {runs} runs from seed {seed}", target.name);
    let last = Last::new(target)?;
    let mut engine = Engine::new(target, seed);
    let mut first = files::corpus(target)?;
    first.extend(files::found(target)?.into_iter().map(|(_, input)| input));
    let began = Instant::now();
    let mut told = Duration::ZERO;
    for at in 0..runs {
        let input = first.pop().unwrap_or_else(|| engine.next_input());
        last.note(&input)?;
        if let Err(failure) = engine.execute(input) {
            return fail(&engine, target, &failure);
        }
        if at % 256 == 0 && began.elapsed() > told + Duration::from_secs(30) {
            told = began.elapsed();
            tell(&mut engine, told);
        }
    }
    tell(&mut engine, began.elapsed());
    let report = engine.report();
    if report.slowest > Duration::from_millis(100) {
        let path = env::temp_dir().join(format!("ipos-fuzz-{}-slowest", target.name));
        fs::write(&path, &report.slowest_input)?;
        println!("the slowest input is {}", path.display());
    }
    Ok(ExitCode::SUCCESS)
}

fn tell(engine: &mut Engine<'_>, time: Duration) {
    let report = engine.report();
    println!(
        "{} executions in {:.0?}, corpus of {}, slowest {:.1?}, peak memory {:.1} MiB",
        report.executions,
        time,
        report.corpus,
        report.slowest,
        report.peak as f64 / f64::from(1 << 20),
    );
}

fn fail(engine: &Engine<'_>, target: &Target, failure: &Failure) -> io::Result<ExitCode> {
    println!("execution {}: {}", failure.at, failure.why);
    let input = engine.shrink(&failure.input);
    let path = files::keep(target.name, &input)?;
    println!(
        "{} of its bytes fail as well: {}",
        input.len(),
        path.display()
    );
    if let Err(why) = engine.watch().execute(target, &input) {
        println!("{why}");
    }
    Ok(ExitCode::FAILURE)
}
