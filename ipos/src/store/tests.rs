//! Actions of several members that meet at the host.
#![cfg(not(loom))]

mod at_once;
mod behind;
mod keys;
mod limits;
mod posts;
mod rejoin;
mod runs;

use std::{collections::VecDeque, sync::Arc};

use posts::Posts;
use serde::{Deserialize, Serialize};

use super::{HostStore, MemberStore, Own};
use crate::{
    Action, Shared,
    action::{Failing, perform},
    core::{Exchange, Memory, Origin, PeerId, Profile, Replica, Sequencer, Typed},
    cursor::Cursor,
    schema::table_of,
};

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Bank {
    accounts: Vec<Account>,
    jobs: VecDeque<u32>,
    notes: Vec<String>,
    #[shared(host_only)]
    audits: u32,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Account {
    owner: String,
    balance: u32,
}

#[crate::actions]
impl Bank {
    fn claim(bank: &mut BankMut<'_>) -> Option<u32> {
        bank.jobs_mut().pop_front()
    }

    fn close(bank: &mut BankMut<'_>, owner: String) -> bool {
        let at = bank.accounts.iter().position(|it| it.owner == owner);
        at.map(|at| bank.accounts_mut().remove(at)).is_some()
    }

    fn note(bank: &mut BankMut<'_>, note: String) -> usize {
        bank.notes_mut().insert(0, note);
        bank.notes.len()
    }

    /// Writes as often as there are notes, and fails if there are none.
    fn audit(bank: &mut BankMut<'_>) -> Result<u32, String> {
        bank.audits_mut().add(1);
        for at in 0..bank.notes.len() {
            bank.notes_mut().at(at).push('!');
        }
        if bank.notes.is_empty() {
            return Err("nothing to look at".into());
        }
        Ok(bank.audits)
    }

    fn panics_if_noted(bank: &mut BankMut<'_>) {
        bank.notes_mut().push("panics".into());
        assert_eq!(bank.notes.len(), 1, "there are notes");
    }

    fn all(bank: &mut BankMut<'_>, amount: u32) -> u32 {
        let mut took = 0;
        for at in 0..bank.accounts.len() {
            let mut accounts = bank.accounts_mut();
            let left = accounts.at(at).call(Account::withdraw_action(amount));
            took += u32::from(left.is_ok());
        }
        took
    }
}

#[crate::actions]
impl Account {
    fn withdraw(account: &mut AccountMut<'_>, amount: u32) -> Result<u32, u32> {
        let left = account.balance.checked_sub(amount);
        account.set_balance(left.unwrap_or(0));
        left.ok_or(amount)
    }
}

/// A host and members that hold a bank, and messages under way.
struct Session {
    host: HostStore<Posts>,
    members: Vec<Arc<MemberStore<Posts>>>,
}

fn bank() -> Bank {
    let account = |owner: &str, balance| Account {
        owner: owner.into(),
        balance,
    };
    Bank {
        accounts: vec![account("ada", 10), account("bob", 5), account("cem", 0)],
        jobs: VecDeque::from([1, 2, 3]),
        ..Bank::default()
    }
}

impl Session {
    fn new(members: u32) -> Self {
        Self::with(Memory::default(), members)
    }

    fn with(memory: Memory, members: u32) -> Self {
        let host = HostStore::new(memory, usize::MAX, Posts::default());
        let state = Typed::with_schema(bank(), table_of::<Bank>());
        host.create("bank", Own::new(Box::new(state), None));
        let members = (0..members).map(|_| {
            let peer =
                host.with(|sequencer, _| sequencer.admit(Exchange::default(), Profile::default()));
            while host.give_next(peer, |_, _| {}) {}
            host.with(|sequencer, post| sequencer.live(peer, post));
            Arc::new(MemberStore::new(
                peer,
                Exchange::default(),
                Posts::default(),
            ))
        });
        let members = members.collect();
        let session = Self { host, members };
        session.rest();
        session
    }

    /// The host takes what a member has told.
    fn to_host(&self, member: usize) {
        let member = &self.members[member];
        let told = std::mem::take(&mut member.table().post.0);
        let me = member.table().member.me();
        for (_, message) in told {
            self.host.take(&Origin::of(me, None), &message).unwrap();
        }
    }

    /// The members take what the host has told.
    fn to_members(&self) {
        let told = std::mem::take(&mut self.host.table().post.0);
        for (to, message) in told {
            let mut members = self.members.iter();
            let member = members.find(|member| member.table().member.me() == to);
            let member = member.unwrap();
            member.take(&message).unwrap();
            member.rest().unwrap();
        }
    }

    fn rest(&self) {
        for _ in 0..4 {
            (0..self.members.len()).for_each(|member| self.to_host(member));
            self.to_members();
        }
    }

    fn of_host(&self) -> Bank {
        let cell = self.host.named("bank").unwrap();
        value(&cell.look())
    }

    fn of(&self, member: usize) -> Bank {
        let cell = self.members[member].named("bank").unwrap();
        value(&cell.look())
    }

    /// A member changes the bank; gives what the verdict is asked for by.
    fn commit(&self, member: usize, act: &Act) -> u64 {
        let store = &self.members[member];
        let cell = store.named("bank").unwrap();
        let mut replica = cell.lock();
        replica.retype::<Bank>().unwrap();
        let (state, recorder) = replica.parts();
        let state: &mut Typed<Bank> = state.as_any_mut().downcast_mut().unwrap();
        let cursor = Cursor::new(&mut state.value, recorder);
        match act {
            Act::Call(action) => action(cursor),
            Act::Update(change) | Act::Transact(change) => change(&mut Bank::writer(cursor)),
        }
        let whole = matches!(act, Act::Transact(_));
        store.table().commit(&mut replica, whole);
        replica.last_pending().unwrap()
    }

    fn verdict(&self, member: usize, ticket: u64) -> String {
        let cell = self.members[member].named("bank").unwrap();
        let replica = cell.look();
        match (replica.answer(ticket), replica.verdict(ticket)) {
            (Some(answer), _) => format!("{answer:?}"),
            (None, Some(Ok(()))) => "ok".into(),
            (None, Some(Err(reason))) => reason,
            (None, None) => "none".into(),
        }
    }
}

fn value(replica: &Replica) -> Bank {
    let typed: Option<&Typed<Bank>> = replica.state().as_any().downcast_ref();
    typed.map_or_else(
        || {
            let mut bytes = vec![];
            replica.state().encode(&mut bytes);
            Typed::from_bytes(&bytes, table_of::<Bank>()).unwrap().value
        },
        |typed| typed.value.clone(),
    )
}

type Runs = dyn Fn(Cursor<'_, Bank>);

/// What a member does.
enum Act {
    Call(Box<Runs>),
    Update(fn(&mut BankMut<'_>)),
    Transact(fn(&mut BankMut<'_>)),
}

fn call<R: 'static, E: 'static>(action: fn() -> Action<Bank, R, E>) -> Act {
    Act::Call(Box::new(move |mut cursor| {
        let action = action();
        let entry = action.entry();
        let Action { args, .. } = action;
        perform(&mut cursor, entry, args, Failing::Asked);
    }))
}

/// In one line: names and balances, jobs, notes, audits.
fn told(bank: &Bank) -> String {
    let accounts = bank.accounts.iter();
    let accounts: Vec<String> = accounts
        .map(|it| format!("{} {}", it.owner, it.balance))
        .collect();
    format!(
        "{}; {:?}; {}; {}",
        accounts.join(", "),
        bank.jobs,
        bank.notes.join(", "),
        bank.audits
    )
}

/// Members do one thing after the other, without hearing of each other; the host takes all of the first, then all
/// of the next. Then the bank is `end` everywhere, and these are the verdicts.
#[track_caller]
fn check(members: &[&[Act]], end: &str, verdicts: &[&[&str]]) {
    let count = members.len();
    let start = Session::new(u32::try_from(count).unwrap());
    let tickets: Vec<Vec<u64>> = members
        .iter()
        .enumerate()
        .map(|(member, acts)| acts.iter().map(|act| start.commit(member, act)).collect())
        .collect();
    for member in 0..count {
        start.to_host(member);
    }
    start.rest();
    assert_eq!(told(&start.of_host()), end, "at the host");
    for (member, tickets) in tickets.iter().enumerate() {
        assert_eq!(told(&start.of(member)), end, "at member {member}");
        let found: Vec<String> = tickets
            .iter()
            .map(|&ticket| start.verdict(member, ticket))
            .collect();
        assert_eq!(found, verdicts[member], "the verdicts of member {member}");
    }
}

const ACCOUNTS: &str = "ada 10, bob 5, cem 0";

#[test]
fn what_the_host_has_run_is_what_counts() {
    check(
        &[&[call(Bank::claim_action)], &[call(Bank::claim_action)]],
        &format!("{ACCOUNTS}; [3]; ; 0"),
        &[&["[1, 1]"], &["[1, 2]"]],
    );
    check(
        &[
            &[call(|| Bank::note_action("a".into()))],
            &[
                call(|| Bank::note_action("b".into())),
                call(|| Bank::note_action("c".into())),
            ],
        ],
        &format!("{ACCOUNTS}; [1, 2, 3]; c, b, a; 0"),
        &[&["[1]"], &["[2]", "[3]"]],
    );
}

#[test]
fn one_that_fails_at_the_host_is_undone() {
    // It fails at the second, which has a note of its own that is refused nowhere.
    check(
        &[
            &[Act::Update(|bank| bank.notes_mut().clear())],
            &[call(Bank::audit_action)],
        ],
        &format!("{ACCOUNTS}; [1, 2, 3]; ; 0"),
        &[
            &["ok"],
            &[
                "[1, 18, 110, 111, 116, 104, 105, 110, 103, 32, 116, 111, 32, 108, 111, 111, 107, 32, 97, 116]",
            ],
        ],
    );
    // It fails here, and not at the host.
    check(
        &[
            &[call(|| Bank::note_action("a".into()))],
            &[
                call(Bank::audit_action),
                Act::Update(|bank| bank.notes_mut().push("b".into())),
            ],
        ],
        &format!("{ACCOUNTS}; [1, 2, 3]; a!, b; 1"),
        &[&["[1]"], &["[0, 1]", "ok"]],
    );
}

#[test]
fn one_that_panics_at_the_host_is_refused() {
    check(
        &[
            &[call(|| Bank::note_action("a".into()))],
            &[
                call(Bank::panics_if_noted_action),
                Act::Update(|bank| bank.notes_mut().at(0).push_str(" or not")),
            ],
        ],
        &format!("{ACCOUNTS}; [1, 2, 3]; a; 0"),
        &[
            &["[1]"],
            &[
                "the action `panics_if_noted` cannot be done: at the host, it panicked: assertion `left == \
                 right` failed: there are notes\n  left: 2\n right: 1",
                "ok",
            ],
        ],
    );
}

#[test]
fn what_is_made_on_top_of_one_is_moved_over_what_the_host_has_made_of_it() {
    // At the first member the job that was claimed was 1, and what is pushed behind it stays.
    check(
        &[
            &[call(|| Bank::close_action("ada".into()))],
            &[
                call(|| Bank::close_action("ada".into())),
                // What is bob's here was bob's there as well.
                Act::Update(|bank| bank.accounts_mut().at(0).balance_mut().add(7)),
            ],
        ],
        "bob 12, cem 0; [1, 2, 3]; ; 0",
        &[&["[1]"], &["[0]", "ok"]],
    );
    // The first note is another one at the host: the edit follows the one that was meant.
    check(
        &[
            &[Act::Update(|bank| bank.notes_mut().push("x".into()))],
            &[
                call(|| Bank::note_action("a".into())),
                Act::Update(|bank| bank.notes_mut().push("b".into())),
                Act::Update(|bank| bank.notes_mut().at(1).push_str("ee")),
            ],
        ],
        &format!("{ACCOUNTS}; [1, 2, 3]; a, x, bee; 0"),
        &[&["ok"], &["[2]", "ok", "ok"]],
    );
}

#[test]
fn one_in_an_update_is_run_in_its_place() {
    check(
        &[
            &[Act::Update(|bank| drop(bank.accounts_mut().remove(0)))],
            &[Act::Update(|bank| {
                bank.notes_mut().push("before".into());
                let left = bank.accounts_mut().at(1).call(Account::withdraw_action(2));
                assert_eq!(left, Ok(3));
                bank.notes_mut().push(format!("after {left:?}"));
            })],
        ],
        "bob 3, cem 0; [1, 2, 3]; before, after Ok(3); 0",
        &[&["ok"], &["ok"]],
    );
    // What it is to be run on is gone.
    check(
        &[
            &[Act::Update(|bank| drop(bank.accounts_mut().remove(1)))],
            &[Act::Update(|bank| {
                bank.notes_mut().push("before".into());
                let _ = bank.accounts_mut().at(1).call(Account::withdraw_action(2));
            })],
        ],
        "ada 10, cem 0; [1, 2, 3]; ; 0",
        &[&["ok"], &["ok"]],
    );
    // One that fails here comes to nothing; the rest counts.
    check(
        &[&[Act::Update(|bank| {
            let failed = bank.accounts_mut().at(1).call(Account::withdraw_action(6));
            assert_eq!(failed, Err(6));
            assert_eq!(bank.accounts[1].balance, 5);
            bank.notes_mut().push("short".into());
        })]],
        &format!("{ACCOUNTS}; [1, 2, 3]; short; 0"),
        &[&["ok"]],
    );
    // Those that one calls are a part of it.
    check(
        &[
            &[Act::Update(|bank| bank.accounts_mut().at(2).set_balance(9))],
            &[call(|| Bank::all_action(5))],
        ],
        "ada 5, bob 0, cem 4; [1, 2, 3]; ; 0",
        &[&["ok"], &["[3]"]],
    );
}

#[test]
fn one_in_a_transaction_has_the_same_answer_or_nothing_counts() {
    let transact: fn(&mut BankMut<'_>) = |bank| {
        let job = bank.call(Bank::claim_action());
        bank.notes_mut().push(format!("{job:?}"));
    };
    check(
        &[&[Act::Transact(transact)], &[Act::Transact(transact)]],
        &format!("{ACCOUNTS}; [2, 3]; Ok(Some(1)); 0"),
        &[
            &["ok"],
            &["the action `claim` has another answer at the host"],
        ],
    );
}

#[test]
fn what_is_for_the_host_alone_is_written_by_its_run() {
    check(
        &[&[
            call(|| Bank::note_action("a".into())),
            call(Bank::audit_action),
        ]],
        &format!("{ACCOUNTS}; [1, 2, 3]; a!; 1"),
        &[&["[1]", "[0, 1]"]],
    );
    // What is beside it is judged as always.
    check(
        &[&[Act::Transact(|bank| {
            bank.call(Bank::note_action("a".into())).unwrap();
            bank.audits_mut().add(1);
        })]],
        &format!("{ACCOUNTS}; [1, 2, 3]; ; 0"),
        &[&["`audits` is for the host alone to write"]],
    );
}

#[test]
fn a_caller_sees_what_its_run_comes_to_while_it_waits() {
    let session = Session::new(2);
    session.commit(1, &call(Bank::claim_action));
    session.commit(1, &call(|| Bank::note_action("mine".into())));
    assert_eq!(session.of(1).jobs, [2, 3]);
    session.commit(0, &call(Bank::claim_action));
    session.commit(0, &call(|| Bank::note_action("theirs".into())));
    session.to_host(0);
    session.to_members();
    // Run again on what has come in.
    assert_eq!(session.of(1).jobs, [3]);
    assert_eq!(session.of(1).notes, ["mine", "theirs"]);
    session.rest();
    assert_eq!(session.of_host(), session.of(1));
    assert_eq!(session.of_host(), session.of(0));
}
