//! Lines over something that grows.

use plotters::prelude::*;

use super::{Area, At, COLORS, Tick, axis::Axis, write};
use crate::{Result, report::Spread};

const LEFT: i32 = 90;
const RIGHT: i32 = 930;
const ROW: i32 = 22;

/// Where the names of the lines begin.
const NAMES: i32 = 66;
const FIELD: i32 = 340;
const BOTTOM: i32 = 62;

fn top(lines: usize) -> i32 {
    NAMES + ROW * i32::try_from(lines).unwrap_or(0) + 10
}

pub(super) fn height(lines: usize) -> u32 {
    (top(lines) + FIELD + BOTTOM).unsigned_abs()
}

pub(super) fn draw(
    area: &Area<'_>,
    title: &str,
    (along, ticks): (&str, &[Tick]),
    unit: &str,
    lines: &[(&str, Vec<(f64, Spread)>)],
) -> Result<()> {
    let top = top(lines.len());
    let bottom = top + FIELD;
    let x = Axis::over(ticks.iter().map(|tick| tick.place), LEFT, RIGHT);
    let points = || lines.iter().flat_map(|(_, points)| points);
    let values = points().flat_map(|(_, spread)| [spread.low, spread.high]);
    let y = Axis::over(values, bottom, top);

    write(area, title, At::Left, (16, 24), 19)?;
    write(area, unit, At::Left, (16, 48), 14)?;
    let grid = |from, to| PathElement::new(vec![from, to], BLACK.mix(0.15));
    for tick in ticks {
        let x = x.at(tick.place);
        area.draw(&grid((x, top), (x, bottom)))?;
        write(area, &tick.label, At::Middle, (x, bottom + 16), 13)?;
    }
    for tick in y.ticks() {
        let y = y.at(tick.place);
        area.draw(&grid((LEFT, y), (RIGHT, y)))?;
        write(area, &tick.label, At::Right, (LEFT - 8, y), 13)?;
    }
    write(
        area,
        along,
        At::Middle,
        ((LEFT + RIGHT) / 2, bottom + 42),
        14,
    )?;

    for (row, ((name, points), color)) in (0..).zip(lines.iter().zip(COLORS.iter().cycle())) {
        let height = NAMES + ROW * row + ROW / 2;
        let key = vec![(16, height), (46, height)];
        area.draw(&PathElement::new(key, color.stroke_width(3)))?;
        write(area, name, At::Left, (56, height), 14)?;
        let place = |(at, spread): &(f64, Spread)| (x.at(*at), y.at(spread.median));
        let path: Vec<_> = points.iter().map(place).collect();
        for (at, spread) in points {
            let at = x.at(*at);
            let quartiles = vec![(at, y.at(spread.low)), (at, y.at(spread.high))];
            area.draw(&PathElement::new(quartiles, color.stroke_width(2)))?;
        }
        for place in &path {
            area.draw(&Circle::new(*place, 4, color.filled()))?;
        }
        area.draw(&PathElement::new(path, color.stroke_width(2)))?;
    }
    Ok(())
}
