//! The tickets by which members are known again.

use ipos_transport::{Endpoint, Link, Listener};

use crate::{
    cast::{
        Cast,
        Step::{Ask, Begin, Finish, Hear, Signal, Start, Until},
        check,
    },
    raw::{
        Answer, Comes, Known, Parting, Raw,
        ToHost::{self, Commit, Delete},
        ToMember::{self, Accepted, Amended, Live, Resumed},
        VERSION, Welcomed, bytes, coming, framed, preamble,
    },
};

/// A ticket that nobody was given.
const WRONG: [u8; 32] = [7; 32];

/// Who comes so, and has not been answered.
fn knock(cast: &Cast, comes: &Comes) -> Raw {
    let endpoint = Endpoint::named_in(cast.stage().path(), "board").unwrap();
    let mut raw = Raw::new(Link::connect(&endpoint).unwrap());
    raw.send(&framed(coming(comes)));
    raw
}

/// What a host says to who comes.
fn answer(raw: &mut Raw) -> Vec<u8> {
    let answer = raw.next().expect("an answer");
    let rest = answer.strip_prefix(&preamble(VERSION)[..]).unwrap();
    rest.to_vec()
}

/// What it says to one that is welcome: its number, its ticket, and whether it is the member that it was.
fn welcomed(mut raw: Raw) -> (Raw, u32, [u8; 32], bool) {
    let answer = answer(&mut raw);
    let [0, welcome @ ..] = &answer[..] else {
        panic!("it is refused: {}", String::from_utf8_lossy(&answer))
    };
    let (me, _, _, _, ticket, known): Welcomed = postcard::from_bytes(welcome).unwrap();
    (
        raw,
        me,
        ticket.expect("it has come by name"),
        known == Known::Again,
    )
}

/// One that comes so and is welcome.
fn come(cast: &Cast, comes: &Comes) -> (Raw, u32, [u8; 32], bool) {
    welcomed(knock(cast, comes))
}

/// Hears all up to a message.
fn until(raw: &mut Raw, last: &ToMember) {
    let last = bytes(last);
    while raw.next().expect("it is told") != last {}
}

fn tell(raw: &mut Raw, message: &ToHost) {
    raw.send(&framed(bytes(message)));
}

#[test]
fn a_ticket_is_good_for_one_member_at_a_time() {
    let mut cast = Cast::new();
    cast.play(&[Start("h"), Ask("h", "serve board", "ok")]);
    let (mut first, me, ticket, again) = come(&cast, &Comes::ByName);
    assert!(!again);
    until(&mut first, &Live(0, vec![]));
    let (_other, other, its, _) = come(&cast, &Comes::ByName);
    assert!(other != me && its != ticket);
    // A wrong one makes a new member.
    let (_wrong, wrong, given, again) = come(&cast, &Comes::Again(WRONG));
    assert!(!again && wrong > other && given != WRONG);
    // Of two that are there at once the last is the member.
    for _ in 0..3 {
        let (mut second, same, still, again) = come(&cast, &Comes::Again(ticket));
        assert_eq!((same, still, again), (me, ticket, true));
        while first.next().is_some() {}
        tell(
            &mut second,
            &ToHost::Resume {
                heard: 0,
                settled: 0,
            },
        );
        let resumed = Resumed {
            taken: 0,
            anew: false,
        };
        until(&mut second, &resumed);
        until(&mut second, &Live(0, vec![]));
        first = second;
    }
    // Once it has left it is another one.
    tell(&mut first, &ToHost::Goodbye);
    while first.next().is_some() {}
    let (_late, late, _, again) = come(&cast, &Comes::Again(ticket));
    assert!(!again && late > wrong);
    cast.play(&[Finish("h")]);
}

#[test]
fn what_was_proposed_before_a_cut_is_ordered_once() {
    let mut cast = Cast::new();
    cast.play(&[
        Start("h"),
        Ask("h", "serve board", "ok"),
        Ask("h", "create a number 1", "ok"),
        Ask("h", "create b number 1", "ok"),
    ]);
    let (mut raw, me, ticket, _) = come(&cast, &Comes::ByName);
    until(&mut raw, &Live(2, vec![]));
    let delete = |number: u64, key: &str| Delete {
        number,
        key: key.into(),
    };
    tell(&mut raw, &delete(1, "a"));
    until(&mut raw, &Accepted { seq: 3, number: 1 });
    drop(raw);
    let (mut raw, again, _, _) = come(&cast, &Comes::Again(ticket));
    assert_eq!(again, me);
    let resume = ToHost::Resume {
        heard: 2,
        settled: 0,
    };
    tell(&mut raw, &resume);
    until(&mut raw, &Accepted { seq: 3, number: 1 });
    until(&mut raw, &Live(3, vec!["a".into()]));
    tell(&mut raw, &delete(2, "b"));
    until(&mut raw, &Accepted { seq: 4, number: 2 });
    cast.play(&[Ask("h", "keys", ""), Finish("h")]);
}

#[test]
fn a_member_that_breaks_the_rules_does_not_come_back() {
    let mut cast = Cast::new();
    cast.play(&[Start("h"), Ask("h", "serve board", "ok")]);
    let (mut raw, me, ticket, _) = come(&cast, &Comes::ByName);
    until(&mut raw, &Live(0, vec![]));
    tell(&mut raw, &ToHost::Chunk(vec![1]));
    // It is told what it has done, and so is who comes with its ticket.
    let fault = "it sent a chunk out of turn".to_owned();
    let barred = Answer::Refused(format!("it was disconnected: {fault}"));
    let last = ToMember::Goodbye(Parting::Fault(fault));
    assert_eq!(raw.end(), Some(bytes(&last)));
    let mut refused = knock(&cast, &Comes::Again(ticket));
    assert_eq!(answer(&mut refused), bytes(&barred));
    let (_new, new, _, again) = come(&cast, &Comes::ByName);
    assert!(!again && new > me);
    cast.play(&[Finish("h")]);
}

#[test]
fn a_member_whose_verdicts_are_forgotten_comes_as_another_one() {
    let mut cast = Cast::new();
    cast.play(&[Start("h"), Ask("h", "serve board", "ok")]);
    let (mut raw, me, ticket, _) = come(&cast, &Comes::ByName);
    until(&mut raw, &Live(0, vec![]));
    // The host need not remember the verdict on the first, since its member has heard what came after it.
    for (number, base) in [(1, 0), (2, 9)] {
        let commit = Commit {
            number,
            object: (0, 99),
            terms: (base, false, 0),
            patches: vec![],
        };
        tell(&mut raw, &commit);
        let patches = vec![];
        let seq = 0;
        until(
            &mut raw,
            &Amended {
                seq,
                number,
                patches,
            },
        );
    }
    drop(raw);
    let (mut raw, same, _, again) = come(&cast, &Comes::Again(ticket));
    assert_eq!((same, again), (me, true));
    let resume = ToHost::Resume {
        heard: 0,
        settled: 0,
    };
    tell(&mut raw, &resume);
    assert_eq!(raw.end(), None, "it is hung up on without a word");
    let mut raw = knock(&cast, &Comes::Again(ticket));
    let answer = answer(&mut raw);
    let (new, _, _, _, _, known): Welcomed = postcard::from_bytes(&answer[1..]).unwrap();
    assert!(new > me);
    assert_eq!(
        known,
        Known::Not(2, vec![]),
        "it is told what was dealt with"
    );
    cast.play(&[Finish("h")]);
}

/// A member `m` that has come to what serves the name here, and that.
fn guest() -> (Cast, Listener, Raw) {
    let mut cast = Cast::new();
    let listener = Listener::named_in(cast.stage().path(), "board").unwrap();
    cast.play(&[Start("m"), Begin("m", "connect board")]);
    let mut raw = Raw::new(listener.accept().unwrap());
    assert_eq!(raw.next(), Some(hello(0)));
    raw.send(&welcome(false));
    cast.play(&[Hear("m", "ok"), Ask("m", "events", "ok")]);
    (cast, listener, raw)
}

/// What an actor says first that comes in this way.
fn hello(way: u8) -> Vec<u8> {
    let ticket: &[u8] = if way == 2 { &WRONG } else { &[] };
    [&preamble(VERSION)[..], &[way], ticket, &[0, 0]].concat()
}

fn welcome(again: bool) -> Vec<u8> {
    let known = match again {
        true => Known::Again,
        false => Known::nothing(),
    };
    let welcome = Answer::Welcome(1, String::new(), 1 << 24, vec![], Some(WRONG), known);
    let welcome = [preamble(VERSION), bytes(&welcome)].concat();
    let live = match again {
        true => vec![],
        false => framed(bytes(&Live(0, vec![]))),
    };
    [framed(welcome), live].concat()
}

#[test]
fn a_member_shows_its_ticket_and_is_told_why_it_may_not_come() {
    let (mut cast, listener, raw) = guest();
    drop(raw);
    let mut raw = Raw::new(listener.accept().unwrap());
    assert_eq!(raw.next(), Some(hello(2)));
    raw.send(&welcome(true));
    let resume = ToHost::Resume {
        heard: 0,
        settled: 0,
    };
    assert_eq!(raw.next(), Some(bytes(&resume)));
    // Who hangs up, or says that it has no time, is asked again.
    drop(raw);
    for answer in [None, Some(Answer::Later("busy".into()))] {
        let mut raw = Raw::new(listener.accept().unwrap());
        assert_eq!(raw.next(), Some(hello(2)));
        if let Some(answer) = answer {
            raw.send(&framed([preamble(VERSION), bytes(&answer)].concat()));
        }
    }
    let mut raw = Raw::new(listener.accept().unwrap());
    assert_eq!(raw.next(), Some(hello(2)));
    let no = Answer::Refused("I do not like you".into());
    raw.send(&framed([preamble(VERSION), bytes(&no)].concat()));
    cast.play(&[
        Ask("m", "wait-for never", "HostGone: .. I do not like you"),
        Until("m", "threads", ""),
    ]);
    let complaints = cast.complaints("m");
    assert!(
        !complaints.contains("7, 7"),
        "the ticket is in no log: {complaints}"
    );
}

/// A member that is told this goodbye ends by it.
fn check_goodbye(why: Parting, expected: &'static str) {
    let (mut cast, listener, mut raw) = guest();
    raw.send(&framed(bytes(&ToMember::Goodbye(why))));
    cast.play(&[
        Ask("m", "wait-for never", expected),
        Until("m", "threads", ""),
        Ask("m", "leave", "ok"),
        Finish("m"),
    ]);
    listener.close();
}

#[test]
fn a_member_that_was_disconnected_on_purpose_does_not_come_back() {
    check_goodbye(Parting::Removed, "HostGone: .. it has removed this process");
    check_goodbye(
        Parting::Fault("it has sung".into()),
        "HostGone: .. it has disconnected this process: it has sung",
    );
}

#[test]
fn a_process_that_has_come_by_name_can_be_removed() {
    check(&[&[
        Start("h"),
        Ask("h", "serve board", "ok"),
        Start("m"),
        Ask("m", "connect board", "ok"),
        Ask("m", "remove 0", "false"),
        Ask("h", "remove 2", "false"),
        Ask("h", "remove 1", "true"),
        Ask("h", "remove 1", "false"),
        Ask("h", "peers", ""),
        Ask("m", "wait-for never", "HostGone: .. removed this process"),
        // It may come as another one.
        Ask("m", "connect board", "ok"),
        Until("h", "peers", "peer 2 Live .."),
        Finish("m"),
        Finish("h"),
    ]]);
}

#[test]
fn who_has_hung_up_takes_nobodys_place() {
    let mut cast = Cast::new();
    cast.play(&[Start("h"), Ask("h", "serve board", "ok")]);
    let (mut member, _, ticket, _) = come(&cast, &Comes::ByName);
    until(&mut member, &Live(0, vec![]));
    cast.play(&[Signal("h", "STOP")]);
    for _ in 0..3 {
        drop(knock(&cast, &Comes::Again(ticket)));
    }
    cast.play(&[
        Signal("h", "CONT"),
        Until("h", "threads", "ipos-link ipos-listener"),
    ]);
    tell(
        &mut member,
        &Delete {
            number: 1,
            key: "none".into(),
        },
    );
    until(&mut member, &Accepted { seq: 0, number: 1 });
    cast.play(&[Finish("h")]);
}

#[test]
fn of_those_who_show_a_ticket_one_waits_the_last() {
    let mut cast = Cast::new();
    cast.play(&[
        Start("h"),
        Ask("h", "serve board", "ok"),
        Ask("h", "create-with n number 1 gate", "ok"),
    ]);
    let (mut member, me, ticket, _) = come(&cast, &Comes::ByName);
    until(&mut member, &Live(1, vec![]));
    let set = Commit {
        number: 1,
        object: (0, 1),
        terms: (1, false, 0),
        patches: b"\0\x05".to_vec(),
    };
    tell(&mut member, &set);
    // The thread that serves it is busy.
    cast.play(&[Until("h", "came-to-gate", "1")]);
    let comes = Comes::Again(ticket);
    let mut first = knock(&cast, &comes);
    while member.next().is_some() {}
    let second = knock(&cast, &comes);
    let later = [
        preamble(VERSION),
        bytes(&Answer::Later("its place is not free yet".into())),
    ];
    assert_eq!(first.next(), Some(later.concat()));
    assert_eq!(first.next(), None);
    cast.play(&[Ask("h", "open-gate", "ok")]);
    let (_second, again, _, is_again) = welcomed(second);
    assert!(is_again && again == me);
    cast.play(&[Ask("h", "read n", "5"), Finish("h")]);
}

#[test]
fn a_host_that_does_not_answer_holds_nobody_up() {
    let (mut cast, listener, raw) = guest();
    drop(raw);
    // It is heard, and not answered.
    let _raw = Raw::new(listener.accept().unwrap());
    cast.play(&[
        Ask("m", "leave", "ok"),
        Ask("m", "threads", ""),
        Finish("m"),
    ]);
}
