//! A member that comes to another host, or to the same one after that has let it go.

use std::thread;

use super::*;
use crate::core::{Dealt, Limit};

fn number(value: u32) -> Own {
    let state = Typed::with_schema(value, table_of::<u32>());
    Own::new(Box::new(state), None)
}

/// The first member has lost its connection, and the host lets it go. What was on its way is lost. Gives the member
/// with a host that has nothing to do with it, the host, and the proposals that this has dealt with.
fn let_go(session: Session) -> (Session, HostStore<Posts>, Dealt) {
    let Session { host, members } = session;
    members[0].cut_off().unwrap();
    let me = members[0].table().member.me();
    let dealt = host.with(|sequencer, post| {
        sequencer.cut_off(me, post);
        sequencer.dealt(me)
    });
    host.dismiss(me);
    host.forget(me);
    host.table().post.0.retain(|(to, _)| *to != me);
    let alone = Session {
        host: Session::new(0).host,
        members,
    };
    (alone, host, dealt)
}

/// The member that `session` has comes to `host`, which has dealt with these of its proposals. It is given all that
/// there is, and not told that this is all.
fn come(session: Session, host: HostStore<Posts>, dealt: Dealt) -> Session {
    let members = session.members;
    let member = &members[0];
    let peer = host.with(|sequencer, _| sequencer.admit(Exchange::default(), Profile::default()));
    member.cut_off().unwrap();
    member.table().post.0.clear();
    member.rejoin(peer, Exchange::default(), dealt);
    while host.give_next(peer, |_, _| {}) {}
    let session = Session { host, members };
    session.to_members();
    session
}

/// The member is in sync.
fn live(session: &Session) {
    let peer = session.members[0].table().member.me();
    session
        .host
        .with(|sequencer, post| sequencer.live(peer, post));
    session.rest();
}

#[test]
fn what_a_host_has_ordered_is_not_proposed_to_it_again() {
    let session = Session::new(1);
    let member = &session.members[0];
    let note = |note: fn(&mut BankMut<'_>)| session.commit(0, &Act::Transact(note));
    let ordered = note(|bank| bank.notes_mut().push("ordered".into()));
    member.create("ordered", number(1)).unwrap();
    session.to_host(0);
    // The verdicts are lost with the connection, and what follows is told to nobody.
    session.host.table().post.0.clear();
    member.cut_off().unwrap();
    session.commit(
        0,
        &Act::Update(|bank| bank.notes_mut().push("pending".into())),
    );
    member.create("pending", number(2)).unwrap();
    let (alone, host, dealt) = let_go(session);
    assert_eq!(dealt.taken, 2);
    let session = come(alone, host, dealt);
    live(&session);
    for bank in [session.of_host(), session.of(0)] {
        assert_eq!(bank.notes, ["ordered", "pending"]);
    }
    for keys in [session.host.keys(), session.members[0].keys()] {
        assert_eq!(keys, ["bank", "ordered", "pending"]);
    }
    let verdict = session.verdict(0, ordered);
    assert!(verdict.ends_with("it may count"), "{verdict}");
    assert!(session.members[0].table().member.is_settled());
}

#[test]
fn a_key_is_not_compared_with_what_a_host_has_told_that_is_gone() {
    let session = Session::new(1);
    session.members[0].cut_off().unwrap();
    session.members[0].create("n", number(1)).unwrap();
    // This one has put its own object under the key, late in its order, and is gone before the member is in sync.
    let host = Session::new(0).host;
    for n in 0..20 {
        host.create("n", number(n));
    }
    let session = come(session, host, Dealt::default());
    let session = come(session, Session::new(0).host, Dealt::default());
    live(&session);
    assert_eq!(session.host.keys(), ["bank", "n"]);
    assert_eq!(session.host.delete(PeerId::HOST, 0, "n"), Ok(true));
    session.rest();
    assert_eq!(session.members[0].keys(), ["bank"]);
}

#[test]
fn what_is_created_while_its_member_gets_another_number_is_of_that() {
    const LATER: PeerId = PeerId(9);
    let session = Session::new(1);
    let member = session.members[0].clone();
    session.host.create("n", number(1));
    session.to_members();
    let old = member.named("n").unwrap();
    let held = old.hold();
    let next = || member.table().member.next_object().number;
    let mut last = next();
    let creating = {
        let member = member.clone();
        thread::spawn(move || member.create("n", number(2)).unwrap())
    };
    // It has an identity as soon as one is missing here.
    while next() == last + 1 {
        last += 1;
        thread::yield_now();
    }
    let dealt = Dealt::default();
    member
        .table()
        .member
        .rejoin(LATER, Exchange::default(), dealt);
    drop(held);
    let cell = creating.join().unwrap();
    assert_eq!(cell.look().id().creator, LATER);
}

fn push(note: &'static str) -> Act {
    Act::Update(match note {
        "first" => |bank| bank.notes_mut().push("first".into()),
        "second" => |bank| bank.notes_mut().push("second".into()),
        "third" => |bank| bank.notes_mut().push("third".into()),
        _ => |bank| bank.notes_mut().push("other".into()),
    })
}

/// A member whose bank is too far behind for the host to carry commits to it over makes some, among them some that are
/// proposed when the first have been sent back and it has `heard` of that. Then the host lets it go, and it comes back.
/// All its commits count, once.
fn check_sent_back(heard: bool) {
    let tail = Limit {
        commits: 1,
        bytes: 1000,
    };
    let memory = Memory {
        tail,
        ..Memory::default()
    };
    let session = Session::with(memory, 2);
    for _ in 0..3 {
        session.commit(1, &push("other"));
    }
    session.to_host(1);
    session.commit(0, &push("first"));
    session.commit(0, &push("second"));
    session.to_host(0);
    assert_eq!(session.of_host().notes.len(), 3, "they are sent back");
    if heard {
        session.to_members();
        session.to_host(0);
        assert_eq!(session.of_host().notes.len(), 5, "they are proposed again");
    }
    session.commit(0, &push("third"));
    session.to_host(0);
    let (alone, host, dealt) = let_go(session);
    assert_eq!(dealt.taken, if heard { 5 } else { 3 });
    let session = come(alone, host, dealt);
    live(&session);
    for bank in [session.of_host(), session.of(0)] {
        let notes = ["other", "other", "other", "first", "second", "third"];
        assert_eq!(bank.notes, notes, "heard: {heard}");
    }
    assert!(session.members[0].table().member.is_settled());
}

#[test]
fn what_a_host_has_sent_back_is_proposed_to_it_again() {
    check_sent_back(false);
    check_sent_back(true);
}

#[test]
fn what_was_dealt_with_makes_room() {
    let session = Session::new(1);
    let cell = session.members[0].named("bank").unwrap();
    while !cell.look().is_full() {
        session.commit(0, &push("first"));
    }
    session.to_host(0);
    let (alone, _, dealt) = let_go(session);
    let writing = {
        let cell = cell.clone();
        thread::spawn(move || cell.write(|| Ok(())).map(drop))
    };
    while cell.waiting().0 == 0 {
        thread::yield_now();
    }
    // Who has nothing under the key gives nothing that would wake anybody.
    let nobody = HostStore::new(Memory::default(), usize::MAX, Posts::default());
    come(alone, nobody, dealt);
    writing.join().unwrap().unwrap();
}

#[test]
fn what_waits_for_a_host_counts_as_under_way() {
    let session = Session::new(1);
    let member = session.members[0].clone();
    let under_way = || member.table().member.under_way();
    let per_proposal = {
        session.commit(0, &push("first"));
        under_way()
    };
    session.to_host(0);
    let (alone, host, dealt) = let_go(session);
    alone.commit(0, &push("first"));
    member.create("n", number(1)).unwrap();
    let pending = under_way() - per_proposal;
    // The first host has neither; then comes another one that has the bank.
    let nobody = HostStore::new(Memory::default(), usize::MAX, Posts::default());
    let session = come(alone, nobody, dealt);
    assert_eq!(under_way(), pending);
    let bank = session.members[0].named("bank").unwrap();
    session.commit(0, &push("first"));
    assert_eq!(under_way(), pending + per_proposal);
    assert!(!member.table().member.is_settled());
    let session = come(session, host, Dealt::default());
    assert_eq!(under_way(), pending + per_proposal);
    live(&session);
    assert_eq!(under_way(), 0);
    assert!(member.table().member.is_settled());
    assert_eq!(bank.look().first_pending(), None);
    assert_eq!(session.of_host().notes, ["first", "first", "first"]);
    assert_eq!(session.host.keys(), ["bank", "n"]);
    // What is given up counts no more.
    let nobody = HostStore::new(Memory::default(), usize::MAX, Posts::default());
    let session = come(session, nobody, Dealt::default());
    session.commit(0, &push("first"));
    assert_eq!(under_way(), per_proposal);
    member.disown();
    assert_eq!(under_way(), 0);
}

#[test]
fn what_is_created_while_numbers_begin_anew_is_proposed() {
    let session = Session::new(1);
    let member = session.members[0].clone();
    session.host.create("n", number(1));
    session.host.delete(PeerId::HOST, 0, "bank").unwrap();
    session.to_members();
    let cell = member.named("n").unwrap();
    let id = cell.look().id();
    member.delete("n").unwrap();
    session.to_host(0);
    let (alone, host, dealt) = let_go(session);
    assert_eq!(dealt.taken, 1);
    let peer = host.with(|sequencer, _| sequencer.admit(Exchange::default(), Profile::default()));
    member.table().post.0.clear();
    // Somebody reads what was deleted, so that what waits for it waits.
    let held = cell.look();
    let rejoining = {
        let member = member.clone();
        thread::spawn(move || member.rejoin(peer, Exchange::default(), dealt))
    };
    while member.table().member.hidden(id).is_some() {
        thread::yield_now();
    }
    member.create("z", number(5)).unwrap();
    drop(held);
    rejoining.join().unwrap();
    while host.give_next(peer, |_, _| {}) {}
    let session = Session {
        host,
        members: alone.members,
    };
    session.to_members();
    live(&session);
    assert_eq!(session.host.keys(), ["z"]);
}
