//! Several processes that add to the same list, text, maps and counters, far ahead of the order.

use std::{
    collections::BTreeMap,
    error::Error,
    hash::{DefaultHasher, Hash, Hasher},
};

use ipos::{Ipos, Shared, SharedHandle};
use serde::{Deserialize, Serialize};

use crate::{
    PATIENCE,
    talk::{obey, say},
};

/// How many keys the maps have, for each author and for all.
const KEYS: u64 = 20;

/// What all write. Nothing that one adds takes away from what the others add.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq, Hash)]
pub struct Crowd {
    /// How many commits there are.
    pub count: u64,
    /// Of each author every fourth commit, by its number.
    pub list: Vec<(u64, u64)>,
    /// The next ones, as words.
    pub text: String,
    /// How many of the next ones each author has made, at keys of its own.
    pub own: BTreeMap<(u64, u64), u64>,
    /// How many of the last ones all have made, at the keys of all.
    pub all: BTreeMap<u64, i64>,
}

impl Crowd {
    /// What nobody has written to.
    pub fn new() -> Self {
        Self {
            all: (0..KEYS).map(|key| (key, 0)).collect(),
            ..Self::default()
        }
    }

    /// Something that is the same for equal values.
    pub fn digest(&self) -> String {
        let mut hasher = DefaultHasher::new();
        self.hash(&mut hasher);
        format!("{} {:x}", self.count, hasher.finish())
    }

    /// Asserts that each author's commits up to a number are there, each once, those of one author in
    /// their order, and no others.
    ///
    /// # Panics
    ///
    /// When it is not so.
    pub fn check(&self, authors: &BTreeMap<u64, u64>) {
        let sort = |sort: u64, of: u64| (1..=authors[&of]).filter(move |n| n % 4 == sort);
        let words: Vec<(u64, u64)> = self.text.split_terminator(' ').map(word).collect();
        let mut own = BTreeMap::new();
        let mut all = Self::new().all;
        for &author in authors.keys() {
            let by = |(of, number): &(u64, u64)| (*of == author).then_some(*number);
            let listed: Vec<u64> = self.list.iter().filter_map(by).collect();
            assert_eq!(listed, sort(0, author).collect::<Vec<_>>(), "listed");
            let spoken: Vec<u64> = words.iter().filter_map(by).collect();
            assert_eq!(spoken, sort(1, author).collect::<Vec<_>>(), "spoken");
            for number in sort(2, author) {
                *own.entry((author, number % KEYS)).or_insert(0) += 1;
            }
            for number in sort(3, author) {
                *all.entry(number % KEYS).or_insert(0) += number.cast_signed();
            }
        }
        assert_eq!(self.own, own);
        assert_eq!(self.all, all);
        assert_eq!(self.count, authors.values().sum::<u64>());
        let listed: usize = authors.keys().map(|&by| sort(0, by).count()).sum();
        assert_eq!(self.list.len(), listed, "no others are listed");
        let spoken: usize = authors.keys().map(|&by| sort(1, by).count()).sum();
        assert_eq!(words.len(), spoken, "no others are spoken");
    }
}

/// The author and the number that a word tells.
fn word(word: &str) -> (u64, u64) {
    let (author, number) = word.split_once(':').expect("no word is torn");
    let read = |text: &str| text.parse().expect("no word is torn");
    (read(author), read(number))
}

/// One commit of an author.
fn add(crowd: &SharedHandle<Crowd>, author: u64, number: u64) -> ipos::Result<()> {
    crowd.update(|c| {
        c.count_mut().add(1);
        match number % 4 {
            0 => c.list_mut().push((author, number)),
            1 => c.text_mut().push_str(&format!("{author}:{number} ")),
            2 => c
                .own_mut()
                .entry((author, number % KEYS))
                .or_default()
                .add(1),
            _ => {
                if let Some(mut sum) = c.all_mut().get_mut(&(number % KEYS)) {
                    sum.add(number.cast_signed());
                }
            }
        }
    })
}

/// The role of one author, who makes so many commits when told to, and tells how far they are confirmed
/// after each `step`.
///
/// # Errors
///
/// When the session fails.
pub fn role(author: u64, commits: u64, step: u64) -> Result<(), Box<dyn Error>> {
    let ipos = Ipos::join()?;
    let crowd = ipos.get::<Crowd>("crowd")?;
    obey(|words| {
        match words {
            ["write"] => {
                for number in 1..=commits {
                    add(&crowd, author, number)?;
                    if number % step == 0 {
                        crowd.flush(PATIENCE)?;
                        say(&number.to_string())?;
                    }
                }
                crowd.flush(PATIENCE)?;
            }
            ["digest"] => say(&crowd.read().digest())?,
            _ => return Err(format!("what is {words:?}?").into()),
        }
        Ok(())
    })
}
