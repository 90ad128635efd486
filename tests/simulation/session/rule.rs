//! What the validators of a session refuse.

use ipos::PeerId;

use super::{
    deep::Deep,
    ledger::Ledger,
    rows::Row,
    values::{Plain, Words},
};

/// A validator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Nothing is refused, but the object is the host's to overwrite and delete.
    Open,
    /// What is put in decides.
    Values,
    /// Who does it decides.
    Origins,
    /// It panics where it refuses.
    Panics,
}

/// Why a change of a value by a process is refused, if it is.
pub trait Judged: Sized {
    fn judge(rule: Rule, before: &Self, after: &Self, from: PeerId) -> Result<(), String>;

    /// The validator.
    fn validate(rule: Rule, before: &Self, after: &Self, from: PeerId) -> Result<(), String> {
        match Self::judge(rule, before, after, from) {
            Err(reason) if rule == Rule::Panics => panic!("{reason}"),
            verdict => verdict,
        }
    }
}

/// What a refusal says that a validator's panic came to.
pub const PANICKED: &str = "the validator panicked: ";

fn refuse(reasons: &[(bool, &str)]) -> Result<(), String> {
    let reason = reasons.iter().find(|(is_so, _)| *is_so);
    reason.map_or(Ok(()), |(_, reason)| Err(format!("no: {reason}")))
}

/// Whether a row was put in that nobody wants.
fn has_bad_row(before: &[Row], after: &[Row]) -> bool {
    let is_bad = |row: &&Row| row.id.is_multiple_of(3);
    let mut bad = after.iter().filter(is_bad);
    bad.any(|row| before.iter().all(|old| old.id != row.id))
}

fn has_bad_number(before: &[u64], after: &[u64]) -> bool {
    let bad = |log: &[u64]| log.iter().filter(|number| *number % 4 == 0).count();
    bad(after) > bad(before)
}

impl Judged for Deep {
    fn judge(rule: Rule, before: &Self, after: &Self, from: PeerId) -> Result<(), String> {
        let is_host = from == PeerId::HOST;
        match rule {
            Rule::Open => Ok(()),
            Rule::Values => refuse(&[
                (has_bad_row(&before.rows, &after.rows), "a row"),
                (has_bad_number(&before.log, &after.log), "a number"),
                (after.count % 2 != 0 && before.count % 2 == 0, "a count"),
                (after.title.len() > before.title.len().max(4), "a title"),
            ]),
            Rule::Origins => refuse(&[
                (!is_host && after.log != before.log, "the log"),
                (!is_host && after.title != before.title, "the title"),
                (is_host && after.rows.len() < before.rows.len(), "rows less"),
            ]),
            Rule::Panics => refuse(&[
                (after.line.len() < before.line.len(), "the line is shorter"),
                (after.rows.len() > before.rows.len().max(4), "a row more"),
            ]),
        }
    }
}

impl Judged for Ledger {
    fn judge(rule: Rule, before: &Self, after: &Self, from: PeerId) -> Result<(), String> {
        let is_host = from == PeerId::HOST;
        match rule {
            Rule::Open => Ok(()),
            Rule::Values => refuse(&[
                (has_bad_row(&before.rows, &after.rows), "a row"),
                (has_bad_number(&before.log, &after.log), "a number"),
            ]),
            Rule::Origins => refuse(&[
                (!is_host && after.log != before.log, "the log"),
                (is_host && after.rows.len() < before.rows.len(), "rows less"),
            ]),
            Rule::Panics => refuse(&[(after.rows.len() > before.rows.len().max(4), "a row more")]),
        }
    }
}

impl Judged for Words {
    fn judge(rule: Rule, before: &Self, after: &Self, from: PeerId) -> Result<(), String> {
        let is_host = from == PeerId::HOST;
        let bad = |words: &Self| words.iter().filter(|word| word.ends_with('c')).count();
        match rule {
            Rule::Open => Ok(()),
            Rule::Values => refuse(&[(bad(after) > bad(before), "a word")]),
            Rule::Origins => refuse(&[
                (!is_host && after.len() < before.len(), "a word less"),
                (is_host && after.len() > before.len(), "a word more"),
            ]),
            Rule::Panics => refuse(&[(after.len() > before.len().max(4), "too much")]),
        }
    }
}

impl Judged for Box<Words> {
    fn judge(rule: Rule, before: &Self, after: &Self, from: PeerId) -> Result<(), String> {
        Words::judge(rule, before, after, from)
    }
}

/// What the host says to a change, if it is judged by its validator alone.
pub fn judge(rule: Rule, before: &Plain, after: &Plain, from: PeerId) -> Result<(), String> {
    let verdict = match (before, after) {
        (Plain::Deep(before), Plain::Deep(after)) => Deep::judge(rule, before, after, from),
        (Plain::Ledger(before), Plain::Ledger(after)) => Ledger::judge(rule, before, after, from),
        (Plain::Words(before), Plain::Words(after)) => Words::judge(rule, before, after, from),
        _ => unreachable!("a commit does not change the type"),
    };
    match rule {
        Rule::Panics => verdict.map_err(|reason| format!("{PANICKED}{reason}")),
        _ => verdict,
    }
}
