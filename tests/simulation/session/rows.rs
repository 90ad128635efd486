//! Values that tell by themselves whether edits meant what they meant: each row says in all its parts
//! which row it is, and what is done to a row says so again.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use ipos::{MapMut, Shared, StringMut, VecMut};
use serde::{Deserialize, Serialize};

use super::{
    deep::{Deep, Focus, text},
    random::Random,
};

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Never changed, and no other row has it.
    pub id: u64,
    /// The same, and set again.
    pub owner: u64,
    /// Begins with the row's id, and is edited behind that.
    pub note: String,
    /// The id, at any length.
    pub stamps: Vec<u64>,
}

impl Row {
    pub fn random(random: &mut Random) -> Self {
        let id = random.next() >> 32;
        let note = heading(id) + &text(random);
        let stamps = vec![id; random.below(3)];
        Self {
            id,
            owner: id,
            note,
            stamps,
        }
    }
}

fn heading(id: u64) -> String {
    format!("{id:08x}:")
}

/// Edits a row, and puts into it which one was meant.
pub fn edit(row: &mut RowMut<'_>, random: &mut Random) {
    let id = row.id;
    match random.below(7) {
        0 | 1 => row.set_owner(id),
        2 => row.set_note(heading(id) + &text(random)),
        3 => row.note_mut().push_str(&text(random)),
        4 => {
            let at = heading(id).len();
            row.note_mut().insert_str(at, &text(random));
        }
        5 => row.stamps_mut().push(id),
        _ => match row.stamps.len() {
            0..4 => row.stamps_mut().insert(0, id),
            _ => drop(row.stamps_mut().drain(1..)),
        },
    }
}

/// Does something to a list of rows. Two of them are never exchanged: how that goes together with taking one
/// of the two out is for the host to say.
pub fn change(rows: &mut VecMut<'_, Row>, focus: Focus, random: &mut Random) {
    let length = rows.len();
    if focus == Focus::Orders && random.percent(25) {
        return match random.below(3) {
            0 => rows.rotate_left(random.below(length + 1)),
            1 => rows.reverse(),
            _ => rows.sort_by_key(|row| row.id % 1000),
        };
    }
    let at = random.below(length + 1);
    let from = at.saturating_sub(random.below(3));
    match random.below(if length > 8 { 11 } else { 18 }) {
        0 => drop(rows.drain(from..at)),
        1 => drop(rows.splice(from..at, [Row::random(random)])),
        2 => drop(rows.pop()),
        3 => {
            let parity = random.below(2) as u64;
            rows.retain(|row| row.id % 4 != parity);
        }
        4 if focus == Focus::Wholes => rows.set(vec![Row::random(random)]),
        5 if random.percent(50) => rows.truncate(at),
        6 | 7 if at < length => drop(rows.remove(at)),
        8..=10 => rows.for_each_mut(|row| edit(row, random)),
        11 => rows.push(Row::random(random)),
        12 => rows.extend([Row::random(random), Row::random(random)]),
        13 | 14 => rows.insert(at, Row::random(random)),
        _ if at < length => edit(&mut rows.at(at), random),
        _ => rows.insert(0, Row::random(random)),
    }
}

/// Takes rows out or edits them, each by itself. When there are few, some are put in.
pub fn take(rows: &mut VecMut<'_, Row>, random: &mut Random) {
    let length = rows.len();
    if length < 2 {
        return rows.extend([Row::random(random), Row::random(random)]);
    }
    let at = random.below(length.min(4));
    match random.below(8) {
        0 => {
            drop(rows.remove(at));
            drop(rows.remove(random.below(length - 1)));
        }
        1 => {
            drop(rows.remove(at));
            rows.push(Row::random(random));
        }
        2 => edit(&mut rows.at(at), random),
        3 => {
            let other = random.below(length);
            edit(&mut rows.at(at), random);
            edit(&mut rows.at(other), random);
        }
        4 => rows.insert(at, Row::random(random)),
        _ => drop(rows.remove(at)),
    }
}

/// Takes a mark out of a line, or puts one in.
pub fn unmark(line: &mut StringMut<'_>, random: &mut Random) {
    let Some(mut marks) = marks(line) else { return };
    if marks.len() < 2 {
        return line.push_str(&(mark(random) + &mark(random)));
    }
    let mark = marks.swap_remove(random.below(marks.len()));
    line.replace_range(mark, "");
}

/// Does something to rows under keys.
pub fn shelve(shelf: &mut MapMut<'_, u8, Row, BTreeMap<u8, Row>>, random: &mut Random) {
    let key = random.small();
    match random.below(7) {
        0 | 1 => drop(shelf.insert(key, Row::random(random))),
        2 => drop(shelf.remove(&key)),
        3 => edit(&mut shelf.entry(key).or_insert(Row::random(random)), random),
        _ => {
            if let Some(mut row) = shelf.get_mut(&key) {
                edit(&mut row, random);
            }
        }
    }
}

/// Something of a line that is put in and taken out whole.
pub fn mark(random: &mut Random) -> String {
    format!("<{:06x}ä>", random.next() >> 40)
}

/// Where the marks of a line stand; `None` when something of one is missing.
fn marks(line: &str) -> Option<Vec<Range<usize>>> {
    let mut marks = vec![];
    let mut end = 0;
    while end < line.len() {
        let mark = line.get(end..end + 10)?;
        let number = mark.strip_prefix('<')?.strip_suffix("ä>")?;
        u64::from_str_radix(number, 16).ok()?;
        marks.push(end..end + 10);
        end += 10;
    }
    Some(marks)
}

/// Puts marks into a line and takes some out.
pub fn rewrite(line: &mut StringMut<'_>, focus: Focus, random: &mut Random) {
    let Some(marks) = marks(line) else { return };
    let at = random.below(marks.len() + 1);
    let place = marks.get(at).map_or(line.len(), |mark| mark.start);
    let from = at.saturating_sub(random.below(3));
    let start = marks.get(from).map_or(line.len(), |mark| mark.start);
    match random.below(if marks.len() > 8 { 6 } else { 9 }) {
        0 | 1 => line.replace_range(start..place, ""),
        2 | 3 => line.replace_range(start..place, &mark(random)),
        4 if focus == Focus::Wholes => line.set(mark(random)),
        5 => line.truncate(place),
        6 => line.push_str(&mark(random)),
        _ => line.insert_str(place, &mark(random)),
    }
}

/// The rows.
pub fn headings(rows: &[Row]) -> Vec<String> {
    rows.iter().map(|row| heading(row.id)).collect()
}

/// Rows that are there before and after, and were changed.
pub fn changed(before: &[Row], after: &[Row]) -> Vec<String> {
    let is_changed = |row: &&Row| after.iter().any(|new| new.id == row.id && new != *row);
    let changed = before.iter().filter(is_changed);
    changed.map(|row| heading(row.id)).collect()
}

/// The rows of the list and the marks of the line.
pub fn lasting(deep: &Deep) -> Vec<String> {
    let mut all = headings(&deep.rows);
    let marks = marks(&deep.line).unwrap_or_default();
    all.extend(marks.into_iter().map(|mark| deep.line[mark].to_owned()));
    all
}

/// The first row that an edit of another row has gone to.
pub fn astray<'a>(mut rows: impl Iterator<Item = &'a Row>) -> Option<String> {
    let is_astray = |row: &&Row| {
        row.owner != row.id
            || !row.note.starts_with(&heading(row.id))
            || row.stamps.iter().any(|stamp| *stamp != row.id)
    };
    let row = rows.find(is_astray)?;
    Some(format!("an edit of another row is on {row:x?}"))
}

/// What is wrong with a value, if edits have gone elsewhere than they were meant to.
pub fn fault(deep: &Deep) -> Option<String> {
    let astray = astray(deep.rows.iter().chain(deep.shelf.values()));
    if astray.is_some() {
        return astray;
    }
    if marks(&deep.line).is_none() {
        return Some(format!("a mark is torn in `{}`", deep.line));
    }
    if let Some(lead) = &deep.lead {
        return fault(lead);
    }
    None
}

/// What is there twice.
pub fn doubled(deep: &Deep) -> Option<String> {
    let mut all = lasting(deep);
    all.extend(deep.shelf.values().map(|row| heading(row.id)));
    twice(&all).or_else(|| deep.lead.as_deref().and_then(self::doubled))
}

/// The first that is there twice.
pub fn twice(all: &[String]) -> Option<String> {
    let mut seen = BTreeSet::new();
    let doubled = all.iter().find(|one| !seen.insert(one.as_str()));
    doubled.map(|one| format!("{one} is there twice"))
}
