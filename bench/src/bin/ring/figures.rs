//! What was measured, over rounds, as a table.

use std::time::Duration;

use hdrhistogram::Histogram;

use crate::line::Result;

/// The longest round trip that is told from longer ones, in nanoseconds.
const LONGEST: u64 = 60_000_000_000;

/// What one round of one work gave.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Measured {
    /// Nanoseconds.
    Latency { p50: f64, p99: f64 },
    /// Messages a second.
    Rate(f64),
}

/// Round trips.
pub(crate) struct Latency(Histogram<u64>);

impl Latency {
    pub(crate) fn new() -> Self {
        let histogram = Histogram::new_with_bounds(1, LONGEST, 3);
        Self(histogram.expect("bounds and digits are such as it takes"))
    }

    pub(crate) fn note(&mut self, taken: Duration) {
        let nanos = u64::try_from(taken.as_nanos()).unwrap_or(u64::MAX);
        self.0.saturating_record(nanos);
    }

    pub(crate) fn measured(&self) -> Measured {
        let at = |quantile| float(self.0.value_at_quantile(quantile));
        Measured::Latency {
            p50: at(0.5),
            p99: at(0.99),
        }
    }
}

/// Messages one way.
pub(crate) struct Rate;

impl Rate {
    pub(crate) fn measured(many: usize, time: Duration) -> Measured {
        Measured::Rate(float(many as u64) / time.as_secs_f64())
    }
}

#[expect(clippy::cast_precision_loss, reason = "for a person to read")]
fn float(number: u64) -> f64 {
    number as f64
}

/// A line of a table: one work, its rounds, and what it is compared with.
pub(crate) struct Row {
    pub(crate) what: &'static str,
    /// The row that it is compared with: its ratio is taken round by round.
    pub(crate) beside: usize,
    pub(crate) rounds: Vec<Measured>,
}

/// The one in the middle, the least and the most.
#[derive(Clone, Copy)]
pub(crate) struct Spread {
    pub(crate) middle: f64,
    pub(crate) least: f64,
    pub(crate) most: f64,
}

impl Spread {
    pub(crate) fn of(values: impl Iterator<Item = f64>) -> Option<Self> {
        let mut values: Vec<f64> = values.collect();
        values.sort_by(f64::total_cmp);
        Some(Self {
            middle: *values.get(values.len() / 2)?,
            least: *values.first()?,
            most: *values.last()?,
        })
    }
}

impl Measured {
    /// What is compared.
    pub(crate) fn value(self) -> f64 {
        match self {
            Self::Latency { p50, .. } => p50,
            Self::Rate(rate) => rate,
        }
    }

    fn tail(self) -> Option<f64> {
        match self {
            Self::Latency { p99, .. } => Some(p99),
            Self::Rate(_) => None,
        }
    }
}

impl Row {
    pub(crate) fn spread(&self) -> Option<Spread> {
        Spread::of(self.rounds.iter().map(|it| it.value()))
    }

    fn tail(&self) -> Option<Spread> {
        Spread::of(self.rounds.iter().filter_map(|it| it.tail()))
    }
}

/// Prints round trips, or rates, as a table in Markdown.
pub(crate) fn print(rows: &[Row], are_latencies: bool) -> Result<()> {
    let is_shown = |row: &&Row| {
        row.rounds
            .first()
            .is_some_and(|it| it.tail().is_some() == are_latencies)
    };
    if !rows.iter().any(|row| is_shown(&row)) {
        return Ok(());
    }
    if are_latencies {
        println!(
            "\n| round trip | p50, µs | least to most | p99, µs | of what it is compared with |"
        );
        println!("|---|---:|---:|---:|---:|");
    } else {
        println!("\n| one way | million a second | least to most | of what it is compared with |");
        println!("|---|---:|---:|---:|");
    }
    let unit = if are_latencies { 1e3 } else { 1e6 };
    for row in rows.iter().filter(is_shown) {
        let spread = row.spread().ok_or("a row has rounds")?;
        let beside = &rows[row.beside];
        let pairs = row.rounds.iter().zip(&beside.rounds);
        let ratio = Spread::of(pairs.map(|(it, beside)| it.value() / beside.value()));
        let (middle, least, most) = (spread.middle, spread.least, spread.most);
        let [middle, least, most] = [middle, least, most].map(|value| value / unit);
        print!("| {} | {middle:.2} | {least:.2} to {most:.2} |", row.what);
        if let Some(tail) = row.tail() {
            print!(" {:.2} |", tail.middle / unit);
        }
        match ratio {
            Some(ratio) => println!(" {:.2} of {} |", ratio.middle, beside.what),
            None => println!(" |"),
        }
    }
    Ok(())
}
