//! What is awaited: the same program under two runtimes and under none, in a member of a session.

mod calls;

use ipos::{Ipos, ReadGuard};
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
            ["delete"] => assert!(ipos.delete("list").unwrap()),
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
