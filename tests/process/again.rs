//! Actions that do something else when a member runs them again than when they were called.

use ipos_tests::roles::{acts, life::system::eventually};

use crate::acts::{gate, host, member, shop};

/// A member calls an action that misbehaves where it is run again, which it is before the host comes to it.
/// Meanwhile the member reads this, and this is what was done.
#[track_caller]
fn check(how: &str, meanwhile: &str, did: &str) {
    let _gate = gate();
    let ipos = host();
    let shop_here = ipos.create("shop", shop()).unwrap();
    ipos.create("other", shop()).unwrap();
    let (_member, mut talk) = member(&ipos);
    acts::set_gate(false);
    // The host comes no further than to this, and what is called next stays without a verdict.
    assert_eq!(talk.ask("other start 1"), "ok");
    assert_eq!(talk.ask(&format!("again {how}")), "Ok(11)", "{how}");
    shop_here.update(|shop| shop.set_balance(110_u64)).unwrap();
    let mut found = String::new();
    eventually("the member hears of it", || {
        found = talk.ask("read");
        found.starts_with("11 ") != found.starts_with("11")
    });
    assert_eq!(found, meanwhile, "{how}");
    assert_eq!(talk.ask("did"), did, "{how}");
    acts::set_gate(true);
    for (ask, answer) in [
        ("end", "9"),
        ("end", "111"),
        ("read", "111 [1, 2] 0"),
        ("withdraw 3", "108"),
    ] {
        assert_eq!(talk.ask(ask), answer, "{how}: {ask}");
    }
}

#[test]
fn one_that_fails_comes_to_nothing_until_the_verdict() {
    check("fails", "110 [1, 2] 0", "fails");
}

#[test]
fn one_that_panics_comes_to_nothing_until_the_verdict() {
    check("panics", "110 [1, 2] 0", "panics");
}

#[test]
fn one_that_reads_its_own_object_by_a_handle_panics_and_holds_up_nobody() {
    check("reads", "110 [1, 2] 0", "reads");
}

#[test]
fn one_that_waits_is_answered_at_once() {
    check(
        "asks",
        "111 [1, 2] 0",
        "asks Err(Busy Err(Busy Err(Busy Err(Busy Err(Busy",
    );
}
