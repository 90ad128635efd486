//! Actions that are awaited: the same program under two runtimes and under none, in a member of a session.

use std::sync::{Mutex, PoisonError, atomic::Ordering};

use ipos::Ipos;
use ipos_tests::{
    child,
    roles::acts::{self, IS_HOST, shop::older::Shop},
    talk::Talk,
};

/// The gate is one for all tests of this process.
static GATE: Mutex<()> = Mutex::new(());

/// Does what the member asks for, until it is over.
#[track_caller]
fn check(runtime: &str) {
    let _gate = GATE.lock().unwrap_or_else(PoisonError::into_inner);
    IS_HOST.store(true, Ordering::Relaxed);
    let ipos = Ipos::host().unwrap();
    let shop = || Shop {
        balance: 10,
        ..Shop::default()
    };
    for key in ["shop", "other"] {
        ipos.create(key, shop()).unwrap();
    }
    let member = ipos.spawn(child!("acts/await", runtime)).unwrap();
    let mut talk = Talk::with(&member);
    loop {
        match &*talk.hear().expect("the member goes on") {
            "close" => acts::set_gate(false),
            "open" => acts::set_gate(true),
            "create" => {
                ipos.create("later", shop()).unwrap();
                pollster::block_on(ipos.barrier_async()).unwrap();
            }
            // The thread that reads from the member is still at the gate.
            "end" => assert!(ipos.remove_process(&member)),
            "over" => break,
            asked => panic!("what is `{asked}`?"),
        }
        talk.say("done");
    }
    acts::set_gate(true);
    let status = pollster::block_on(member.wait_async()).unwrap();
    assert!(status.success());
}

#[test]
fn actions_under_tokio_with_several_threads() {
    check("tokio");
}

#[test]
fn actions_under_tokio_with_one_thread() {
    check("tokio-current");
}

#[test]
fn actions_under_smol() {
    check("smol");
}

#[test]
fn actions_under_no_runtime() {
    check("none");
}
