#![cfg(all(target_os = "linux", not(loom)))]

use std::{sync::atomic::AtomicBool, thread};

use super::*;
use crate::testing::{socket_pair, soon, within};

/// A lookout over the near ends of so many connections, with their stands and the far ends.
fn watched(many: u64, place: Place) -> (Lookout, Vec<(Stand, Arc<Link>, Link)>) {
    let lookout = Lookout::new().unwrap();
    let links = (0..many).map(|number| {
        let (near, far) = socket_pair();
        let near = Arc::new(near);
        (lookout.add(&near, number, place).unwrap(), near, far)
    });
    let links = links.collect();
    (lookout, links)
}

fn seen(lookout: &Lookout) -> Vec<u64> {
    let mut readable = Vec::new();
    lookout.wait(&mut readable, Some(soon())).unwrap();
    readable.sort_unstable();
    readable
}

#[test]
fn all_links_with_news_are_told_of_once() {
    within(|| {
        let (lookout, mut links) = watched(Lookout::MOST as u64, Place::Behind);
        for (_, _, far) in &links {
            far.write_all(b"x", None).unwrap();
        }
        let all: Vec<_> = (0..Lookout::MOST as u64).collect();
        assert_eq!(seen(&lookout), all);
        // Nothing was read, and it is not said again; the stands say it as long as it is so.
        lookout.ring();
        assert_eq!(seen(&lookout), []);
        for (stand, near, _) in &links {
            assert!(stand.wait(Some(soon())).unwrap());
            assert!(stand.wait(Some(soon())).unwrap());
            assert_eq!(near.try_read(&mut [0; 8]).unwrap(), Some(1));
            assert!(!stand.wait(Some(Instant::now())).unwrap());
        }
        drop(links.remove(3));
        links[7].2.shutdown();
        links[1].2.write_all(b"y", None).unwrap();
        assert_eq!(seen(&lookout), [1, 8], "bytes, and an end");
        lookout.remove(&links[1].1);
        links[1].2.write_all(b"z", None).unwrap();
        lookout.ring();
        assert_eq!(seen(&lookout), []);
        assert!(links[1].0.wait(Some(soon())).unwrap());
    });
}

#[test]
fn who_waits_is_woken_and_who_stands_is_not() {
    within(|| {
        let (lookout, mut links) = watched(1, Place::Behind);
        let (stand, near, far) = links.remove(0);
        let read = || near.try_read(&mut [0; 8]).unwrap();
        let has_read = AtomicBool::new(false);
        thread::scope(|scope| {
            // It may be woken by one that arrives when nobody waits, and reads it then.
            let reader = scope.spawn(|| {
                while read() != Some(0) {
                    stand.wait(None).unwrap();
                }
            });
            let writer = scope.spawn(|| {
                while !has_read.load(Ordering::SeqCst) {
                    far.write_all(b"x", None).unwrap();
                    thread::yield_now();
                }
                far.shutdown();
            });
            while read().is_none() {
                seen(&lookout);
            }
            has_read.store(true, Ordering::SeqCst);
            writer.join().unwrap();
            reader.join().unwrap();
        });
    });
}

#[test]
fn who_stands_is_woken_when_nobody_waits() {
    within(|| {
        let (_lookout, mut links) = watched(1, Place::Behind);
        let (stand, near, far) = links.remove(0);
        let reader = thread::spawn(move || {
            for _ in 0..1000 {
                while near.try_read(&mut [0; 8]).unwrap().is_none() {
                    stand.wait(None).unwrap();
                }
                near.write_all(b"y", None).unwrap();
            }
        });
        for _ in 0..1000 {
            far.write_all(b"x", None).unwrap();
            assert_eq!(far.read(&mut [0; 8], Some(soon())).unwrap(), 1);
        }
        reader.join().unwrap();
    });
}

#[test]
fn who_stands_sleeps_while_it_rests() {
    within(|| {
        let (_lookout, links) = watched(1, Place::Beside);
        let (stand, near, far) = &links[0];
        let is_told = || stand.wait(Some(Instant::now())).unwrap();
        let read = || near.try_read(&mut [0; 8]).unwrap();
        far.write_all(b"x", None).unwrap();
        assert!(is_told());
        stand.rest();
        far.write_all(b"y", None).unwrap();
        assert!(!is_told());
        stand.nudge();
        assert!(is_told());
        assert!(!is_told());
        stand.attend();
        assert!(is_told());
        assert_eq!(read(), Some(2));
        assert!(!is_told());
        stand.rest();
        assert!(!is_told());
        // It is woken in its sleep by what came at rest, as soon as it is to attend.
        thread::scope(|scope| {
            let reader = scope.spawn(|| {
                while read().is_none() {
                    stand.wait(None).unwrap();
                }
            });
            far.write_all(b"z", None).unwrap();
            stand.attend();
            reader.join().unwrap();
        });
    });
}

#[test]
fn a_nudge_and_a_ring_are_not_lost() {
    within(|| {
        let (lookout, links) = watched(1, Place::Behind);
        let stand = &links[0].0;
        stand.nudge();
        assert!(stand.wait(None).unwrap());
        assert!(!stand.wait(Some(Instant::now())).unwrap());
        for _ in 0..1000 {
            thread::scope(|scope| {
                scope.spawn(|| lookout.ring());
                assert_eq!(seen(&lookout), []);
                scope.spawn(|| stand.nudge());
                assert!(stand.wait(None).unwrap());
            });
        }
    });
}

#[test]
fn a_link_in_memory_is_not_watched() {
    let (near, _far) = Link::pair();
    let lookout = Lookout::new().unwrap();
    assert!(matches!(
        lookout.add(&Arc::new(near), 0, Place::Behind),
        Err(Error::Io { .. })
    ));
}
