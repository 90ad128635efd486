//! Those who wait when a session ends.

use ipos_transport::model::spawn;
use loom::future::block_on;

use super::{EVER, once, ticking};
use crate::Error;

ipos_transport::models! {
    /// A thread and a future wait for a value that never comes, until the session ends.
    waiting_at_the_end: Some(2), [
        "who waits for a change is not told that the session has ended",
        "the end is noted when all were told of it",
    ], || {
        let (ipos, tick) = ticking();
        let other = tick.clone();
        let thread = spawn(move || tick.wait_until(EVER, |tick| *tick == 1));
        let future = spawn(move || block_on(other.wait_until_async(|tick| *tick == 1)));
        drop(ipos);
        let told = [thread, future].map(|waiting| waiting.join().expect("it does not panic"));
        assert!(matches!(told, [Err(Error::Closed), Err(Error::Closed)]), "{told:?}");
    };

    /// A thread writes and another listens while the session ends: each commit is refused or heard, and the
    /// subscription ends.
    listening_at_the_end: Some(2), ["what is told rings no bell"], || {
        let (ipos, tick) = ticking();
        let told = once(|| tick.subscribe());
        let writer = spawn(move || tick.set(1).is_ok());
        let listener = spawn(move || told.iter().count());
        drop(ipos);
        let was_set = writer.join().expect("it does not panic");
        let heard = listener.join().expect("it does not panic");
        assert!(heard <= usize::from(was_set), "{heard} {was_set}");
    };
}
