//! Panics where nothing is open: those inside of commits, validators and actions have their tests with these.

use std::thread;

use ipos::{Change, Ipos};
use ipos_tests::PATIENCE;

#[test]
fn a_listener_that_panics_takes_nothing_from_the_others() {
    let ipos = Ipos::host().unwrap();
    let number = ipos.create("n", 0u64).unwrap();
    let (fragile, sound) = (number.subscribe(), number.subscribe());
    thread::scope(|scope| {
        let listener = scope.spawn(move || {
            let change = fragile.next_timeout(PATIENCE);
            panic!("in the midst of {change:?}");
        });
        number.set(1).unwrap();
        assert!(listener.join().is_err());
    });
    number.set(2).unwrap();
    let is_patched = |change: Change<u64>| matches!(change, Change::Patched { .. });
    assert!(sound.try_next().is_some_and(is_patched));
    assert!(sound.try_next().is_some_and(is_patched));
    assert!(sound.try_next().is_none());
}
