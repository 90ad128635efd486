//! Actions that a member runs: what holds meanwhile, and what is left of one that panics.

use std::{cell::RefCell, collections::BTreeSet, panic, sync::Arc};

use super::*;
use crate::{cell::held_any, core::Limit, store::Request};

/// The member in which actions look around, and what they have seen.
type Around = (Option<Arc<MemberStore<Posts>>>, Vec<String>);

thread_local! {
    static AROUND: RefCell<Around> = const { RefCell::new((None, vec![])) };
}

#[crate::actions(3)]
impl Bank {
    /// Asks for the keys, which waits for the table, and whether this thread has noted that it holds something.
    fn looks_around(bank: &mut BankMut<'_>) -> usize {
        AROUND.with_borrow_mut(|(member, seen)| {
            if let Some(member) = member {
                seen.push(format!(
                    "{} {}",
                    member.keys().join(" "),
                    held_any().is_some()
                ));
            }
        });
        bank.notes_mut().push("seen".into());
        bank.notes.len()
    }
}

/// A member has called the action while it asks for what it has missed; then it is given that, and the action is run
/// again, which it sees as `runs` tells. In the end the notes are these.
#[track_caller]
fn check(memory: Memory, runs: &[&str], notes: &[&str]) {
    let session = Session::with(memory, 1);
    let member = session.members[0].clone();
    let me = member.table().member.me();
    session
        .host
        .with(|sequencer, post| sequencer.lags(me, post));
    let cell = session.host.named("bank").unwrap();
    for note in ["a", "b"] {
        let mut replica = cell.lock();
        let (state, recorder) = replica.parts();
        let state: &mut Typed<Bank> = state.as_any_mut().downcast_mut().unwrap();
        let cursor = Cursor::new(&mut state.value, recorder);
        Bank::writer(cursor).notes_mut().push(note.into());
        session.host.table().commit(&mut replica);
    }
    session.to_members();
    // It has asked. What it does now is told later.
    let ticket = session.commit(0, &call(Bank::looks_around_action));
    let told = std::mem::take(&mut member.table().post.0);
    for (_, message) in told {
        let asked = session.host.take(&Origin::of(me, None), &message).unwrap();
        if let Request::Resume { heard, settled } = asked {
            let resume = |sequencer: &mut Sequencer<_>, post: &mut Posts| {
                sequencer.resume(me, heard, settled, post)
            };
            session.host.with(resume).unwrap();
            while session.host.give_next(me, |_, _| {}) {}
            session
                .host
                .with(|sequencer, post| sequencer.live(me, post));
        }
    }
    AROUND.with_borrow_mut(|(around, _)| *around = Some(member));
    session.to_members();
    let seen = AROUND.take().1;
    let seen: BTreeSet<&str> = seen.iter().map(String::as_str).collect();
    assert!(seen.into_iter().eq(runs.iter().copied()));
    session.rest();
    assert_eq!(session.of_host().notes, notes);
    assert_eq!(session.of(0).notes, notes);
    assert_eq!(session.verdict(0, ticket), format!("[{}]", notes.len()));
}

#[test]
fn on_what_was_missed_it_runs_with_a_note_and_not_under_the_table() {
    check(Memory::default(), &["bank true"], &["a", "b", "seen"]);
}

#[test]
fn on_an_object_that_is_given_anew_it_runs_with_a_note_and_not_under_the_table() {
    let nothing = Limit {
        commits: 0,
        bytes: 0,
    };
    let memory = Memory {
        log: nothing,
        ..Memory::default()
    };
    check(memory, &["bank true"], &["a", "b", "seen"]);
}

#[test]
fn a_local_panic_takes_its_part_back() {
    let session = Session::new(1);
    session.commit(
        0,
        &Act::Update(|bank| {
            bank.notes_mut().push("a".into());
            let panics = panic::AssertUnwindSafe(|| bank.call(Bank::panics_if_noted_action()));
            assert!(panic::catch_unwind(panics).is_err());
            bank.notes_mut().push("b".into());
        }),
    );
    assert_eq!(session.of(0).notes, ["a", "b"]);
    session.rest();
    assert_eq!(session.of_host().notes, ["a", "b"]);
}
