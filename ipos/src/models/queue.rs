//! The bounded queue: who is told, and who wakes whom.

use std::{sync::Arc, time::Duration};

use ipos_transport::model::spawn;
use loom::future::block_on;

use crate::{
    audience::{Closing as _, Queue},
    core::PeerId,
    subscribe::{SessionEvent, Subscribers, Subscription},
};

/// An event that is told apart by its number.
fn event(number: u64) -> SessionEvent {
    let peer = PeerId::from(number);
    SessionEvent::Lagged { peer }
}

fn tell(queue: &Queue<SessionEvent>, number: u64) {
    queue.push(event(number));
    queue.wake();
}
