//! A type with fields that are for the host alone to write, which members try to all the same.

use ipos::{Shared, VecMut};
use serde::{Deserialize, Serialize};

use super::{
    deep::{self, Focus, text},
    random::Random,
    rows::{self, Row},
};

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// No other item has it.
    pub id: u64,
    pub text: String,
    #[shared(host_only)]
    pub is_checked: bool,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Ledger {
    #[shared(host_only)]
    pub total: u64,
    pub items: Vec<Item>,
    pub rows: Vec<Row>,
    /// Numbers that are added at the end and never removed.
    pub log: Vec<u64>,
}

impl Item {
    fn random(random: &mut Random) -> Self {
        Self {
            id: random.next() >> 32,
            text: text(random),
            is_checked: random.percent(50),
        }
    }
}

impl Ledger {
    pub fn random(random: &mut Random) -> Self {
        Self {
            total: random.small(),
            items: (0..random.below(4)).map(|_| Item::random(random)).collect(),
            rows: (0..random.below(4)).map(|_| Row::random(random)).collect(),
            log: vec![],
        }
    }

    /// Does one thing.
    pub fn change(ledger: &mut LedgerMut<'_>, focus: Focus, random: &mut Random) {
        if focus == Focus::Takes {
            return rows::take(&mut ledger.rows_mut(), random);
        }
        match random.weighted(&[2, 6, 8, 2]) {
            0 => ledger.set_total(random.next() >> 32),
            1 => items(&mut ledger.items_mut(), random),
            2 => rows::change(&mut ledger.rows_mut(), focus, random),
            _ => ledger.log_mut().push(random.next() >> 32),
        }
    }

    /// What of it a member must not have changed in this way.
    pub fn forbidden(before: &Self, after: &Self) -> Option<String> {
        if after.total != before.total {
            return Some(format!("a total of {}", after.total));
        }
        let is_old = |item: &Item| {
            let mut old = before.items.iter();
            old.any(|old| (old.id, old.is_checked) == (item.id, item.is_checked))
        };
        let new = after.items.iter().find(|item| !is_old(item));
        new.map(|item| format!("{item:x?}"))
    }
}

fn items(items: &mut VecMut<'_, Item>, random: &mut Random) {
    let at = random.below(items.len() + 1);
    match random.below(if items.len() > 6 { 6 } else { 8 }) {
        0 | 1 if at < items.len() => drop(items.remove(at)),
        2 if at < items.len() => items.at(at).set_is_checked(random.percent(50)),
        3..6 if at < items.len() => deep::edit(&mut items.at(at).text_mut(), random),
        _ => items.insert(at, Item::random(random)),
    }
}
