#![cfg(not(loom))]

use super::*;

/// A pace, and what time it is there.
struct Clock {
    pace: Pace,
    now: Instant,
}

impl Clock {
    fn new(links: usize) -> Self {
        let mut pace = Pace::default();
        pace.sends_over(links);
        let mut clock = Self {
            pace,
            now: Instant::now(),
        };
        // Nothing is known of what was before the first look.
        assert!(!clock.looks(0));
        clock
    }

    /// As many sends as are looked at together, each so long after the one before, in microseconds.
    fn looks(&mut self, micros: u64) -> bool {
        self.now += Duration::from_micros(micros * DENSE as u64);
        self.pace.is_burst(self.now)
    }

    /// The thread lingers, and so many are appended meanwhile.
    fn lingers(&mut self, appended: usize) -> bool {
        self.now += self.pace.linger();
        self.pace.has_lingered();
        self.pace.goes_on(appended)
    }
}

#[test]
fn a_burst_is_many_sends_one_soon_after_the_other() {
    for (links, soon, late) in [(1, 3, 4), (2, 13, 14), (16, 153, 154), (1000, 153, 154)] {
        assert!(Clock::new(links).looks(soon), "{links} links");
        assert!(!Clock::new(links).looks(late), "{links} links");
    }
}

#[test]
fn who_sends_over_many_links_lets_more_gather() {
    for (links, micros) in [(0, 50), (1, 50), (2, 100), (16, 800), (usize::MAX, 800)] {
        let linger = Clock::new(links).pace.linger();
        assert_eq!(linger, Duration::from_micros(micros), "{links} links");
    }
    assert_eq!(Pace::default().linger(), LINGER);
}

#[test]
fn it_goes_on_while_half_as_much_comes_as_before() {
    // Links, the time between two sends, and the fewest with which it goes on.
    for (links, micros, fewest) in [
        (1, 3, 8),
        (1, 1, 25),
        (16, 100, 4),
        (16, 20, 20),
        (16, 150, 4),
    ] {
        let mut clock = Clock::new(links);
        assert!(clock.looks(micros));
        for _ in 0..3 {
            assert!(clock.lingers(fewest), "{links} links, {micros} us");
        }
        assert!(!clock.lingers(fewest - 1), "{links} links, {micros} us");
    }
}

#[test]
fn a_thread_that_has_not_lingered_does_so_for_what_has_come_meanwhile() {
    let mut pace = Pace::default();
    assert!(!pace.goes_on(FEW - 1));
    assert!(pace.goes_on(FEW));
    assert_eq!(pace.vain, 0);
}

#[test]
fn each_time_in_vain_it_takes_twice_as_long_a_burst() {
    let mut clock = Clock::new(16);
    for looks in [1, 2, 4, 8, 8] {
        for _ in 1..looks {
            assert!(!clock.looks(50));
        }
        assert!(clock.looks(50), "after {looks} looks");
        assert!(!clock.lingers(2));
    }
    // It has to be one burst.
    for _ in 1..8 {
        assert!(!clock.looks(50));
    }
    assert!(!clock.looks(5000));
    for _ in 1..8 {
        assert!(!clock.looks(50));
    }
    assert!(clock.looks(50));
    // Once it was worth it, that is forgotten.
    assert!(clock.lingers(100));
    assert!(!clock.lingers(0));
    assert!(!clock.looks(50));
    assert!(clock.looks(50));
}
