//! What stands behind an action in its commit.

use std::sync::atomic::{AtomicU32, Ordering};

use super::*;

static FILLED: AtomicU32 = AtomicU32::new(0);

#[crate::actions(2)]
impl Bank {
    fn close_empty(bank: &mut BankMut<'_>) {
        bank.accounts_mut().retain(|account| account.balance > 0);
    }

    /// Writes a thousand bytes.
    fn fill(bank: &mut BankMut<'_>) {
        FILLED.fetch_add(1, Ordering::Relaxed);
        bank.notes_mut().push("x".repeat(1000));
    }
}

/// Where the action leaves out `cem` alone, `bob` is the second.
fn open_and_close(bank: &mut BankMut<'_>) {
    bank.accounts_mut().push(Account {
        owner: "dan".into(),
        balance: 3,
    });
    bank.call(Bank::close_empty_action()).unwrap();
    assert_eq!(bank.accounts[1].owner, "bob");
}

fn pay(bank: &mut BankMut<'_>) {
    open_and_close(bank);
    bank.accounts_mut().at(1).balance_mut().add(7);
}

fn withdraw(bank: &mut BankMut<'_>) {
    open_and_close(bank);
    let left = bank.accounts_mut().at(1).call(Account::withdraw_action(2));
    assert_eq!(left, Ok(3));
}

/// Where the action leaves out `ada` as well.
fn empty(bank: &mut BankMut<'_>) {
    bank.accounts_mut().at(0).set_balance(0);
}

#[test]
fn it_lands_where_it_was_meant_to() {
    const PAID: &str = "bob 12, dan 3; [1, 2, 3]; ; 0";
    for (second, end) in [
        (Act::Update(pay), PAID),
        (Act::Transact(pay), PAID),
        (Act::Update(withdraw), "bob 3, dan 3; [1, 2, 3]; ; 0"),
        (Act::Transact(withdraw), "bob 3, dan 3; [1, 2, 3]; ; 0"),
    ] {
        check(
            &[&[Act::Update(empty)], &[second]],
            end,
            &[&["ok"], &["ok"]],
        );
    }
}

#[test]
fn it_counts_as_lost_if_the_action_has_removed_it() {
    fn pay_first(bank: &mut BankMut<'_>) {
        bank.call(Bank::close_empty_action()).unwrap();
        bank.accounts_mut().at(0).balance_mut().add(7);
    }
    const END: &str = "bob 5; [1, 2, 3]; ; 0";
    check(
        &[&[Act::Update(empty)], &[Act::Update(pay_first)]],
        END,
        &[&["ok"], &["ok"]],
    );
    check(
        &[&[Act::Update(empty)], &[Act::Transact(pay_first)]],
        "ada 0, bob 5, cem 0; [1, 2, 3]; ; 0",
        &[&["ok"], &["something that it changes is gone"]],
    );
}

#[test]
fn nothing_is_run_any_more_when_it_is_too_much_to_be_told() {
    let session = Session::new(1);
    session.host.table().largest = 2500;
    let fill = Act::Transact(|bank| {
        for _ in 0..100 {
            bank.call(Bank::fill_action()).unwrap();
        }
    });
    let ticket = session.commit(0, &fill);
    let before = FILLED.load(Ordering::Relaxed);
    session.to_host(0);
    assert_eq!(FILLED.load(Ordering::Relaxed) - before, 3);
    session.rest();
    assert_eq!(session.of(0), bank());
    let verdict = session.verdict(0, ticket);
    assert!(verdict.contains("the limit is 2500"), "{verdict}");
}

#[test]
fn more_than_can_be_carried_in_time_does_not_count_as_a_whole() {
    fn noted(bank: &mut BankMut<'_>) {
        bank.notes_mut().push("a".into());
    }
    // Each is behind all before it, and each writes more at the host, where there is another note.
    fn few(bank: &mut BankMut<'_>) {
        audit(bank, 10);
    }
    fn many(bank: &mut BankMut<'_>) {
        audit(bank, 1500);
    }
    fn audit(bank: &mut BankMut<'_>, times: usize) {
        for _ in 0..times {
            bank.call(Bank::audit_action()).unwrap();
        }
    }
    let few_notes = format!("a{0}, a{0}", "!".repeat(10));
    for (change, notes, audits, verdict) in [
        (few as fn(&mut BankMut<'_>), &few_notes[..], 10, "ok"),
        (many, "a, a", 0, "something that it changes is gone"),
    ] {
        check(
            &[
                &[Act::Update(noted)],
                &[Act::Update(noted), Act::Transact(change)],
            ],
            &format!("{ACCOUNTS}; [1, 2, 3]; {notes}; {audits}"),
            &[&["ok"], &["ok", verdict]],
        );
    }
}
