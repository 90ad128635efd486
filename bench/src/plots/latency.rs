//! How the times of one work are distributed.

use super::{Tick, scores};
use crate::{contest::Outcome, report::Spread};

/// How many of how many are slower, and how that is called.
const RANKS: [(f64, &str); 7] = [
    (0.9, "10"),
    (0.5, "50"),
    (0.25, "75"),
    (0.1, "90"),
    (0.01, "99"),
    (0.001, "99.9"),
    (0.0001, "99.99"),
];

pub(super) fn ticks() -> Vec<Tick> {
    let tick = |&(slower, label): &(f64, &str)| Tick {
        place: 1.0 / slower,
        label: label.to_owned(),
    };
    RANKS.iter().map(tick).collect()
}

/// A line for each whose times are known, in microseconds.
pub(super) fn distributions(outcome: &Outcome) -> Vec<(&str, Vec<(f64, Spread)>)> {
    let line = scores(outcome).filter_map(|score| {
        let latencies = score.latencies.as_ref()?;
        let point = |&(slower, _): &(f64, &str)| {
            #[expect(clippy::cast_precision_loss, reason = "no time is that long")]
            let nanos = latencies.value_at_quantile(1.0 - slower) as f64;
            let micros = nanos / 1e3;
            let spread = Spread {
                low: micros,
                median: micros,
                high: micros,
            };
            (1.0 / slower, spread)
        };
        Some((score.name, RANKS.iter().map(point).collect()))
    });
    line.collect()
}
