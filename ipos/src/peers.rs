//! The other processes of a session, as one of them sees them.

use crate::core::PeerId;

/// Another process of a session; see [`Ipos::peers`](crate::Ipos::peers).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Peer {
    /// Its number in this session.
    pub id: PeerId,
    /// Its number in the system, if that is known.
    pub pid: Option<u32>,
    /// What it calls itself; see [`Builder::label`](crate::Builder::label).
    pub label: String,
    /// How far it has come.
    pub state: PeerState,
    /// On the host, the place in the session's order up to which it is known to have heard everything: it says so
    /// with what it writes and when it is asked, so one that only reads may have heard more. `None` on a member,
    /// which does not know.
    pub acknowledged: Option<u64>,
    /// How many bytes wait in this process to be sent to it, when they go from here.
    pub queued: Option<usize>,
}

/// How far another process has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PeerState {
    /// It is there. A member knows no more of other members.
    Connected,
    /// It is being given the objects of the session.
    Joining,
    /// It is told everything as it happens. On a member, of the host: this process is.
    Live,
    /// It did not read, and what was queued for it was dropped; it will be given that when it reads again.
    Lagging,
    /// The connection to it was lost. It has come by name and may come again: on the host, its place is kept for a
    /// while. On a member, of the host: it is sought.
    Away,
    /// It is being given what it has missed. On a member, of the host: this process is.
    CatchingUp,
}
