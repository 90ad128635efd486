//! Events over real processes: each hears each once, in the order of the session.

use ipos::{Event, Ipos, Origin, Process};
use ipos_tests::{
    PATIENCE, child,
    roles::life::bells::{Bells, Judged, Ringer},
    talk::Talk,
};

/// So often that whoever reads nothing meanwhile misses nothing.
const TIMES: u64 = 100;

/// One who rings, and has said so far that all is well.
fn ringer(ipos: &Ipos, first: &str) -> (Process, Talk) {
    let process = ipos.spawn(child!("life/bells")).unwrap();
    let mut talk = Talk::with(&process);
    talk.order(first);
    (process, talk)
}

fn heard(talk: &mut Talk) -> String {
    let heard = talk.ask("heard");
    assert_eq!(talk.hear().as_deref(), Some("ok"), "{heard}");
    heard
}

/// Lets all ring at once.
fn ring(talks: &mut [(Process, Talk)], meanwhile: impl FnOnce()) {
    for ((_, talk), author) in talks.iter_mut().zip(1..) {
        talk.say(&format!("ring {author} {TIMES}"));
    }
    meanwhile();
    for (_, talk) in talks {
        assert_eq!(talk.hear().as_deref(), Some("ok"));
    }
}

#[test]
fn all_hear_every_event_once_in_the_order_of_the_session_and_who_comes_later_does_not() {
    let ipos = Ipos::host().unwrap();
    let bells = ipos.create("bells", Bells::default()).unwrap();
    let mut host = Ringer::new(bells.clone());
    let mut others: Vec<_> = (0..3).map(|_| ringer(&ipos, "get")).collect();
    ring(&mut others, || host.ring(0, TIMES).unwrap());
    ipos.barrier(PATIENCE).unwrap();
    let told = host.heard();
    assert_eq!(told.matches(',').count() as u64, 4 * TIMES);
    assert_eq!(bells.read().count, 4 * TIMES);
    for author in 0..4 {
        let by = |ring: &&str| ring.split(':').nth(2) == Some(&author.to_string());
        let rings = told.split_terminator(',').filter(by);
        let numbers = rings.map(|ring| ring.rsplit(':').next().unwrap().parse::<u64>().unwrap());
        assert!(numbers.eq(1..=TIMES), "each once, in the order of {author}");
    }
    for (_, talk) in &mut others {
        assert_eq!(heard(talk), told);
    }
    others.push(ringer(&ipos, "get"));
    host.ring(0, 1).unwrap();
    ipos.barrier(PATIENCE).unwrap();
    let told = host.heard();
    for (_, talk) in &mut others {
        assert_eq!(heard(talk), told, "only what is new");
    }
}

#[test]
fn events_pass_a_host_that_does_not_name_their_type() {
    let ipos = Ipos::host().unwrap();
    let mut others = vec![
        ringer(&ipos, "create"),
        ringer(&ipos, "get"),
        ringer(&ipos, "get"),
    ];
    ring(&mut others, || {});
    ipos.barrier(PATIENCE).unwrap();
    let told = heard(&mut others[0].1);
    assert_eq!(told.matches(',').count() as u64, 3 * TIMES);
    for (_, talk) in &mut others[1..] {
        assert_eq!(heard(talk), told);
    }
    let schema = ipos.schema("bells").unwrap().to_string();
    assert!(schema.contains("rings: Events<(u64, u64)>"), "{schema}");
}

#[test]
fn what_is_refused_has_not_happened() {
    let even = |_: &Judged, after: &Judged, _: &Origin| match after.0 % 2 {
        0 => Ok(()),
        _ => Err("it is odd".to_owned()),
    };
    let ipos = Ipos::host().unwrap();
    let judged = ipos.create_with("judged", Judged::default(), even).unwrap();
    let events = judged.events(|judged| &judged.1);
    let (process, _talk) = ringer(&ipos, "judged");
    let heard: Vec<_> = std::iter::from_fn(|| events.try_next())
        .map(|event| match event {
            Event::Emitted { origin, event, .. } => (origin.pid(), event),
            missed @ Event::Missed { .. } => panic!("{missed:?}"),
        })
        .collect();
    assert_eq!(heard, [(process.pid(), 2), (process.pid(), 4)]);
}
