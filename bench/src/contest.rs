//! One work, done by several in turn: what each makes of it in the same conditions.

use std::time::{Duration, Instant};

use hdrhistogram::Histogram;

use crate::{Result, options::Options};

/// Nanoseconds.
pub(crate) type Latencies = Histogram<u64>;

/// A way of doing a work, with all its processes.
pub(crate) trait Contender {
    /// Does so much of it, and tells how long that took or what each part took.
    ///
    /// Before and after it, all its processes are at rest: nobody spins.
    fn run(&mut self, amount: u64) -> Result<Measured>;
}

/// What came of one run.
pub(crate) enum Measured {
    /// All of it took so long: the figure is a rate, or the time of one.
    Took(Duration),
    /// Each took so long: the figure is the median.
    Each(Latencies),
    /// The figure itself: bytes, or nanoseconds.
    Figure(f64),
}

/// Who takes part.
pub(crate) struct Entry {
    pub(crate) name: &'static str,
    pub(crate) start: Start,
    /// Whether it is absent when it fails. If not, that ends the run: ours and limits do not fail.
    pub(crate) may_fail: bool,
}

pub(crate) type Start = Box<dyn Fn(&Conditions) -> Result<Presence>>;

/// Whether it can take part on this machine.
pub(crate) enum Presence {
    Here(Box<dyn Contender>),
    /// Why not.
    Absent(String),
}

/// What each contender is told of the contest.
pub(crate) struct Conditions {
    pub(crate) quick: bool,
}

/// A work, and who does it.
pub(crate) struct Work {
    /// `P1` and so on; several works may have the same.
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) unit: Unit,
    /// How many one of the amount is, in the unit.
    pub(crate) each: usize,
    pub(crate) ours: Entry,
    /// Limits and peers.
    pub(crate) others: Vec<Entry>,
    pub(crate) goals: Vec<Goal>,
    /// The most that is asked of one run; 1 where it cannot be more.
    pub(crate) most: u64,
}

/// In what the figures are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Millions a second: more is better.
    MillionsASecond,
    /// Microseconds: less is better.
    Micros,
    /// Nanoseconds: less is better.
    Nanos,
    /// Milliseconds: less is better.
    Millis,
    /// 2^20 bytes: less is better.
    MiB,
}

/// What is to be reached.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Goal {
    /// Ours by that of the one of this name, at least.
    AtLeast(&'static str, f64),
    /// Ours by that of the one of this name, at most.
    AtMost(&'static str, f64),
    /// Ours by itself, in the unit of the work, at most.
    NoMore(f64),
    /// The same of each round, not of their median.
    NeverMore(f64),
}

impl Unit {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::MillionsASecond => "M/s",
            Self::Micros => "us",
            Self::Nanos => "ns",
            Self::Millis => "ms",
            Self::MiB => "MiB",
        }
    }

    /// What is measured, as a figure in this unit.
    #[expect(clippy::cast_precision_loss, reason = "no figure is that large")]
    fn figure(self, parts: f64, measured: &Measured) -> f64 {
        let nanos = match measured {
            Measured::Took(took) => took.as_secs_f64() * 1e9 / parts,
            Measured::Each(latencies) => latencies.value_at_quantile(0.5) as f64,
            Measured::Figure(figure) => *figure,
        };
        match self {
            Self::MillionsASecond => 1e3 / nanos,
            Self::Micros => nanos / 1e3,
            Self::Nanos => nanos,
            Self::Millis => nanos / 1e6,
            Self::MiB => nanos / 1024.0 / 1024.0,
        }
    }
}

/// What one has made of a work, round by round.
pub(crate) struct Score {
    pub(crate) name: &'static str,
    /// In the unit of the work; of who is absent, why.
    pub(crate) figures: std::result::Result<Vec<f64>, String>,
    /// Of all rounds together.
    pub(crate) latencies: Option<Latencies>,
}

/// What all have made of a work.
pub(crate) struct Outcome {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) unit: Unit,
    pub(crate) ours: Score,
    pub(crate) others: Vec<Score>,
    pub(crate) goals: Vec<Goal>,
}

struct Seat {
    score: Score,
    contender: Option<Box<dyn Contender>>,
    amount: u64,
    may_fail: bool,
}

/// Lets all do the work, in turn.
pub(crate) fn hold(work: Work, options: &Options) -> Result<Outcome> {
    let (conditions, time) = (conditions(options), time(options));
    let mut seats = std::iter::once(&work.ours)
        .chain(&work.others)
        .map(|entry| {
            let mut seat = seat(entry, &conditions)?;
            let found = seat.find_amount(work.most, time);
            seat.keep_if(found)?;
            Ok(seat)
        })
        .collect::<Result<Vec<_>>>()
        .map_err(|error| format!("{}, {error}", work.id))?;
    for round in 0..options.rounds() {
        // Each begins in turn, and every other round goes backwards: what the one before leaves behind is not always the same.
        let mut order: Vec<usize> = (0..seats.len()).collect();
        order.rotate_left(round % seats.len());
        if round % 2 == 1 {
            order.reverse();
        }
        for seat in order {
            let seat = &mut seats[seat];
            let done = seat.round(work.unit, work.each);
            seat.keep_if(done)
                .map_err(|error| format!("{}, {error}", work.id))?;
        }
    }
    let mut scores = seats.into_iter().map(|seat| seat.score);
    Ok(Outcome {
        id: work.id,
        name: work.name,
        unit: work.unit,
        ours: scores.next().ok_or("ours takes part")?,
        others: scores.collect(),
        goals: work.goals,
    })
}

/// Lets one do a work alone; its figures, round by round.
pub(crate) fn alone(entry: &Entry, unit: Unit, each: usize, options: &Options) -> Result<Score> {
    let mut seat = seat(entry, &conditions(options))?;
    seat.find_amount(100_000, time(options))?;
    for _ in 0..options.rounds() {
        seat.round(unit, each)?;
    }
    Ok(seat.score)
}

fn conditions(options: &Options) -> Conditions {
    Conditions {
        quick: options.quick,
    }
}

/// How long one run is to take.
fn time(options: &Options) -> Duration {
    Duration::from_millis(if options.quick { 40 } else { 300 })
}

fn seat(entry: &Entry, conditions: &Conditions) -> Result<Seat> {
    let (contender, figures) = match (entry.start)(conditions) {
        Ok(Presence::Here(contender)) => (Some(contender), Ok(Vec::new())),
        Ok(Presence::Absent(why)) => (None, Err(why)),
        Err(error) if entry.may_fail => (None, Err(error.to_string())),
        Err(error) => return Err(format!("{}: {error}", entry.name).into()),
    };
    Ok(Seat {
        score: Score {
            name: entry.name,
            figures,
            latencies: None,
        },
        contender,
        amount: 1,
        may_fail: entry.may_fail,
    })
}

impl Seat {
    /// Of who has failed and may: it is absent from here on, and what it did before does not count.
    fn keep_if(&mut self, done: Result<()>) -> Result<()> {
        let Err(error) = done else {
            return Ok(());
        };
        if !self.may_fail {
            return Err(format!("{}: {error}", self.score.name).into());
        }
        self.contender = None;
        self.score.figures = Err(error.to_string());
        self.score.latencies = None;
        Ok(())
    }

    /// Finds out how much it can do in that time. That is its warm-up as well.
    fn find_amount(&mut self, most: u64, time: Duration) -> Result<()> {
        let Some(contender) = &mut self.contender else {
            return Ok(());
        };
        // The first time is like no other.
        contender.run(1)?;
        while self.amount < most {
            let begin = Instant::now();
            contender.run(self.amount)?;
            let took = begin.elapsed();
            if took >= time / 2 {
                break;
            }
            let factor = time.as_nanos() / took.as_nanos().max(1);
            let factor = u64::try_from(factor).unwrap_or(u64::MAX).clamp(2, 10);
            self.amount = self.amount.saturating_mul(factor).min(most);
        }
        Ok(())
    }

    fn round(&mut self, unit: Unit, each: usize) -> Result<()> {
        let (Some(contender), Ok(figures)) = (&mut self.contender, &mut self.score.figures) else {
            return Ok(());
        };
        let measured = contender.run(self.amount)?;
        #[expect(clippy::cast_precision_loss, reason = "no amount is that large")]
        let parts = self.amount as f64 * each as f64;
        figures.push(unit.figure(parts, &measured));
        if let Measured::Each(latencies) = measured {
            match &mut self.score.latencies {
                Some(all) => all.add(latencies)?,
                none => *none = Some(latencies),
            }
        }
        Ok(())
    }
}
