//! A logarithmic axis.

/// A place on an axis that has a label.
pub(crate) struct Tick {
    pub(crate) place: f64,
    pub(crate) label: String,
}

/// From a value to where it is drawn.
#[derive(Clone, Copy)]
pub(super) struct Axis {
    /// Logarithms.
    low: f64,
    high: f64,
    /// Pixels.
    from: i32,
    to: i32,
}

impl Axis {
    /// That has room for these, and a bit more.
    pub(super) fn over(values: impl Iterator<Item = f64>, from: i32, to: i32) -> Self {
        let (low, high) = values
            .filter(|value| *value > 0.0)
            .map(f64::log10)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), at| {
                (low.min(at), high.max(at))
            });
        let (low, high) = if low > high { (0.0, 1.0) } else { (low, high) };
        let more = ((high - low) * 0.08).max(0.15);
        Self {
            low: low - more,
            high: high + more,
            from,
            to,
        }
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "it is a place in a picture"
    )]
    pub(super) fn at(self, value: f64) -> i32 {
        let part = (value.log10() - self.low) / (self.high - self.low);
        let pixels = part * f64::from(self.to - self.from);
        self.from + pixels.round() as i32
    }

    /// Round figures: 1, 2 and 5 of each decade, or decades alone where there are many.
    pub(super) fn ticks(self) -> Vec<Tick> {
        let steps: &[f64] = match self.high - self.low {
            width if width > 3.0 => &[1.0],
            width if width > 1.5 => &[1.0, 3.0],
            _ => &[1.0, 2.0, 3.0, 5.0, 7.0],
        };
        let mut ticks = Vec::new();
        let mut decade = self.low.floor();
        while decade <= self.high {
            for step in steps {
                let place = step * 10f64.powf(decade);
                if (self.low..=self.high).contains(&place.log10()) {
                    let label = label(place);
                    ticks.push(Tick { place, label });
                }
            }
            decade += 1.0;
        }
        ticks
    }
}

fn label(value: f64) -> String {
    let digits = if value >= 1.0 {
        0
    } else {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it is a small positive number"
        )]
        let digits = (-value.log10()).ceil() as usize;
        digits
    };
    format!("{value:.digits$}")
}
