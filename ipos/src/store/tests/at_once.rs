//! What is taken at once comes to the same as what is taken by the thread that reads.

use std::{
    fmt::Write as _,
    sync::atomic::{AtomicUsize, Ordering},
};

use proptest::prelude::*;

use super::*;

#[derive(Clone, Copy, Debug)]
enum Step {
    /// A member does the act of this number.
    Commit(usize, usize),
    /// So does the host.
    Own(usize),
    /// The host takes what a member has told.
    ToHost(usize),
    /// The members take what the host has told.
    ToMembers,
}

const MEMBERS: usize = 2;
const ACTS: usize = 7;

fn act(number: usize) -> Act {
    match number {
        0 => Act::Update(|bank| bank.notes_mut().push("late".into())),
        1 => Act::Update(|bank| bank.notes_mut().insert(0, "early".into())),
        2 => Act::Update(|bank| bank.jobs_mut().clear()),
        3 => Act::Transact(|bank| bank.accounts_mut().at(0).set_balance(7)),
        // Of the host alone: it is refused.
        4 => Act::Update(|bank| bank.audits_mut().add(1)),
        5 => call(Bank::claim_action),
        _ => call(|| Bank::note_action("noted".into())),
    }
}

/// What is taken, and how often at once.
struct Taking {
    session: Session,
    is_at_once: bool,
    taken: usize,
}

impl Taking {
    fn new(is_at_once: bool) -> Self {
        Self {
            session: Session::new(u32::try_from(MEMBERS).unwrap()),
            is_at_once,
            taken: 0,
        }
    }

    /// What comes of the step, in words.
    fn play(&mut self, step: Step) -> String {
        let Session { host, members } = &self.session;
        let mut told = String::new();
        match step {
            Step::Commit(member, number) => {
                self.session.commit(member, &act(number));
            }
            Step::Own(number) => {
                let cell = host.named("bank").unwrap();
                let mut replica = cell.lock();
                let (state, recorder) = replica.parts();
                let state: &mut Typed<Bank> = state.as_any_mut().downcast_mut().unwrap();
                let cursor = Cursor::new(&mut state.value, recorder);
                match act(number) {
                    Act::Call(action) => action(cursor),
                    Act::Update(change) | Act::Transact(change) => {
                        change(&mut Bank::writer(cursor));
                    }
                }
                host.table().commit(&mut replica);
            }
            Step::ToHost(member) => {
                let origin = Origin::of(members[member].table().member.me(), None);
                let messages = std::mem::take(&mut members[member].table().post.0);
                for (_, message) in messages {
                    let at_once = self
                        .is_at_once
                        .then(|| host.take_at_once(&origin, &message, 0))
                        .flatten();
                    self.taken += usize::from(at_once.is_some());
                    let asked = at_once.unwrap_or_else(|| host.take(&origin, &message));
                    write!(told, "{asked:?} ").unwrap();
                }
            }
            Step::ToMembers => {
                let messages = std::mem::take(&mut host.table().post.0);
                for (to, message) in messages {
                    let mut members = members.iter();
                    let member = members.find(|member| member.table().member.me() == to);
                    let member = member.unwrap();
                    let at_once = self
                        .is_at_once
                        .then(|| member.take_at_once(&message, 0))
                        .flatten();
                    self.taken += usize::from(at_once.is_some());
                    match at_once {
                        Some(taken) => taken.unwrap(),
                        None => drop(member.take(&message).unwrap()),
                    }
                    member.rest().unwrap();
                }
            }
        }
        let posts = |posts: &Posts| format!("{:?}", posts.0);
        let bank = self::told(&self.session.of_host());
        write!(told, "{bank} {}", posts(&host.table().post)).unwrap();
        for (number, member) in members.iter().enumerate() {
            let bank = self::told(&self.session.of(number));
            write!(told, "\n{bank} {}", posts(&member.table().post)).unwrap();
        }
        told
    }
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0..MEMBERS, 0..ACTS).prop_map(|(member, act)| Step::Commit(member, act)),
        1 => (0..ACTS).prop_map(Step::Own),
        2 => (0..MEMBERS).prop_map(Step::ToHost),
        2 => Just(Step::ToMembers),
    ]
}

#[test]
fn who_waits_takes_messages_as_the_thread_that_reads_does() {
    let taken = AtomicUsize::new(0);
    proptest!(|(steps in prop::collection::vec(step(), 1..40))| {
        let (mut plain, mut at_once) = (Taking::new(false), Taking::new(true));
        for step in steps {
            prop_assert_eq!(plain.play(step), at_once.play(step), "after {:?}", step);
        }
        taken.fetch_add(at_once.taken, Ordering::Relaxed);
    });
    assert!(taken.into_inner() > 0, "nothing was taken at once");
}

#[test]
fn what_is_held_is_not_taken_at_once() {
    let session = Session::new(1);
    let Session { host, members } = &session;
    let origin = Origin::of(members[0].table().member.me(), None);
    session.commit(0, &act(0));
    let (_, message) = members[0].table().post.0.remove(0);
    let cell = host.named("bank").unwrap();
    let held = cell.look();
    assert!(host.take_at_once(&origin, &message, 0).is_none());
    drop(held);
    assert!(host.take_at_once(&origin, &message, 0).is_some());
    let (_, verdict) = host.table().post.0.remove(0);
    let cell = members[0].named("bank").unwrap();
    let held = cell.look();
    assert!(members[0].take_at_once(&verdict, 0).is_none());
    drop(held);
    members[0].take_at_once(&verdict, 0).unwrap().unwrap();
    assert_eq!(told(&session.of(0)), told(&session.of_host()));
}
