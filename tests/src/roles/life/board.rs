//! Several processes that write everything in one struct at once.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    error::Error,
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use ipos::{Ipos, Shared, SharedHandle};
use serde::{Deserialize, Serialize};

use crate::{PATIENCE, talk};

/// How many processes write.
pub const WRITERS: usize = 3;

/// One of everything that can be written concurrently.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Board {
    /// The writers that are there.
    pub started: BTreeSet<usize>,
    /// The writers that have made their last commit.
    pub finished: BTreeSet<usize>,
    /// Written by all.
    pub number: u64,
    /// Written by all.
    pub text: String,
    /// Written by all.
    pub list: Vec<u64>,
    /// Written by all.
    pub map: HashMap<u32, Entry>,
    /// Written by all.
    pub tree: BTreeMap<String, Vec<u64>>,
    /// Written by all.
    pub set: HashSet<u64>,
    /// Written by all.
    pub maybe: Option<Entry>,
    /// Written by all, and by each together with `right`, to the same.
    pub left: u64,
    /// See `left`.
    pub right: u64,
    /// Each part is written by one writer alone.
    pub own: (u64, u64, u64),
}

/// A struct within.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// A number within.
    pub count: u64,
    /// A text within.
    pub note: String,
}

impl Board {
    /// A board with something in each field.
    pub fn sample() -> Self {
        let entry = |count| Entry {
            count,
            note: "noted".to_owned(),
        };
        Self {
            text: "aé漢".to_owned(),
            list: vec![1, 2, 3],
            map: HashMap::from([(1, entry(1)), (2, entry(2))]),
            tree: BTreeMap::from([("a".to_owned(), vec![1, 2])]),
            set: HashSet::from([4, 5]),
            maybe: Some(entry(3)),
            ..Self::default()
        }
    }

    /// All that it holds, as one line that is the same for equal boards.
    pub fn digest(&self) -> String {
        let Self { map, set, .. } = self;
        let rest = Self {
            map: HashMap::new(),
            set: HashSet::new(),
            ..self.clone()
        };
        let map: BTreeMap<_, _> = map.iter().collect();
        let set: BTreeSet<_> = set.iter().collect();
        format!("{rest:?} {map:?} {set:?}")
    }

    fn own(&self, writer: usize) -> u64 {
        [self.own.0, self.own.1, self.own.2][writer]
    }
}

/// The role of one writer.
///
/// # Errors
///
/// When the session fails.
pub fn role(writer: usize, commits: u64, ahead: u64) -> Result<(), Box<dyn Error>> {
    let ipos = Ipos::join()?;
    let board = ipos.get("board")?;
    let end = write_all(&board, writer, commits, ahead)?;
    Ok(talk::say(&end)?)
}

/// The role of a process that joins while others write, and only looks.
///
/// # Errors
///
/// When the session fails.
pub fn late() -> Result<(), Box<dyn Error>> {
    let ipos = Ipos::join()?;
    let end = last_state(&ipos.get("board")?)?;
    Ok(talk::say(&end)?)
}

/// Makes all commits of one writer, no more than `ahead` of them without a confirmation, and gives
/// the state when all writers have.
///
/// # Errors
///
/// When the session fails.
///
/// # Panics
///
/// When the writer's own last write, or half a commit, is seen.
pub fn write_all(
    board: &SharedHandle<Board>,
    writer: usize,
    commits: u64,
    ahead: u64,
) -> ipos::Result<String> {
    board.update(|b| b.started_mut().insert(writer))?;
    board.wait_until(PATIENCE, |b| b.started.len() == WRITERS)?;
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        let reader = scope.spawn(|| {
            while !over.load(Ordering::Relaxed) {
                read_whole_commits(board);
                thread::yield_now();
            }
        });
        let mut chance = Chance::new(writer);
        let written: ipos::Result<()> = (1..=commits).try_for_each(|n| {
            board.update(|b| {
                change(b, &mut chance);
                match writer {
                    0 => b.own_mut().set_0(n),
                    1 => b.own_mut().set_1(n),
                    _ => b.own_mut().set_2(n),
                }
            })?;
            assert_eq!(
                board.read().own(writer),
                n,
                "writer {writer} sees its own write"
            );
            if n % ahead == 0 {
                board.flush(PATIENCE)
            } else {
                Ok(())
            }
        });
        over.store(true, Ordering::Relaxed);
        reader.join().expect("the reader sees whole commits");
        written
    })?;
    board.update(|b| b.finished_mut().insert(writer))?;
    board.flush(PATIENCE)?;
    last_state(board)
}

/// What was always written together is equal in every read, and in two reads at once.
fn read_whole_commits(board: &SharedHandle<Board>) {
    {
        let read = board.read();
        assert_eq!(read.left, read.right, "half a commit");
    }
    assert_eq!(
        board.read().left,
        board.read().right,
        "no commit between nested reads"
    );
    let copy = board.snapshot();
    assert_eq!(copy.left, copy.right, "half a commit");
}

fn last_state(board: &SharedHandle<Board>) -> ipos::Result<String> {
    board.wait_until(PATIENCE, |b| b.finished.len() == WRITERS)?;
    Ok(format!("{} {}", board.seq(), board.read().digest()))
}

/// One commit of one to three random changes.
fn change(b: &mut BoardMut<'_>, chance: &mut Chance) {
    let any = chance.below(1 << 40);
    b.set_left(any);
    for _ in 0..=chance.below(2) {
        change_one(b, chance);
    }
    b.set_right(any);
}

fn change_one(b: &mut BoardMut<'_>, chance: &mut Chance) {
    let any = chance.below(1000);
    let key = u32::try_from(chance.below(8)).expect("8 is small");
    let at = |length: usize, chance: &mut Chance| {
        usize::try_from(chance.below(length as u64)).expect("below a length")
    };
    let length = b.list.len();
    match chance.below(24) {
        0 => b.set_number(any),
        1 => b.number_mut().modify(|number| *number += 1),
        2 if length < 60 => b.list_mut().push(any),
        3 if length < 60 => {
            let place = at(length + 1, chance);
            b.list_mut().insert(place, any);
        }
        4 if length > 0 => {
            let place = at(length, chance);
            b.list_mut().remove(place);
        }
        5 if length > 0 => {
            let place = at(length, chance);
            b.list_mut().at(place).set(any);
        }
        6 if length > 1 => {
            let (a, b_) = (at(length, chance), at(length, chance));
            b.list_mut().swap(a, b_);
        }
        7 if length > 2 => {
            let start = at(length - 1, chance);
            b.list_mut().splice(start..start + 2, [any, any + 1]);
        }
        8 => b.list_mut().retain(|&n| n % 7 != any % 7),
        9 => b.list_mut().sort_by(u64::cmp),
        10 => {
            b.list_mut().pop();
        }
        11 => {
            let entry = Entry {
                count: any,
                note: String::new(),
            };
            b.map_mut().insert(key, entry);
        }
        12 => {
            b.map_mut().remove(&key);
        }
        13 | 14 => {
            if let Some(mut entry) = b.map_mut().get_mut(&key) {
                entry.set_count(any);
                entry.note_mut().push('x');
            }
        }
        15 => {
            b.set_mut().insert(any % 16);
        }
        16 => {
            b.set_mut().remove(&(any % 16));
        }
        17 if b.text.len() < 200 => b.text_mut().push_str("aé漢"),
        18 if !b.text.is_empty() => {
            let (start, first) = {
                let nth = at(b.text.chars().count(), chance);
                b.text
                    .char_indices()
                    .nth(nth)
                    .expect("that many characters")
            };
            b.text_mut()
                .replace_range(start..start + first.len_utf8(), "ü—");
        }
        19 => {
            b.text_mut().pop();
        }
        20 => {
            let key = format!("key {}", key % 3);
            if b.tree.get(&key).is_none_or(|list| list.len() < 20) {
                b.tree_mut().entry(key).or_default().push(any);
            }
        }
        21 => {
            b.tree_mut().remove(&format!("key {}", key % 3));
        }
        22 => b.set_maybe((any > 300).then(|| Entry {
            count: any,
            note: String::new(),
        })),
        23 => {
            if let Some(mut entry) = b.maybe_mut().as_mut() {
                entry.set_count(any);
            }
        }
        _ => b.list_mut().truncate(40),
    }
}

/// Numbers that look random and are the same in every run.
pub struct Chance(u64);

impl Chance {
    /// A sequence of its own for each number.
    pub fn new(number: usize) -> Self {
        Self((number as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}
