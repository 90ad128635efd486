//! What many processes do at once with actions: a queue that is never longer than it may be, who is first, and
//! who has most.

use std::{
    collections::{BTreeMap, VecDeque},
    error::Error as AnyError,
};

use ipos::{CallError, Ipos, Shared, SharedHandle};
use serde::{Deserialize, Serialize};

use crate::{PATIENCE, talk};

/// The key of the work.
pub const KEY: &str = "work";

/// How many items each worker offers, and how often each scores.
pub const ITEMS: u64 = 150;

/// How often there is somebody to be the first.
pub const ROUNDS: u64 = 150;

/// How many names there are to score by.
const NAMES: u64 = 5;

/// How many are among the best.
const BEST: usize = 3;

/// What is worked on.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Work {
    /// What was offered and nobody has taken.
    pub queue: VecDeque<u64>,
    /// How many there may be of it.
    pub most: u64,
    /// How many are still to be offered.
    pub due: u64,
    /// What was taken, by whom.
    pub taken: Vec<(u64, u64)>,
    /// Who has led, one a round.
    pub leaders: Vec<u64>,
    /// The scores, by name.
    pub scores: BTreeMap<u64, u64>,
    /// The best of them, and whose they are.
    pub best: Vec<(u64, u64)>,
}

#[ipos::actions]
impl Work {
    /// Puts something into the queue, unless it is full.
    pub fn offer(work: &mut WorkMut<'_>, item: u64) -> Result<(), u64> {
        if work.queue.len() as u64 >= work.most {
            return Err(item);
        }
        work.queue_mut().push_back(item);
        work.set_due(work.due - 1);
        Ok(())
    }

    /// The next thing in the queue, which nobody else gets.
    pub fn take(work: &mut WorkMut<'_>, worker: u64) -> Option<u64> {
        let item = work.queue_mut().pop_front()?;
        work.taken_mut().push((worker, item));
        Some(item)
    }

    /// Leads in a round, if nobody has done so before; else tells the next round.
    pub fn lead(work: &mut WorkMut<'_>, round: u64, worker: u64) -> Result<(), u64> {
        let next = work.leaders.len() as u64;
        if next != round {
            return Err(next);
        }
        work.leaders_mut().push(worker);
        Ok(())
    }

    /// Adds to a score; gives the best.
    pub fn score(work: &mut WorkMut<'_>, name: u64, points: u64) -> Vec<(u64, u64)> {
        work.scores_mut().entry(name).or_default().add(points);
        let best = best_of(&work.scores);
        work.set_best(best.clone());
        best
    }
}

/// The best scores, and whose they are.
#[must_use]
pub fn best_of(scores: &BTreeMap<u64, u64>) -> Vec<(u64, u64)> {
    let mut best: Vec<(u64, u64)> = scores.iter().map(|(&name, &score)| (score, name)).collect();
    best.sort_by(|a, b| b.cmp(a));
    best.truncate(BEST);
    best
}

/// What a worker scores.
pub fn scored(worker: u64) -> impl Iterator<Item = (u64, u64)> {
    (0..ITEMS).map(move |n| ((worker + n) % NAMES, 1 + (7 * n + worker) % 11))
}

type Ended = Result<(), Box<dyn AnyError>>;

fn begin() -> ipos::Result<(Ipos, SharedHandle<Work>)> {
    let ipos = Ipos::join()?;
    let work = ipos.get(KEY)?;
    Ok((ipos, work))
}

/// Offers its items, each as soon as there is room.
pub(super) fn offer(worker: u64) -> Ended {
    let (_ipos, work) = begin()?;
    for item in worker * ITEMS..(worker + 1) * ITEMS {
        loop {
            work.wait_until(PATIENCE, |work| (work.queue.len() as u64) < work.most)?;
            match work.call(Work::offer_action(item)) {
                Ok(()) => break,
                Err(CallError::Failed(back)) => assert_eq!(back, item),
                Err(CallError::Ipos(error)) => return Err(error.into()),
            }
        }
    }
    Ok(())
}

/// Takes until nothing comes any more, and tells each thing that it gets.
pub(super) fn take(worker: u64) -> Ended {
    let (_ipos, work) = begin()?;
    loop {
        let is_last = work.read().due == 0;
        match work.call(Work::take_action(worker))? {
            Some(item) => talk::say(&item.to_string())?,
            None if is_last => return Ok(()),
            None => {
                work.wait_until(PATIENCE, |work| !work.queue.is_empty() || work.due == 0)?;
            }
        }
    }
}

/// Tries to lead in each round, and tells in which it does.
pub(super) fn lead(worker: u64) -> Ended {
    let (_ipos, work) = begin()?;
    let mut round = 0;
    while round < ROUNDS {
        round = match work.call(Work::lead_action(round, worker)) {
            Ok(()) => {
                talk::say(&round.to_string())?;
                round + 1
            }
            Err(CallError::Failed(next)) => {
                assert!(next > round, "the next round is {next}, and {round} was");
                next
            }
            Err(CallError::Ipos(error)) => return Err(error.into()),
        };
    }
    Ok(())
}

/// Scores, and tells the best in the end.
pub(super) fn score(worker: u64) -> Ended {
    let (_ipos, work) = begin()?;
    for (name, points) in scored(worker) {
        let best = work.call(Work::score_action(name, points))?;
        assert!(best.is_sorted_by(|a, b| a > b), "{best:?}");
    }
    Ok(())
}
