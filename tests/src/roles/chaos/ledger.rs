//! What is written in the test of chaos, and what must have become of it.

use std::collections::{BTreeMap, BTreeSet};

use ipos::Shared;
use serde::{Deserialize, Serialize};

use super::notes::Noted;

/// What all write to. Each commit has an author and a number, which it leaves in each part.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Ledger {
    /// How many commits there are.
    pub count: u64,
    /// Each of them.
    pub list: Vec<(u64, u64)>,
    /// Each of them, as a word.
    pub words: String,
    /// How many each author has made.
    pub own: BTreeMap<u64, u64>,
}

#[ipos::actions]
impl Ledger {
    /// A commit as an action; gives how many there are then.
    pub fn enter(ledger: &mut LedgerMut<'_>, author: u64, number: u64) -> u64 {
        enter(ledger, author, number);
        ledger.count
    }
}

/// A commit.
pub fn enter(ledger: &mut LedgerMut<'_>, author: u64, number: u64) {
    ledger.count_mut().add(1);
    ledger.list_mut().push((author, number));
    ledger.words_mut().push_str(&format!("{author}:{number} "));
    ledger.own_mut().entry(author).or_default().add(1);
}

/// What members are to do.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Orders {
    /// Nobody writes.
    pub resting: bool,
    /// Authors that are to leave in good order.
    pub leaving: BTreeSet<u64>,
}

impl Ledger {
    /// Asserts that each commit that was confirmed to its author is there, and none that was refused; none is there
    /// twice, those of one author are in their order, and all parts tell the same.
    ///
    /// # Panics
    ///
    /// When it is not so.
    pub fn check(&self, noted: &BTreeMap<u64, Noted>) {
        let mut by_author = BTreeMap::<u64, Vec<u64>>::new();
        for &(author, number) in &self.list {
            by_author.entry(author).or_default().push(number);
        }
        for (author, numbers) in &by_author {
            let in_order = numbers.is_sorted_by(|one, next| one < next);
            assert!(in_order, "author {author}: {numbers:?}");
        }
        for (author, Noted { confirmed, refused }) in noted {
            let there: BTreeSet<u64> = by_author
                .get(author)
                .into_iter()
                .flatten()
                .copied()
                .collect();
            let lost: Vec<_> = confirmed.difference(&there).collect();
            assert!(lost.is_empty(), "author {author} has lost {lost:?}");
            let undead: Vec<_> = refused.intersection(&there).collect();
            assert!(undead.is_empty(), "refused to author {author}: {undead:?}");
        }
        assert_eq!(self.count, self.list.len() as u64);
        let mut words: Vec<String> = self
            .list
            .iter()
            .map(|(by, n)| format!("{by}:{n}"))
            .collect();
        let mut spoken: Vec<&str> = self.words.split_terminator(' ').collect();
        words.sort_unstable();
        spoken.sort_unstable();
        assert!(words == spoken, "each has its word, once");
        let own = by_author
            .iter()
            .map(|(&by, numbers)| (by, numbers.len() as u64));
        assert_eq!(self.own, own.collect());
    }
}
