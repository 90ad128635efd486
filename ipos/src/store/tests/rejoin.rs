//! A member that comes to another host, or to the same one after that has let it go.

use std::thread;

use super::*;

fn number(value: u32) -> Own {
    let state = Typed::with_schema(value, table_of::<u32>());
    Own::new(Box::new(state), None)
}

/// The member that `session` has comes to `host`, which has dealt with so many of its proposals. It is given all that
/// there is, and not told that this is all.
fn come(session: Session, host: HostStore<Posts>, taken: u64) -> Session {
    let members = session.members;
    let member = &members[0];
    let peer = host.with(|sequencer, _| sequencer.admit(Exchange::default(), Profile::default()));
    member.cut_off().unwrap();
    member.table().post.0.clear();
    member.rejoin(peer, Exchange::default(), taken);
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
    let Session { host, members } = session;
    let me = members[0].table().member.me();
    let taken = host.with(|sequencer, post| {
        sequencer.cut_off(me, post);
        sequencer.taken(me)
    });
    assert_eq!(taken, 2);
    host.dismiss(me);
    host.forget(me);
    let alone = Session {
        host: Session::new(0).host,
        members,
    };
    let session = come(alone, host, taken);
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
    let session = come(session, host, 0);
    let session = come(session, Session::new(0).host, 0);
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
    let creating = {
        let member = member.clone();
        thread::spawn(move || member.create("n", number(2)).unwrap())
    };
    // It has an identity as soon as one is missing here.
    let next = || member.table().member.next_object().number;
    let mut last = next();
    while next() == last + 1 {
        last += 1;
        thread::yield_now();
    }
    member.table().member.rejoin(LATER, Exchange::default(), 0);
    drop(held);
    let cell = creating.join().unwrap();
    assert_eq!(cell.look().id().creator, LATER);
}
