#![cfg(not(loom))]

use super::*;
use crate::audience::Entry;

fn missed(events: usize) -> SessionEvent {
    SessionEvent::Missed { events }
}

fn lagged(peer: u32) -> SessionEvent {
    SessionEvent::Lagged {
        peer: crate::PeerId(peer),
    }
}

#[test]
fn all_hear_what_is_told_after_they_came_in_order() {
    let subscribers = events::Subscribers::of(crate::PeerId::HOST);
    let first = subscribers.subscribe();
    subscribers.publish(&lagged(1));
    let second = subscribers.subscribe();
    subscribers.publish(&lagged(2));
    subscribers.close();
    assert_eq!(first.collect::<Vec<_>>(), [lagged(1), lagged(2)]);
    assert_eq!(second.collect::<Vec<_>>(), [lagged(2)]);
    assert_eq!(subscribers.subscribe().next(), None, "it is over");
}

#[test]
fn who_does_not_listen_hears_how_much_was_missed_and_then_what_follows() {
    let subscribers = events::Subscribers::of(crate::PeerId::HOST);
    let late = subscribers.subscribe();
    for number in 0..1024 + 3 {
        subscribers.publish(&lagged(number));
    }
    let heard = std::iter::from_fn(|| late.try_next());
    assert!(heard.eq((0..1024).map(lagged).chain([missed(3)])));
    subscribers.publish(&lagged(7));
    assert_eq!(late.try_next(), Some(lagged(7)));
    assert_eq!(late.try_next(), None);
}

#[test]
fn bytes_are_bounded_too_but_one_thing_always_finds_room() {
    #[derive(Debug, PartialEq)]
    struct Heavy(usize);
    impl Entry for Heavy {
        fn bytes(&self) -> usize {
            self.0
        }
        fn missed(notices: &mut Vec<Self>, _: Self) {
            *notices = vec![Self(0)];
        }
    }

    let queue = crate::audience::Queue::new(crate::audience::LIMIT);
    for bytes in [5 << 20, 1, 1] {
        queue.push(Heavy(bytes));
    }
    assert_eq!(queue.pop(), Some(Heavy(5 << 20)));
    assert_eq!(queue.pop(), Some(Heavy(0)));
    queue.push(Heavy(1));
    assert_eq!(queue.pop(), Some(Heavy(1)));
    assert_eq!(queue.pop(), None);
}

#[test]
fn what_is_last_follows_what_was_missed_and_is_never_dropped() {
    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Word {
        Said(u32),
        Kept(u32),
        Missed,
        MissedKept,
        Last,
    }
    impl Entry for Word {
        fn is_last(&self) -> bool {
            *self == Self::Last
        }
        fn is_kept(&self) -> bool {
            matches!(self, Self::Kept(_) | Self::MissedKept)
        }
        fn missed(notices: &mut Vec<Self>, dropped: Self) {
            let notice = match dropped {
                Self::Kept(_) => Self::MissedKept,
                _ => Self::Missed,
            };
            notices.retain(|earlier| *earlier != notice);
            notices.push(notice);
        }
    }
    use Word::{Kept, Last, Missed, MissedKept, Said};

    #[track_caller]
    fn check(words: impl IntoIterator<Item = Word>, all: &[Word], cleared: &[Word]) {
        let queue = crate::audience::Queue::new(2);
        let other = crate::audience::Queue::new(2);
        for word in words {
            queue.push(word);
            other.push(word);
        }
        other.clear();
        let told = |queue: &crate::audience::Queue<Word>| {
            std::iter::from_fn(|| queue.pop()).collect::<Vec<_>>()
        };
        assert_eq!(told(&queue), all);
        assert_eq!(told(&other), cleared);
        // It goes on as one that has heard all.
        for queue in [queue, other] {
            queue.push(Said(7));
            assert_eq!(told(&queue), [Said(7)]);
        }
    }
    let said = (0..4).map(Said).chain([Last]);
    check(said, &[Said(0), Said(1), Missed, Last], &[Last]);
    check([Kept(0), Said(1)], &[Kept(0), Said(1)], &[Kept(0)]);
    check(
        [Said(0), Kept(1), Said(2), Kept(3), Kept(4)],
        &[Said(0), Kept(1), Missed, MissedKept],
        &[Kept(1), MissedKept],
    );
    check(
        [Kept(0), Kept(1), Kept(2)],
        &[Kept(0), Kept(1), MissedKept],
        &[Kept(0), Kept(1), MissedKept],
    );
}

#[test]
fn waiting_ends_when_something_is_told_and_when_nothing_will_be() {
    let subscribers = events::Subscribers::of(crate::PeerId::HOST);
    let mut listener = subscribers.subscribe();
    std::thread::scope(|scope| {
        let heard = scope.spawn(move || (listener.next(), listener.next()));
        subscribers.publish(&lagged(1));
        subscribers.wake();
        subscribers.close();
        assert_eq!(heard.join().unwrap(), (Some(lagged(1)), None));
    });
    let silent = events::Subscribers::of(crate::PeerId::HOST);
    assert_eq!(
        silent.subscribe().next_timeout(Duration::ZERO),
        None,
        "nothing was told"
    );
}
