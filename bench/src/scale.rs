//! How costs grow: curves, not points.

mod curves;
pub(crate) mod objects;
mod pending;
mod subscribers;

use serde_json::json;

use crate::{
    Result,
    contest::{Entry, Unit, alone},
    options::Options,
    plots::{Plots, Tick},
    report::{Spread, short},
};

/// A figure along something.
struct Curve {
    /// Also the name of the picture.
    id: &'static str,
    name: &'static str,
    /// What grows.
    along: &'static str,
    unit: Unit,
    /// What one of the figure is of.
    of: &'static str,
    /// The works to whose pictures it belongs.
    works: &'static [&'static str],
    points: Vec<usize>,
    lines: Vec<Line>,
}

struct Line {
    name: &'static str,
    /// Who does it at a point, and how many one of its amount counts as there.
    at: fn(usize) -> (Entry, usize),
}

/// How figures are told as they come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Table,
    /// One object of JSON a point.
    Rows,
    /// Only in the picture.
    Silent,
}

/// What came of one line.
pub(crate) struct Drawn {
    pub(crate) name: &'static str,
    pub(crate) points: Vec<(usize, Spread)>,
}

/// Measures all curves that are asked for.
pub(crate) fn run(options: &Options) -> Result<()> {
    let curves = curves::all(options.quick);
    options.refuse_unknown(&curves.iter().map(|curve| curve.id).collect::<Vec<_>>())?;
    let plots = options.plots.as_deref().map(Plots::into).transpose()?;
    let form = if options.json {
        Form::Rows
    } else {
        Form::Table
    };
    for curve in curves {
        if options.wants(curve.id) {
            let drawn = curve.measure(options, form)?;
            if let Some(plots) = &plots {
                curve.draw(plots, &drawn)?;
            }
        }
    }
    Ok(())
}

/// The curves that belong to the pictures of the works that are asked for.
pub(crate) fn draw(options: &Options, plots: &Plots) -> Result<()> {
    // Among the rows of the works, theirs would be of another form.
    let form = if options.json {
        Form::Silent
    } else {
        Form::Table
    };
    for curve in curves::all(options.quick) {
        if curve.works.iter().any(|work| options.wants(work)) {
            let drawn = curve.measure(options, form)?;
            curve.draw(plots, &drawn)?;
        }
    }
    Ok(())
}

impl Curve {
    fn measure(&self, options: &Options, form: Form) -> Result<Vec<Drawn>> {
        if form == Form::Table {
            println!("\n{}: {} {}", self.id, self.name, self.of());
        }
        let line = |line: &Line| {
            if form == Form::Table {
                println!("  {}", line.name);
            }
            let points = self.points.iter().map(|&point| {
                let spread = self.point(line, point, options);
                let spread = spread
                    .map_err(|error| format!("{}, {}, {point}: {error}", self.id, line.name))?;
                self.tell(line, point, spread, options, form);
                Ok((point, spread))
            });
            Ok(Drawn {
                name: line.name,
                points: points.collect::<Result<_>>()?,
            })
        };
        self.lines.iter().map(line).collect()
    }

    fn point(&self, line: &Line, point: usize, options: &Options) -> Result<Spread> {
        let (entry, each) = (line.at)(point);
        let score = alone(&entry, self.unit, each, options)?;
        Ok(Spread::of(&score.figures?))
    }

    fn tell(&self, line: &Line, point: usize, spread: Spread, options: &Options, form: Form) {
        match form {
            Form::Table => println!(
                "    {point:>10} {:>12} {:>12} {:>12}",
                short(spread.median),
                short(spread.low),
                short(spread.high)
            ),
            Form::Rows => {
                let row = json!({
                    "id": "scale",
                    "curve": self.id,
                    "line": line.name,
                    "along": self.along,
                    "at": point,
                    "figure": spread.median,
                    "spread": [spread.low, spread.high],
                    "unit": self.unit.name(),
                    "of": self.of,
                    "rounds": options.rounds(),
                });
                println!("{row}");
            }
            Form::Silent => {}
        }
    }

    fn of(&self) -> String {
        format!("({} {}, by {})", self.unit.name(), self.of, self.along)
    }

    fn draw(&self, plots: &Plots, drawn: &[Drawn]) -> Result<()> {
        let lowest = self.points.iter().copied().find(|&point| point > 0);
        #[expect(clippy::cast_precision_loss, reason = "no number is that large")]
        let place = |point: usize| match point {
            // Zero has no logarithm: it is drawn before the first.
            0 => lowest.unwrap_or(1) as f64 / 4.0,
            point => point as f64,
        };
        let ticks = self.points.iter().map(|&point| Tick {
            place: place(point),
            label: grouped(point),
        });
        let lines = drawn.iter().map(|line| {
            let points = line.points.iter();
            let points = points.map(|(point, spread)| (place(*point), *spread));
            (line.name, points.collect())
        });
        plots.lines(
            &format!("scale-{}", self.id),
            self.name,
            (self.along, &ticks.collect::<Vec<_>>()),
            &format!("{} {}", self.unit.name(), self.of),
            &lines.collect::<Vec<_>>(),
        )
    }
}

/// With a comma before each three digits.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
