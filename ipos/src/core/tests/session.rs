//! Whole sessions in one thread: a host, members that come and go, and queues of messages between
//! them, driven by a seeded scheduler and compared with a model after each step.

mod host;
mod member;
mod model;
mod random;
mod schedule;
mod values;

use std::{
    collections::VecDeque,
    panic::{AssertUnwindSafe, catch_unwind},
};

use host::Host;
use member::Member;
use random::Random;
use schedule::{Counts, Schedule};

/// The messages of one direction of a link, in their order.
type Wire = VecDeque<Vec<u8>>;

/// How many schedules are run, unless `IPOS_SEEDS` says otherwise.
const SEEDS: u64 = 300;

fn number(variable: &str) -> Option<u64> {
    let text = std::env::var(variable).ok()?;
    Some(text.parse().expect("it is a number"))
}

/// Set `IPOS_SEEDS` to run more schedules, `IPOS_SEED` to begin with another one.
#[test]
fn all_replicas_end_equal_whatever_the_schedule() {
    let first = number("IPOS_SEED").unwrap_or(0);
    let mut counts = Counts::default();
    for seed in first..first + number("IPOS_SEEDS").unwrap_or(SEEDS) {
        let run = || counts += Schedule::new(Random::new(seed)).run();
        let result = catch_unwind(AssertUnwindSafe(run));
        assert!(
            result.is_ok(),
            "to see it again: IPOS_SEEDS=1 IPOS_SEED={seed}"
        );
    }
    counts.must_cover_everything();
}

/// Moves all messages between a host and its only member.
fn settle(host: &mut Host, member: &mut Member) {
    loop {
        if let Some(message) = member.sent() {
            host.take(member.id, &message);
        } else if let Some(message) = host.sent_to(member.id) {
            member.take(&message, host.model());
            member.check(host.model());
        } else {
            return;
        }
    }
}

#[test]
fn a_creation_has_its_place_in_the_order_however_many_proposals_came_to_nothing() {
    let mut random = Random::new(0);
    let mut host = Host::new();
    let mut member = Member::new(host.admit());
    while host.give_next(member.id) {}
    host.create("key", vec![String::new()]);
    settle(&mut host, &mut member);
    host.delete("key");
    for _ in 0..20 {
        member.update("key", &mut random);
    }
    member.create("key", vec![String::new()]);
    settle(&mut host, &mut member);
    assert!(host.update("key", &mut random));
    settle(&mut host, &mut member);
    member.check_at_rest(host.model());
}
