//! What came of it, for a person or a program.

mod statistics;

use serde_json::json;

use crate::{
    Result,
    contest::{Goal, Outcome, Score},
    options::Options,
    plots::Plots,
};
pub(crate) use statistics::Spread;
use statistics::ratios;

/// Tells each outcome as it comes, and at the end whether all goals are met.
pub(crate) struct Report {
    json: bool,
    rounds: usize,
    missed: Vec<String>,
    /// Of goals beside one that is absent.
    open: Vec<String>,
    met: usize,
    plots: Option<Plots>,
}

impl Report {
    pub(crate) fn new(options: &Options) -> Result<Self> {
        let plots = options.plots.as_deref().map(Plots::into).transpose()?;
        Ok(Self {
            plots,
            json: options.json,
            rounds: options.rounds(),
            missed: Vec::new(),
            open: Vec::new(),
            met: 0,
        })
    }

    pub(crate) fn add(&mut self, outcome: Outcome) -> Result<()> {
        if self.json {
            self.tell_json(&outcome);
        } else {
            tell_table(&outcome);
        }
        for goal in &outcome.goals {
            self.judge(&outcome, goal)?;
        }
        if let Some(plots) = &mut self.plots {
            plots.outcome(&outcome)?;
        }
        Ok(())
    }

    /// Where pictures are drawn, if they are.
    pub(crate) fn end(self) -> Option<Plots> {
        if !self.json {
            let (missed, open) = (self.missed.len(), self.open.len());
            println!("{} goals met, {missed} missed, {open} not judged", self.met);
            for goal in self.missed.iter().chain(&self.open) {
                println!("  {goal}");
            }
        }
        self.plots
    }

    fn tell_json(&self, outcome: &Outcome) {
        let ours = figures(&outcome.ours).map(|all| Spread::of(all));
        for other in &outcome.others {
            let theirs = figures(other).map(|all| Spread::of(all));
            let ratio = between(&outcome.ours, other);
            let most = figures(&outcome.ours).map(|all| largest(all));
            let row = json!({
                "id": outcome.id,
                "work": outcome.name,
                "ours": ours.map(|ours| ours.median),
                "most": most,
                "unit": outcome.unit.name(),
                "peer": other.name,
                "theirs": theirs.map(|theirs| theirs.median),
                "ratio": ratio.map(|ratio| ratio.median),
                "rounds": self.rounds,
                "spread": ratio.map(|ratio| [ratio.low, ratio.high]),
                "absent": other.figures.as_ref().err(),
            });
            println!("{row}");
        }
    }

    fn judge(&mut self, outcome: &Outcome, goal: &Goal) -> Result<()> {
        let unit = outcome.unit.name();
        let ours = &outcome.ours;
        let (beside, seen) = match *goal {
            Goal::AtLeast(name, _) | Goal::AtMost(name, _) => (name, against(outcome, name)?),
            Goal::NoMore(_) => (ours.name, figures(ours).map(|all| Spread::of(all).median)),
            Goal::NeverMore(_) => (ours.name, figures(ours).map(|all| largest(all))),
        };
        let Some(seen) = seen else {
            let (id, name) = (outcome.id, outcome.name);
            let open = format!("{id} {name}: not judged, since {beside} is absent");
            self.open.push(open);
            return Ok(());
        };
        let (is_met, wanted) = match *goal {
            Goal::AtLeast(_, least) => (seen >= least, format!("{least} of {beside} at least")),
            Goal::AtMost(_, most) => (seen <= most, format!("{most} of {beside} at most")),
            Goal::NoMore(most) => (seen <= most, format!("{most} {unit} at most")),
            Goal::NeverMore(most) => {
                let rounds = self.rounds;
                let wanted = format!("{most} {unit} at most in each of {rounds} rounds");
                (seen <= most, wanted)
            }
        };
        if is_met {
            self.met += 1;
        } else {
            self.missed.push(format!(
                "{} {}: {seen:.2}, goal: {wanted}",
                outcome.id, outcome.name
            ));
        }
        if !self.json {
            let word = if is_met { "met" } else { "missed" };
            println!("  goal {word}: {seen:.2}, {wanted}");
        }
        Ok(())
    }
}

fn tell_table(outcome: &Outcome) {
    let unit = outcome.unit.name();
    println!("\n{} {}", outcome.id, outcome.name);
    println!(
        "  {:34} {:>12} {:>19} {:>12} {:>19}",
        "", unit, "quartiles", "ours by it", "quartiles"
    );
    for score in std::iter::once(&outcome.ours).chain(&outcome.others) {
        match &score.figures {
            Err(why) => println!("  {:34} absent: {why}", score.name),
            Ok(all) => {
                let figure = Spread::of(all);
                print!(
                    "  {:34} {:>12} {:>9} {:>9}",
                    score.name,
                    short(figure.median),
                    short(figure.low),
                    short(figure.high)
                );
                if let Some(ratio) = between(&outcome.ours, score) {
                    print!(
                        " {:>12} {:>9} {:>9}",
                        short(ratio.median),
                        short(ratio.low),
                        short(ratio.high)
                    );
                }
                if let Some(latencies) = &score.latencies {
                    #[expect(clippy::cast_precision_loss, reason = "no figure is that large")]
                    let at = |quantile| latencies.value_at_quantile(quantile) as f64 / 1e3;
                    print!("   p50 {:.1} p99 {:.1} us", at(0.5), at(0.99));
                }
                println!();
            }
        }
    }
}

/// Four digits that count.
pub(crate) fn short(figure: f64) -> String {
    match figure.abs() {
        at if at >= 1000.0 => format!("{figure:.0}"),
        at if at >= 100.0 => format!("{figure:.1}"),
        at if at >= 10.0 => format!("{figure:.2}"),
        at if at >= 0.1 => format!("{figure:.3}"),
        _ => format!("{figure:.5}"),
    }
}

fn figures(score: &Score) -> Option<&Vec<f64>> {
    score.figures.as_ref().ok()
}

/// That of the round where it was the most.
fn largest(figures: &[f64]) -> f64 {
    figures.iter().copied().fold(f64::MIN, f64::max)
}

/// Ours by that of another, round by round.
fn between(ours: &Score, other: &Score) -> Option<Spread> {
    Some(Spread::of(&ratios(figures(ours)?, figures(other)?)))
}

fn against(outcome: &Outcome, name: &str) -> Result<Option<f64>> {
    let other = outcome.others.iter().find(|other| other.name == name);
    let other = other.ok_or_else(|| format!("{}: a goal names {name}", outcome.id))?;
    Ok(between(&outcome.ours, other).map(|ratio| ratio.median))
}
