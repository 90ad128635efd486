//! What each has made of a work, as bars.

use plotters::prelude::*;

use super::{Area, At, COLORS, axis::Axis, scores, write};
use crate::{
    Result,
    contest::{Outcome, Score, Unit},
    report::{Spread, short},
};

const ROW: i32 = 36;
const TOP: i32 = 76;
const BOTTOM: i32 = 60;

/// Where bars begin, and where the axis ends: figures stand after the bars.
const LEFT: i32 = 330;
const RIGHT: i32 = 850;

pub(super) fn height(outcome: &Outcome) -> u32 {
    let rows = i32::try_from(outcome.others.len() + 1).unwrap_or(i32::MAX);
    (TOP + ROW * rows + BOTTOM).unsigned_abs()
}

pub(super) fn draw(area: &Area<'_>, outcome: &Outcome) -> Result<()> {
    let scores: Vec<&Score> = scores(outcome).collect();
    let spreads: Vec<_> = scores
        .iter()
        .map(|score| score.figures.as_ref().map(|all| Spread::of(all)))
        .collect();
    let values = spreads
        .iter()
        .flatten()
        .flat_map(|spread| [spread.low, spread.high]);
    let axis = Axis::over(values, LEFT, RIGHT);
    let rows = i32::try_from(scores.len())?;
    let bottom = TOP + ROW * rows;

    write(
        area,
        &format!("{} {}", outcome.id, outcome.name),
        At::Left,
        (16, 24),
        19,
    )?;
    let better = match outcome.unit {
        Unit::MillionsASecond => "more is better",
        _ => "less is better",
    };
    let unit = format!(
        "{}, {better}; a line from quartile to quartile",
        outcome.unit.name()
    );
    write(area, &unit, At::Left, (16, 50), 14)?;
    for tick in axis.ticks() {
        let x = axis.at(tick.place);
        area.draw(&PathElement::new(
            vec![(x, TOP), (x, bottom)],
            BLACK.mix(0.15),
        ))?;
        write(area, &tick.label, At::Middle, (x, bottom + 16), 13)?;
    }
    write(
        area,
        outcome.unit.name(),
        At::Middle,
        ((LEFT + RIGHT) / 2, bottom + 40),
        14,
    )?;

    for (row, (score, spread)) in (0..).zip(scores.iter().zip(&spreads)) {
        let (top, color) = (
            TOP + ROW * row,
            if row == 0 { COLORS[0] } else { COLORS[1] },
        );
        let middle = top + ROW / 2;
        write(area, score.name, At::Right, (LEFT - 10, middle), 14)?;
        match spread {
            Ok(spread) => {
                let (low, high) = (axis.at(spread.low), axis.at(spread.high));
                let bar = [(LEFT, top + 7), (axis.at(spread.median), top + ROW - 7)];
                area.draw(&Rectangle::new(bar, color.filled()))?;
                area.draw(&PathElement::new(
                    vec![(low, middle), (high, middle)],
                    BLACK.stroke_width(2),
                ))?;
                let label = short(spread.median);
                // No line of the grid goes through it.
                let width = 10 * i32::try_from(label.len())?;
                let free = [(high + 4, middle - 9), (high + 6 + width, middle + 9)];
                area.draw(&Rectangle::new(free, WHITE.filled()))?;
                write(area, &label, At::Left, (high + 8, middle), 14)?;
            }
            Err(_) => write(area, "absent", At::Left, (LEFT + 8, middle), 14)?,
        }
    }
    Ok(())
}
