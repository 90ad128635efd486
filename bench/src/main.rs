//! What IPOS does in a second, beside what the machine can do and what one would use without IPOS.
//!
//! `cargo run --release -p ipos-bench -- --help`

mod contest;
mod large;
mod limit;
mod memory;
mod options;
mod other;
mod peer;
mod plots;
mod random;
mod report;
mod scale;
mod state;
mod trace;
mod work;

use std::{env, process::ExitCode};

use options::Options;

/// What goes wrong is told in words and ends the run.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let mut args = env::args().skip(1);
    if args.next().as_deref() == Some(other::ROLE) {
        let role = args.next().ok_or("a role has a name")?;
        return work::play(&role, &args.collect::<Vec<_>>());
    }
    let Some(options) = Options::parse()? else {
        return Ok(());
    };
    if options.scale {
        return scale::run(&options);
    }
    let works = work::all(&options);
    let mut ids: Vec<&str> = works.iter().map(|work| work.id).collect();
    ids.dedup();
    options.refuse_unknown(&ids)?;
    let mut report = report::Report::new(&options)?;
    for work in works {
        if options.wants(work.id) {
            report.add(contest::hold(work, &options)?)?;
        }
    }
    if let Some(plots) = report.end() {
        scale::draw(&options, &plots)?;
    }
    Ok(())
}
