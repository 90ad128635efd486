//! Models of what threads do here: see `ipos_transport::model`.
#![cfg(loom)]

mod close;
mod hearers;
mod member;
mod object;
mod queue;
mod waiting;

use std::time::Duration;

use crate::{Ipos, SharedHandle, builder::Settings};

/// No model waits for so long.
const EVER: Duration = Duration::MAX;

fn settings() -> Settings {
    Ipos::builder().settings()
}

/// A session into which nobody is let.
fn alone() -> Ipos {
    Ipos::open(settings(), None).expect("models can listen")
}

/// The same, with an object.
fn ticking() -> (Ipos, SharedHandle<u32>) {
    once(|| {
        let ipos = alone();
        let tick = ipos.create("tick", 0).expect("it is new");
        (ipos, tick)
    })
}

/// Does something in one order, since others are no matter.
fn once<R>(act: impl FnOnce() -> R) -> R {
    loom::stop_exploring();
    let result = act();
    loom::explore();
    result
}
