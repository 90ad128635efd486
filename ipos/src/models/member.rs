//! A host and a member, by a link in memory.

use std::{
    future::Future as _,
    pin::pin,
    task::{Context, Waker},
};

use ipos_transport::{Link, frame, model::spawn};
use loom::thread::JoinHandle;

use super::{EVER, once, settings};
use crate::{
    Error, Ipos, SharedHandle,
    core::{
        Dealt, PeerId,
        handshake::{self, Answer},
    },
    driver::{host::HostSide, member::By},
};

/// A session, and a member of it, with the object that the host has made.
struct Joined {
    host: Ipos,
    tick: SharedHandle<u32>,
    member: Ipos,
    seen: SharedHandle<u32>,
    serving: JoinHandle<()>,
}

fn joined() -> Joined {
    once(|| {
        let host = Ipos::open(settings(), Some("model")).expect("models can listen");
        let (left, link) = Link::pair();
        let session = host.session().clone();
        let serving = spawn(move || HostSide::serve(&session, left));
        let tick = host.create("tick", 0).expect("it is new");
        let member = Ipos::enter("model", link, By::Once, settings()).expect("it is let in");
        let seen = member.wait_for("tick", EVER).expect("it was told");
        Joined {
            host,
            tick,
            member,
            seen,
            serving,
        }
    })
}

impl Joined {
    fn part(self) {
        once(|| {
            drop(self.member);
            self.serving.join().expect("it does not panic");
            drop(self.host);
        });
    }
}

fn add(tick: &SharedHandle<u32>) -> Result<(), Error> {
    tick.update(|tick| tick.add(1))
}

ipos_transport::models! {
    /// Both add to a number, and both see both.
    both_write: Some(1), ["what was proposed stays in the outbox"], || {
        let joined = joined();
        add(&joined.seen).expect("it is open");
        add(&joined.tick).expect("it is open");
        joined.seen.flush(EVER).expect("the host is there");
        joined.seen.wait_until(EVER, |tick| *tick == 2).expect("it comes");
        assert_eq!(*joined.tick.read(), 2);
        joined.part();
    };

    /// A member has committed as much as may be pending, and waits for room.
    waiting_for_room: Some(2), ["who waits for room listens after it has looked"], || {
        let joined = joined();
        once(|| (0..4).for_each(|_| add(&joined.seen).expect("it is open")));
        add(&joined.seen).expect("there will be room");
        joined.part();
    };

    /// The host goes while a member waits for room, or has it already.
    waiting_for_room_at_the_end: Some(1), [
        "who waits for a change is not told that the session has ended",
    ], || {
        let joined = joined();
        once(|| (0..4).for_each(|_| add(&joined.seen).expect("it is open")));
        let seen = joined.seen;
        let writer = spawn(move || add(&seen));
        drop(joined.host);
        let added = writer.join().expect("it does not panic");
        assert!(matches!(added, Ok(()) | Err(Error::HostGone { .. })), "{added:?}");
        once(|| {
            joined.serving.join().expect("it does not panic");
            drop(joined.member);
        });
    };

    /// A member leaves with a commit under way: it waits for the verdict, and the host has it.
    leaving: Some(1), ["who leaves is not told that it has all verdicts"], || {
        let joined = joined();
        add(&joined.seen).expect("it is open");
        drop(joined.member);
        joined.serving.join().expect("it does not panic");
        assert_eq!(*joined.tick.read(), 1);
        once(|| drop(joined.host));
    };

    /// A future that waits for a verdict is dropped as that comes: nothing is left of it.
    a_future_that_is_dropped: Some(1), ["what nobody waits for any more is kept"], || {
        let joined = joined();
        {
            let mut future = pin!(joined.seen.transact_async(|tick| tick.add(1)));
            let mut context = Context::from_waker(Waker::noop());
            let _ = future.as_mut().poll(&mut context);
        }
        joined.seen.flush(EVER).expect("the host is there");
        let cell = joined.member.session().named("tick").expect("it is there");
        assert_eq!(cell.waiting(), (0, 0));
        joined.part();
    };

    /// The host goes while a thread of a member waits for a barrier.
    a_host_that_goes: Some(1), ["who waits for a barrier is not told that the host is gone"], || {
        let joined = joined();
        let member = joined.member;
        let waiting = spawn(move || {
            let passed = member.barrier(EVER);
            drop(member);
            passed
        });
        drop(joined.host);
        joined.serving.join().expect("it does not panic");
        let passed = waiting.join().expect("it does not panic");
        assert!(matches!(passed, Ok(()) | Err(Error::HostGone { .. })), "{passed:?}");
    };

    /// The host lets a process in, and goes before that is in sync.
    joining_at_the_end: Some(3), ["who joins is not told that the session has ended"], || {
        let (host, link) = Link::pair();
        let joining = spawn(move || Ipos::enter("model", link, By::Once, settings()).map(drop));
        let mut welcome = Vec::new();
        let answer = Answer::Welcome {
            you: PeerId(1),
            label: "",
            frame_limit: 1 << 20,
            has: Vec::new(),
            ticket: None,
            known: handshake::Known::Not(Dealt::default()),
        };
        frame::append(&mut welcome, |out| handshake::write(out, &answer));
        host.write_all(&welcome, None).expect("there is room");
        drop(host);
        let entered = joining.join().expect("it does not panic");
        assert!(matches!(entered, Err(Error::HostGone { .. })), "{entered:?}");
    };
}
