//! Sessions by seeds: the processes, the model that they are compared with, and who does what when.

mod acts;
mod barriers;
pub mod counts;
pub mod deep;
mod ears;
mod ledger;
mod model;
mod nature;
mod proposals;
mod random;
mod restart;
mod rows;
pub mod rule;
pub mod run;
mod schedule;
mod seat;
mod shadow;
pub mod step;
mod trouble;
pub mod values;
mod words;
mod world;

/// The number that a variable of the environment tells.
pub fn number(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(
        text.parse()
            .unwrap_or_else(|_| panic!("{variable} is a number")),
    )
}

/// Writes past the test harness, which keeps what a test prints to itself.
pub fn tell(words: &str) {
    use std::io::Write;
    writeln!(std::io::stderr(), "{words}").expect("somebody listens to the errors");
}
