//! The bytes below IPOS: how two processes of one user on one machine reach each other, know each
//! other, and exchange frames. Nothing here knows what the bytes mean.
//!
//! - A host makes a [`Listener`]: a socket in a fresh directory that only its user can enter. Its
//!   [`Endpoint`] is a path, and a [`Token`] a secret; both fit into environment variables of an
//!   invited process.
//! - The invited process calls [`Link::connect`], the host [`Listener::accept`]. Both ask the
//!   system who is at the other end ([`PeerIdentity`]) and refuse other users. [`Link::pair`]
//!   makes two ends in memory that behave the same.
//! - Processes that are not parent and child meet by a name: [`Listener::named`] and [`Endpoint::named`]. One process
//!   at a time serves a name, and takes it over from one that has crashed.
//! - A stream of bytes is cut into frames by [`frame::append`] on one side and a [`FrameReader`]
//!   with a limit on the other.
//! - An [`Outbox`] gathers what is to be sent and never waits for the peer.
//!
//! ```
//! use std::{sync::Arc, thread};
//! use ipos_transport::{FrameReader, Link, Listener, Outbox, frame};
//!
//! # fn main() -> ipos_transport::Result<()> {
//! let listener = Listener::private()?;
//! let endpoint = listener.endpoint().to_string(); // for the environment of the other process
//!
//! let guest = thread::spawn(move || -> ipos_transport::Result<()> {
//!     let link = Arc::new(Link::connect(&endpoint.parse()?)?);
//!     let outbox = Outbox::new(Arc::clone(&link), "to-host");
//!     outbox.append(|queue| frame::append(queue, |payload| payload.extend(b"hello")));
//!     outbox.send();
//!     Ok(())
//! });
//!
//! let link = listener.accept()?;
//! let mut reader = FrameReader::new(1024);
//! let mut received = Vec::new();
//! while reader.fill(&link, None)? {
//!     while let Some(payload) = reader.next_frame()? {
//!         received.push(payload.to_vec());
//!     }
//! }
//! assert_eq!(received, [b"hello"]);
//! # guest.join().unwrap()
//! # }
//! ```
//!
//! What is deliberately absent: retries, reconnecting, encryption, an executor. IPOS runs on Unix
//! today; all that is particular to a system stands in one file.

// A test that unwraps says all there is to say when it fails.
#![cfg_attr(test, allow(clippy::unwrap_used))]
// Models have no sockets.
#![cfg_attr(loom, allow(dead_code))]

mod base;
mod endpoint;
mod error;
pub mod frame;
mod link;
#[cfg(not(loom))]
mod listener;
#[cfg(loom)]
#[path = "model/listener.rs"]
mod listener;
mod lookout;
mod memory;
#[cfg(loom)]
pub mod model;
#[cfg(test)]
mod models;
mod name;
mod outbox;
mod peer;
mod platform;
mod sync;
mod token;
mod vigil;

pub use crate::{
    endpoint::Endpoint,
    error::{Error, Result},
    frame::FrameReader,
    link::Link,
    listener::Listener,
    lookout::{Lookout, Place, Stand},
    outbox::Outbox,
    peer::PeerIdentity,
    token::Token,
    vigil::Vigil,
};

#[cfg(test)]
mod testing;
