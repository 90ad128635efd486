//! Listening over real processes and in one: to parts, late, while holding, and with wakers that look around.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    task::{Context, Waker},
    time::Duration,
};

use futures_util::{Stream, StreamExt};
use ipos::{Change, Ipos, Origin, ReadGuard, SharedHandle};
use ipos_tests::{
    PATIENCE, child,
    roles::listening::{Curious, Scene},
    talk::Talk,
};

/// A scene whose number must not be 99.
fn create(ipos: &Ipos, number: u64) -> SharedHandle<Scene> {
    let wanted = |_: &Scene, after: &Scene, _: &Origin| match after.1 {
        99 => Err("99 is not wanted".to_owned()),
        _ => Ok(()),
    };
    let scene = (String::new(), number, Default::default());
    ipos.create_with("scene", scene, wanted).unwrap()
}

#[test]
fn a_member_hears_of_parts_and_verdicts_what_it_should_and_no_more() {
    let ipos = Ipos::host().unwrap();
    let scene = create(&ipos, 0);
    let gate = ipos.create("gate", 0u64).unwrap();
    let member = ipos.spawn(child!("listening/member")).unwrap();
    let mut talk = Talk::with(&member);
    let mut held: Option<ReadGuard<'_, u64>> = None;
    loop {
        let asked = talk.hear().expect("the member goes on");
        let words: Vec<&str> = asked.split(' ').collect();
        match words[..] {
            // Nothing of that member is answered while it is.
            ["hold", "gate"] => held = Some(gate.read()),
            ["let", "go"] => held = None,
            ["set", number] => {
                let number: u64 = number.parse().unwrap();
                // The thread holds the gate, which is another object.
                scene.update(|scene| scene.set_1(number)).unwrap();
            }
            ["anew", number] => drop(create(&ipos, number.parse().unwrap())),
            ["create", key] => drop(ipos.create(key, 0u64).unwrap()),
            ["over"] => break,
            _ => panic!("what is `{asked}`?"),
        }
        talk.say("done");
    }
    drop(held);
    assert!(member.wait().unwrap().success());
}

#[test]
fn who_waits_while_holding_an_object_is_told() {
    let ipos = Ipos::host().unwrap();
    let scene = create(&ipos, 0);
    let (changes, events) = (scene.subscribe(), ipos.events());
    let waits: &mut [(&str, &mut dyn FnMut())] = &mut [
        ("an iterator", &mut || drop(changes.iter().next())),
        ("a while", &mut || drop(changes.next_timeout(PATIENCE))),
        ("the session", &mut || drop(events.next_timeout(PATIENCE))),
    ];
    for (name, wait) in waits {
        let panicked = |outcome: std::thread::Result<()>| {
            let why = outcome.expect_err(name);
            let why = why.downcast_ref::<&str>().unwrap();
            assert!(why.contains("while this thread holds an object"), "{why}");
        };
        let guard = scene.read();
        panicked(catch_unwind(AssertUnwindSafe(&mut *wait)));
        drop(guard);
        panicked(catch_unwind(AssertUnwindSafe(|| {
            scene.update(|_| wait()).unwrap();
        })));
    }
    // To look does not wait.
    scene.update(|scene| scene.set_1(1u64)).unwrap();
    let guard = scene.read();
    assert!(changes.try_next().is_some());
    assert!(changes.next_timeout(Duration::ZERO).is_none());
    drop(guard);
}

#[test]
fn to_listen_is_not_to_see_and_the_host_has_no_numbers() {
    let ipos = Ipos::host().unwrap();
    let scene = create(&ipos, 0);
    scene.clone().update(|scene| scene.set_1(1u64)).unwrap();
    let title = scene.subscribe_to(|scene| &scene.0);
    let rings = scene.events(|scene| &scene.2);
    scene.changed(Duration::ZERO).unwrap();
    assert!(scene.changed(Duration::ZERO).is_err());
    assert!(title.try_next().is_none() && rings.try_next().is_none());
    scene.update(|scene| scene.set_1(2u64)).unwrap();
    assert_eq!(scene.last_commit(), None);
    // What was written by a guard was seen as well.
    let mut guard = scene.write().unwrap();
    guard.set_1(3);
    drop(guard);
    assert!(scene.changed(Duration::ZERO).is_err());
}

#[test]
fn dropped_subscriptions_leave_nothing_on_an_object_that_does_not_change() {
    let ipos = Ipos::host().unwrap();
    let scene = create(&ipos, 0);
    let kept: Vec<_> = (0..20).map(|_| scene.subscribe()).collect();
    for _ in 0..1000 {
        drop(scene.subscribe_to(|scene| &scene.0));
        drop(scene.events(|scene| &scene.2));
        drop(scene.follow());
    }
    let hearers = ipos::simulation::hearers(&scene);
    assert!((20..=40).contains(&hearers), "{hearers}");
    scene.update(|scene| scene.set_1(1u64)).unwrap();
    assert_eq!(ipos::simulation::hearers(&scene), 20);
    for changes in &kept {
        assert!(matches!(changes.try_next(), Some(Change::Patched { .. })));
    }
}

#[test]
fn what_wakes_a_future_may_look_at_everything() {
    let ipos = Ipos::host().unwrap();
    let scene = create(&ipos, 0);
    let (changes, session) = (scene.subscribe(), ipos.events());
    let other = ipos.create("other", 0u64).unwrap();
    let ends = other.subscribe();
    session.try_next().expect("the other was created");
    type Told<'a> = Box<dyn Stream<Item = ()> + Unpin + 'a>;
    type Act<'a> = &'a dyn Fn();
    let cases: [(Told<'_>, Act<'_>); 6] = [
        (Box::new(changes.stream().map(drop)), &|| {
            scene.update(|scene| scene.set_1(1u64)).unwrap();
        }),
        (Box::new(session.stream().map(drop)), &|| {
            scene.update(|scene| scene.set_1(99u64)).unwrap_err();
        }),
        (Box::new(session.stream().map(drop)), &|| {
            drop(ipos.create("new", 0u64).unwrap());
        }),
        (Box::new(session.stream().map(drop)), &|| {
            assert!(ipos.delete("new").unwrap());
        }),
        (Box::new(changes.stream().map(drop)), &|| {
            drop(create(&ipos, 3));
        }),
        (Box::new(ends.stream().map(drop)), &|| {
            assert!(ipos.delete("other").unwrap());
        }),
    ];
    for (number, (mut stream, act)) in cases.into_iter().enumerate() {
        let (curious, seen) = Curious::new(&ipos, &scene);
        let waker = Waker::from(curious);
        let mut context = Context::from_waker(&waker);
        while stream.poll_next_unpin(&mut context).is_ready() {}
        act();
        assert!(seen.try_recv().is_ok(), "{number}: it was woken");
        assert!(stream.poll_next_unpin(&mut context).is_ready(), "{number}");
    }
}
