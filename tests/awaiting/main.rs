//! What is awaited: the same program under two runtimes and under none, in a member of a session.

mod calls;

use std::process::{Child, Command};

use ipos::{Events, Ipos, ReadGuard};
use ipos_tests::{child, talk::Talk};

/// Does what the member asks for, until it is over.
#[track_caller]
fn check(runtime: &str) {
    let ipos = Ipos::host().unwrap();
    let wanted = |_: &Vec<u64>, after: &Vec<u64>, _: &_| match after.contains(&99) {
        true => Err("99 is not wanted".to_owned()),
        false => Ok(()),
    };
    let list = ipos.create_with("list", vec![], wanted).unwrap();
    let member = ipos.spawn(child!(format!("awaiting/{runtime}"))).unwrap();
    let mut talk = Talk::with(&member);
    let mut bell = None;
    let mut held: Option<ReadGuard<'_, _>> = None;
    loop {
        let asked = talk.hear().expect("the member goes on");
        let words: Vec<&str> = asked.split(' ').collect();
        match words[..] {
            ["push", number] => {
                let number = number.parse().unwrap();
                list.update(|list| list.push(number)).unwrap();
            }
            // Nobody is answered while it is.
            ["hold"] => held = Some(list.read()),
            ["let", "go"] => held = None,
            ["create", "bell"] => {
                bell = Some(ipos.create("bell", (Events::<u64>::new(), 0u64)).unwrap());
            }
            ["ring", number] => {
                let number: u64 = number.parse().unwrap();
                let bell = bell.as_ref().expect("there is one");
                bell.update(|bell| bell._0_mut().emit(number)).unwrap();
            }
            ["delete", key] => assert!(ipos.delete(key).unwrap()),
            ["over"] => break,
            _ => panic!("what is `{asked}`?"),
        }
        talk.say("done");
    }
    drop(held);
    assert!(member.wait().unwrap().success());
}

#[test]
fn under_tokio_with_several_threads() {
    check("tokio");
}

#[test]
fn under_tokio_with_one_thread() {
    check("tokio-current");
}

#[test]
fn under_smol() {
    check("smol");
}

#[test]
fn under_no_runtime() {
    check("none");
}

/// A child, and how to talk to it.
fn begin(mut command: Command) -> (Child, Talk) {
    let mut child = command.spawn().unwrap();
    let (to, from) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    (child, Talk::over(to, from))
}

/// The host dies while a member waits for everything.
#[track_caller]
fn check_orphaned(runtime: &str) {
    let (mut host, mut order) = begin(child!("life/actor"));
    order.order("host");
    order.order("create list list 1");
    order.order("create-with gate number 1 gate");
    let invitation = order.ask("invite");
    let (endpoint, token) = invitation.split_once(' ').unwrap();
    let mut member = child!(format!("awaiting/orphaned/{runtime}"));
    member
        .env("IPOS_ENDPOINT", endpoint)
        .env("IPOS_TOKEN", token);
    let (mut member, mut talk) = begin(member);
    order.order("let-in");
    assert_eq!(talk.hear().as_deref(), Some("waiting"));
    order.say("abort");
    assert_eq!(talk.hear().as_deref(), Some("over"));
    assert!(member.wait().unwrap().success());
    assert!(!host.wait().unwrap().success());
}

#[test]
fn the_hosts_death_ends_it_under_tokio_with_several_threads() {
    check_orphaned("tokio");
}

#[test]
fn the_hosts_death_ends_it_under_tokio_with_one_thread() {
    check_orphaned("tokio-current");
}

#[test]
fn the_hosts_death_ends_it_under_smol() {
    check_orphaned("smol");
}

#[test]
fn the_hosts_death_ends_it_under_no_runtime() {
    check_orphaned("none");
}
