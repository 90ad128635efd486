#![cfg(not(loom))]

use std::{
    future::Future as _,
    sync::{Arc, mpsc},
    task::{Context, Wake, Waker},
    thread,
    time::Duration,
};

use crate::{Error, Ipos, SharedHandle};

/// How long an answer may take that comes at once unless it never does.
const EVER: Duration = Duration::from_secs(60);

/// Asks for the table and for the object where it is woken, in a thread of its own, and tells whether there was an
/// answer.
struct Asks {
    ipos: Ipos,
    handle: SharedHandle<String>,
    told: mpsc::Sender<bool>,
}

impl Wake for Asks {
    fn wake(self: Arc<Self>) {
        let (answer, answered) = mpsc::channel();
        let this = self.clone();
        thread::spawn(move || {
            let answers = (this.ipos.keys(), this.handle.read().len());
            let _ = answer.send(answers);
        });
        let _ = self.told.send(answered.recv_timeout(EVER).is_ok());
    }
}

/// A member whose room is full, and what makes some.
struct Full {
    member: Ipos,
    handle: SharedHandle<String>,
    /// As long as it reads the object, nothing that is proposed for it has a verdict.
    host: thread::JoinHandle<()>,
    go: mpsc::Sender<()>,
}

fn full(name: &str) -> Full {
    let name = format!("{name}-{}", std::process::id());
    let host = Ipos::serve(&name).unwrap();
    let there = host.create("k", String::new()).unwrap();
    let member = Ipos::builder().queue_limit(1).connect(&name).unwrap();
    let handle = member.get::<String>("k").unwrap();
    let (go, gone) = mpsc::channel::<()>();
    let (is_held, holds) = mpsc::channel();
    let host = thread::spawn(move || {
        let _session = host;
        let guard = there.read();
        is_held.send(()).unwrap();
        let _ = gone.recv();
        drop(guard);
        let _ = gone.recv();
    });
    holds.recv().unwrap();
    while !member.session().is_full() {
        let much = "x".repeat(20_000);
        handle.update(|text| text.push_str(&much)).unwrap();
    }
    Full {
        member,
        handle,
        host,
        go,
    }
}

#[test]
fn a_waker_of_who_waits_for_room_is_called_without_a_lock() {
    let full = full("room-waker");
    let (told, woken) = mpsc::channel();
    let waker = Waker::from(Arc::new(Asks {
        ipos: full.member.clone(),
        handle: full.handle.clone(),
        told,
    }));
    let mut ready = Box::pin(full.handle.ready_async());
    let mut context = Context::from_waker(&waker);
    assert!(ready.as_mut().poll(&mut context).is_pending());
    full.go.send(()).unwrap();
    assert!(woken.recv_timeout(EVER).unwrap());
    drop(full.go);
    full.host.join().unwrap();
}

#[test]
fn who_waits_in_vain_is_told_for_what() {
    let full = full("room-in-vain");
    let session = full.member.session();
    let waited = session
        .member()
        .unwrap()
        .wait_for_room_within(session, Duration::ZERO);
    let error = waited.unwrap_err();
    assert!(matches!(error, Error::Timeout { .. }), "{error}");
    assert!(error.to_string().contains("verdicts"), "{error}");
    drop(full.go);
    full.host.join().unwrap();
}
