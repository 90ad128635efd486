//! A host and a member, by a link in memory.

use ipos_transport::{Link, model::spawn};
use loom::thread::JoinHandle;

use super::{EVER, once, settings};
use crate::{Error, Ipos, SharedHandle, driver::host::HostSide};

/// A session, and a member of it, with the object that the host has made.
fn joined() -> (
    Ipos,
    SharedHandle<u32>,
    Ipos,
    SharedHandle<u32>,
    JoinHandle<()>,
) {
    once(|| {
        let host = Ipos::open(settings(), Some("model")).expect("models can listen");
        let tick = host.create("tick", 0_u32).expect("it is new");
        let (left, right) = Link::pair();
        let session = host.session().clone();
        let serving = spawn(move || HostSide::serve(&session, left));
        let member = Ipos::enter("model", right, None, settings()).expect("it is let in");
        let seen = member.get::<u32>("tick").expect("it was there before");
        (host, tick, member, seen, serving)
    })
}

ipos_transport::models! {
    /// Both add to a number. The member waits until that is confirmed, and leaves.
    both_write: Some(1), ["what was proposed stays in the outbox"], || {
        let (host, tick, member, seen, serving) = joined();
        tick.update(|tick| tick.add(1)).expect("it is open");
        seen.update(|tick| tick.add(2)).expect("it is open");
        seen.flush(EVER).expect("the host is there");
        seen.wait_until(EVER, |tick| *tick == 3).expect("it comes");
        drop(member);
        serving.join().expect("it does not panic");
        assert_eq!(*tick.read(), 3);
        drop(host);
    };

    /// A member commits more than may be pending, and waits for room.
    waiting_for_room: Some(1), ["who waits for room listens after it has looked"], || {
        let (host, tick, member, seen, serving) = joined();
        for _ in 0..5 {
            seen.update(|tick| tick.add(1)).expect("it is open");
        }
        drop(member);
        serving.join().expect("it does not panic");
        assert_eq!(*tick.read(), 5);
        drop(host);
    };

    /// The host goes while a thread of a member waits for a barrier.
    a_host_that_goes: Some(1), ["who waits for a barrier is not told that the host is gone"], || {
        let (host, _, member, _, serving) = joined();
        let waiting = spawn(move || {
            let passed = member.barrier(EVER);
            drop(member);
            passed
        });
        drop(host);
        serving.join().expect("it does not panic");
        let passed = waiting.join().expect("it does not panic");
        assert!(matches!(passed, Ok(()) | Err(Error::HostGone { .. })), "{passed:?}");
    };
}
