//! Pictures of what came of it.

mod axis;
mod bars;
mod latency;
mod lines;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use plotters::prelude::*;

pub(crate) use axis::Tick;

use crate::{
    Result,
    contest::{Outcome, Score},
    report::Spread,
};

type Area<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;

const WIDTH: u32 = 960;

/// Ours is the first.
const COLORS: [RGBColor; 6] = [
    RGBColor(0, 90, 181),
    RGBColor(150, 150, 150),
    RGBColor(220, 120, 20),
    RGBColor(60, 150, 90),
    RGBColor(150, 80, 160),
    RGBColor(190, 60, 60),
];

/// Where they go.
pub(crate) struct Plots {
    directory: PathBuf,
    /// How many works there were of each name.
    works: BTreeMap<&'static str, usize>,
}

impl Plots {
    pub(crate) fn into(directory: &Path) -> Result<Self> {
        fs::create_dir_all(directory)?;
        Ok(Self {
            directory: directory.to_owned(),
            works: BTreeMap::new(),
        })
    }

    /// A work: a bar for each, and how its times are distributed if they are known.
    pub(crate) fn outcome(&mut self, outcome: &Outcome) -> Result<()> {
        if scores(outcome).all(|score| score.figures.is_err()) {
            return Ok(());
        }
        let number = self.works.entry(outcome.id).or_default();
        *number += 1;
        let name = format!("{}-{number}", outcome.id.to_lowercase());
        self.draw(&name, bars::height(outcome), |area| {
            bars::draw(area, outcome)
        })?;
        let distributions = latency::distributions(outcome);
        if !distributions.is_empty() {
            self.lines(
                &format!("{name}-latency"),
                &format!("{} {}", outcome.id, outcome.name),
                ("of so many in a hundred, at most", &latency::ticks()),
                "us",
                &distributions,
            )?;
        }
        Ok(())
    }

    /// Lines over something that grows.
    pub(crate) fn lines(
        &self,
        name: &str,
        title: &str,
        along: (&str, &[Tick]),
        unit: &str,
        lines: &[(&str, Vec<(f64, Spread)>)],
    ) -> Result<()> {
        self.draw(name, lines::height(lines.len()), |area| {
            lines::draw(area, title, along, unit, lines)
        })
    }

    fn draw(
        &self,
        name: &str,
        height: u32,
        draw: impl FnOnce(&Area<'_>) -> Result<()>,
    ) -> Result<()> {
        let path = self.directory.join(name).with_extension("svg");
        let area = SVGBackend::new(&path, (WIDTH, height)).into_drawing_area();
        area.fill(&WHITE)?;
        draw(&area)?;
        Ok(area.present()?)
    }
}

/// Ours, and the others.
fn scores(outcome: &Outcome) -> impl Iterator<Item = &Score> {
    std::iter::once(&outcome.ours).chain(&outcome.others)
}

/// Where a text is fixed.
#[derive(Clone, Copy)]
enum At {
    Left,
    Middle,
    Right,
}

/// Writes a line, its middle at that height.
fn write(area: &Area<'_>, text: &str, at: At, place: (i32, i32), size: i32) -> Result<()> {
    use plotters::style::text_anchor::{HPos, Pos, VPos};
    let side = match at {
        At::Left => HPos::Left,
        At::Middle => HPos::Center,
        At::Right => HPos::Right,
    };
    // Of a size, the library takes so much less for the letters.
    let style = ("sans-serif", f64::from(size) * 1.24)
        .into_text_style(area)
        .pos(Pos::new(side, VPos::Center));
    Ok(area.draw(&Text::new(text.to_owned(), place, style))?)
}
