//! What many processes do at once with actions, and what has become of it in the end.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use ipos::{Ipos, Process, SharedHandle};
use ipos_tests::{
    PATIENCE, child,
    roles::acts::patterns::{self, ITEMS, KEY, ROUNDS, Work},
    talk::Talk,
};

const WORKERS: u64 = 4;

fn worker(ipos: &Ipos, does: &str, number: u64) -> (Process, Talk) {
    let command = child!("acts/pattern", does, number.to_string());
    let process = ipos.spawn(command).unwrap();
    let talk = Talk::with(&process);
    (process, talk)
}

/// All that workers tell, each until it ends, well.
fn told(workers: Vec<(Process, Talk)>) -> Vec<Vec<u64>> {
    let told = workers.into_iter().map(|(process, mut talk)| {
        let told = numbers(&mut talk);
        assert!(process.wait().unwrap().success());
        told
    });
    told.collect()
}

fn numbers(talk: &mut Talk) -> Vec<u64> {
    let lines = std::iter::from_fn(|| talk.hear());
    lines.map(|line| line.parse().unwrap()).collect()
}

/// Each of `0..count` was taken by one worker, who was told so.
#[track_caller]
fn check_taken(work: &SharedHandle<Work>, told: &BTreeMap<u64, Vec<u64>>, count: u64) {
    let work = work.read();
    let mut all: Vec<u64> = work.taken.iter().map(|&(_, item)| item).collect();
    all.sort_unstable();
    assert!(all.into_iter().eq(0..count), "each is taken once");
    assert!(work.queue.is_empty());
    for (worker, told) in told {
        let taken = work.taken.iter().filter(|(who, _)| who == worker);
        let taken: Vec<u64> = taken.map(|&(_, item)| item).collect();
        assert_eq!(&taken, told, "worker {worker}");
    }
}

#[test]
fn a_bounded_queue_is_never_longer_than_it_may_be_and_each_item_is_taken_once() {
    const MOST: u64 = 3;
    const COUNT: u64 = WORKERS * ITEMS;
    let ipos = Ipos::host().unwrap();
    let longest = Arc::new(AtomicUsize::new(0));
    let seen = longest.clone();
    let work = Work {
        most: MOST,
        due: COUNT,
        ..Work::default()
    };
    let work = ipos.create_with(KEY, work, move |_, after, _| {
        seen.fetch_max(after.queue.len(), Ordering::Relaxed);
        Ok(())
    });
    let work = work.unwrap();
    let offering: Vec<_> = (0..WORKERS).map(|at| worker(&ipos, "offer", at)).collect();
    work.wait_until(PATIENCE, |work| work.queue.len() as u64 == MOST)
        .unwrap();
    let taking: Vec<_> = (0..WORKERS).map(|at| worker(&ipos, "take", at)).collect();
    told(offering);
    let told = (0..).zip(told(taking)).collect();
    check_taken(&work, &told, COUNT);
    assert_eq!(longest.load(Ordering::Relaxed) as u64, MOST);
}

#[test]
fn of_all_that_compare_and_set_one_wins_a_round() {
    let ipos = Ipos::host().unwrap();
    let work = ipos.create(KEY, Work::default()).unwrap();
    let workers: Vec<_> = (0..WORKERS).map(|at| worker(&ipos, "lead", at)).collect();
    let told = told(workers);
    let mut won: Vec<(u64, u64)> = (0..)
        .zip(&told)
        .flat_map(|(worker, rounds)| rounds.iter().map(move |&round| (round, worker)))
        .collect();
    won.sort_unstable();
    let leaders = work.snapshot().leaders;
    assert_eq!(leaders.len() as u64, ROUNDS);
    assert!(won.into_iter().eq((0..).zip(leaders)));
}

#[test]
fn a_leaderboard_is_what_the_scores_come_to() {
    let ipos = Ipos::host().unwrap();
    let work = ipos.create(KEY, Work::default()).unwrap();
    let workers: Vec<_> = (0..WORKERS).map(|at| worker(&ipos, "score", at)).collect();
    told(workers);
    let mut scores = BTreeMap::<u64, u64>::new();
    for (name, points) in (0..WORKERS).flat_map(patterns::scored) {
        *scores.entry(name).or_default() += points;
    }
    let work = work.read();
    assert_eq!(work.best, patterns::best_of(&scores));
    assert_eq!(work.scores, scores);
}

#[test]
fn jobs_are_claimed_once_each_though_workers_are_killed_at_it() {
    const WORKERS: u64 = 8;
    const KILLED: u64 = 2;
    const JOBS: u64 = WORKERS * if cfg!(debug_assertions) { 400 } else { 4_000 };
    let ipos = Ipos::host().unwrap();
    let work = Work {
        queue: (0..JOBS).collect(),
        ..Work::default()
    };
    let work = ipos.create(KEY, work).unwrap();
    let mut workers: Vec<_> = (0..WORKERS).map(|at| worker(&ipos, "take", at)).collect();
    work.wait_until(PATIENCE, |work| work.taken.len() as u64 >= JOBS / 3)
        .unwrap();
    let rest = workers.split_off(KILLED.try_into().unwrap());
    let killed: Vec<Vec<u64>> = workers
        .into_iter()
        .map(|(process, mut talk)| {
            process.kill().unwrap();
            numbers(&mut talk)
        })
        .collect();
    let told = (KILLED..).zip(told(rest)).collect();
    ipos.barrier(PATIENCE).unwrap();
    check_taken(&work, &told, JOBS);
    // Of what was claimed last they may not have heard, or not have told it any more.
    let work = work.read();
    for (worker, told) in (0..).zip(killed) {
        let taken = work.taken.iter().filter(|(who, _)| *who == worker);
        let taken: Vec<u64> = taken.map(|&(_, item)| item).collect();
        assert!(taken.starts_with(&told), "worker {worker}");
        assert!(taken.len() - told.len() <= 1, "worker {worker}");
    }
}
