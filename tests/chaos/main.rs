//! Long lives among trouble: members that are killed, stopped, removed and cut off while all write, and very many
//! members.
//!
//! `IPOS_CHAOS_SECONDS` says for how long there is trouble, `IPOS_CHAOS_SEED` which. A table tells how it stands every
//! 30 seconds; `--nocapture` shows it as it grows.

mod measure;
mod stage;

use std::{
    env,
    hash::{BuildHasher, RandomState},
    str::FromStr,
};

use measure::Measure;
use stage::Stage;

/// How much a host may have allocated with all members there and nothing in its objects, in KiB: what it remembers for
/// each of them is bounded, and comes and goes with them.
const HEAP: u64 = 32 * 1024;

/// How much more that may be in the second half of a run than in the first, on average.
const MORE_HEAP: u64 = 8 * 1024;

/// How much more it may have allocated when all have left than before anybody came, in KiB.
const HEAP_LEFT: u64 = 4 * 1024;

/// The same of what it has from the system, of which its allocator keeps a part.
const MEMORY_LEFT: u64 = 64 * 1024;

fn asked_for<T: FromStr>(name: &str) -> Option<T> {
    let text = env::var(name).ok()?;
    let number = text.parse().ok();
    assert!(number.is_some(), "{name}={text} is no number");
    number
}

#[test]
fn nothing_is_lost_or_left_whoever_is_killed_stopped_removed_or_cut_off() {
    let seed = asked_for("IPOS_CHAOS_SEED").unwrap_or_else(|| RandomState::new().hash_one(0));
    let seconds: u64 = asked_for("IPOS_CHAOS_SECONDS").unwrap_or(10);
    println!("IPOS_CHAOS_SEED={seed} for {seconds} s");
    println!(
        "seconds rounds commits kills stops joins removals leaves resyncs heap | {}",
        Measure::HEAD
    );
    let notes = tempfile::tempdir().unwrap();
    let words = [seed.to_string(), seconds.to_string()];
    let notes = notes.path().to_str().unwrap();
    let mut stage = Stage::new("chaos/host", &[&words[0], &words[1], notes]);
    let mut measured = std::collections::BTreeMap::new();
    let mut rows: Vec<(Vec<u64>, Measure)> = Vec::new();
    let mut heaps: Vec<u64> = Vec::new();
    stage.play(|pid, words| {
        let now = Measure::of(pid);
        match *words {
            ["row", ref tally @ ..] => {
                println!("{} | {now}", tally.join(" "));
                let tally = tally.iter().map(|number| number.parse().unwrap());
                rows.push((tally.collect(), now));
            }
            ["go", "on"] => {}
            ["measure", "before"] => {
                measured.insert("before", now);
            }
            ["measure", "open", heap] => {
                heaps.push(heap.parse().unwrap());
                measured.insert(
                    "open",
                    now.settled(pid, &["ipos-listener"], now.descriptors),
                );
            }
            ["measure", "left", heap] => {
                heaps.push(heap.parse().unwrap());
                let open = &measured["open"];
                let left = now.settled(pid, &["ipos-listener"], open.descriptors);
                println!("open: {open}; when all have left: {left}; heap {heaps:?}");
                assert!(heaps[1] < heaps[0] + HEAP_LEFT, "{heaps:?}");
                assert!(
                    left.memory < open.memory + MEMORY_LEFT,
                    "{left} after {open}"
                );
            }
            ["measure", "closed"] => {
                now.settled(pid, &[], measured["before"].descriptors);
            }
            _ => panic!("what is {words:?}?"),
        }
    });
    let (tally, _) = rows.last().unwrap();
    let [_, _, commits, kills, stops, _, removals, leaves, resyncs, _] = tally[..] else {
        panic!("what is {tally:?}?")
    };
    assert!(commits > 0 && kills > 0, "{tally:?}");
    // Of each there is something in a run that is not short.
    let is_long = seconds >= 60;
    assert!(
        !is_long
            || [stops, removals, leaves, resyncs]
                .iter()
                .all(|&times| times > 0),
        "{tally:?}"
    );
    let heaps: Vec<u64> = rows.iter().map(|(tally, _)| tally[9]).collect();
    assert!(heaps.iter().all(|&heap| heap < HEAP), "{heaps:?}");
    // Nor does it creep up; one look after the other differs by as much, so few say nothing of that.
    let (early, late) = heaps.split_at(heaps.len().div_ceil(2));
    let mean = |heaps: &[u64]| heaps.iter().sum::<u64>() / heaps.len().max(1) as u64;
    assert!(
        !is_long || mean(late) < mean(early) + MORE_HEAP,
        "{heaps:?}"
    );
}

/// How many processes are in a session that is large.
const MANY: u64 = 200;

/// The most memory that a host may need for a member that does little, and the threads, in KiB.
const MEMORY_A_MEMBER: u64 = 128;

#[test]
fn two_hundred_processes_share_a_session() {
    let mut stage = Stage::new("chaos/many-host", &[&MANY.to_string()]);
    let mut alone = None;
    stage.play(|pid, words| {
        let now = Measure::of(pid);
        match *words {
            ["measure", "alone"] => {
                alone = Some(now.settled(pid, &["ipos-listener"], now.descriptors));
            }
            ["measure", "left"] => {
                let alone = alone.as_ref().unwrap();
                now.settled(pid, &["ipos-listener"], alone.descriptors);
            }
            ["measure", "closed"] => {
                now.settled(pid, &[], 0);
            }
            ["measure", member] => {
                let alone = alone.as_ref().unwrap();
                let member = Measure::of(member.parse().unwrap());
                println!("the host alone: {alone}; with {MANY} members: {now}; a member: {member}");
                let links = now
                    .threads
                    .iter()
                    .filter(|name| *name == "ipos-link")
                    .count();
                assert_eq!(links as u64, MANY, "a thread a member");
                let more = now.memory.saturating_sub(alone.memory);
                assert!(more < MANY * MEMORY_A_MEMBER, "{more} KiB more");
            }
            _ => panic!("what is {words:?}?"),
        }
    });
}
