//! A host that closes while somebody comes.

use std::sync::Arc;

use ipos_transport::Link;

use super::{once, settings};
use crate::Ipos;

/// A session, whose listener somebody has connected to.
fn visited() -> (Ipos, Link) {
    once(|| {
        let ipos = Ipos::begin(settings(), Some("model")).expect("models can listen");
        let host = ipos.session().host().expect("it is one");
        let listener = host.listener().expect("it listens");
        let link = listener.connect().expect("it is open");
        (ipos, link)
    })
}

ipos_transport::models! {
    /// Somebody has connected and says nothing. It is hung up on, whether it has been accepted, noted, given a thread
    /// or none of it, and all threads end.
    a_silent_stranger: None, [
        "a connection is let in that nobody will hang up on",
        "a host does not wait for its threads",
    ], || {
        let (ipos, link) = visited();
        let session = Arc::downgrade(ipos.session());
        drop(ipos);
        assert!(session.upgrade().is_none(), "a thread still has the session");
        let mut buffer = [0; 64];
        while link.read(&mut buffer, None).expect("the end is no error") > 0 {}
    };
}
