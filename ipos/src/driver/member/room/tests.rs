#![cfg(not(loom))]

use std::{
    future::Future as _,
    sync::{Arc, mpsc},
    task::{Context, Wake, Waker},
    thread,
    time::Duration,
};

use crate::{Ipos, SharedHandle};

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

#[test]
fn a_waker_of_who_waits_for_room_is_called_without_a_lock() {
    let name = format!("room-waker-{}", std::process::id());
    let host = Ipos::serve(&name).unwrap();
    let there = host.create("k", String::new()).unwrap();
    let member = Ipos::builder().queue_limit(1).connect(&name).unwrap();
    let here = member.get::<String>("k").unwrap();
    let (go, gone) = mpsc::channel::<()>();
    let (is_held, holds) = mpsc::channel();
    // As long as the host reads the object, nothing that is proposed for it has a verdict.
    let holder = thread::spawn(move || {
        let _guard = there.read();
        is_held.send(()).unwrap();
        let _ = gone.recv();
    });
    holds.recv().unwrap();
    while !member.session().is_full() {
        here.update(|text| text.push_str(&"x".repeat(20_000)))
            .unwrap();
    }
    let (told, woken) = mpsc::channel();
    let waker = Waker::from(Arc::new(Asks {
        ipos: member.clone(),
        handle: here.clone(),
        told,
    }));
    let mut ready = Box::pin(here.ready_async());
    let mut context = Context::from_waker(&waker);
    assert!(ready.as_mut().poll(&mut context).is_pending());
    drop(go);
    holder.join().unwrap();
    assert!(woken.recv_timeout(EVER).unwrap());
}
