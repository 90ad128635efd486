//! Many commits of several processes at once to the same list, map, text and counters: each is there once.

use ipos::{Ipos, Process};
use ipos_tests::{PATIENCE, child, roles::life::crowd::Crowd, talk::Talk};

const AUTHORS: u64 = 4;
const COMMITS: u64 = 5000;

struct Author {
    process: Process,
    talk: Talk,
}

impl Drop for Author {
    fn drop(&mut self) {
        // Whoever is behind would go on for long after a test that has failed.
        let _ = self.process.kill();
    }
}

/// An author who tells after each `step` how far its commits are confirmed.
fn author(ipos: &Ipos, number: u64, step: u64) -> Author {
    let words = [number, COMMITS, step].map(|word| word.to_string());
    let process = ipos
        .spawn(child!("life/crowd", &words[0], &words[1], &words[2]))
        .unwrap();
    let talk = Talk::with(&process);
    Author { process, talk }
}

/// Waits until all have written, and asserts that they end up equal. Gives what there is then.
fn check_ends(ipos: &Ipos, mut authors: Vec<Author>) -> Crowd {
    for author in &mut authors {
        assert_eq!(author.talk.hear().as_deref(), Some("ok"));
    }
    ipos.barrier(PATIENCE).unwrap();
    let end = ipos.get::<Crowd>("crowd").unwrap().snapshot();
    for author in &mut authors {
        assert_eq!(author.talk.ask("digest"), end.digest());
        assert_eq!(author.talk.hear().as_deref(), Some("ok"));
    }
    end
}

#[test]
fn what_many_add_at_once_is_there_once_and_in_the_order_of_each() {
    let ipos = Ipos::host().unwrap();
    ipos.create("crowd", Crowd::new()).unwrap();
    let mut authors: Vec<_> = (1..=AUTHORS).map(|n| author(&ipos, n, u64::MAX)).collect();
    for author in &mut authors {
        author.talk.say("write");
    }
    let end = check_ends(&ipos, authors);
    end.check(&(1..=AUTHORS).map(|author| (author, COMMITS)).collect());
}

#[test]
fn what_was_confirmed_to_a_process_that_is_killed_is_there() {
    const STEP: u64 = 250;
    let ipos = Ipos::host().unwrap();
    ipos.create("crowd", Crowd::new()).unwrap();
    let mut authors: Vec<_> = (1..AUTHORS).map(|n| author(&ipos, n, u64::MAX)).collect();
    let mut killed = author(&ipos, AUTHORS, STEP);
    killed.talk.say("write");
    for author in &mut authors {
        author.talk.say("write");
    }
    // The last that it says may be said while it is being killed.
    let mut confirmed = 0;
    while let Some(said) = killed.talk.hear() {
        confirmed = said
            .parse()
            .expect("a number, since it does not come to its end");
        if confirmed == COMMITS / 2 {
            killed.process.kill().unwrap();
        }
    }
    assert!(!killed.process.wait().unwrap().success());
    let end = check_ends(&ipos, authors);
    // What is there beside the commits of the others are the first ones of this one.
    let arrived = end.count - (AUTHORS - 1) * COMMITS;
    assert!(
        (confirmed..COMMITS).contains(&arrived),
        "{arrived} commits are there, and {confirmed} were confirmed"
    );
    let rest = (1..AUTHORS).map(|author| (author, COMMITS));
    end.check(&rest.chain([(AUTHORS, arrived)]).collect());
}
