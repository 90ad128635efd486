//! Who is at the other end.

use interprocess::local_socket::Stream;

use crate::{Error, Result, platform};

/// The process at the other end of a link, as the operating system tells it.
///
/// It was taken when the connection was made: the process may have ended since, and its id may
/// belong to another one by now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PeerIdentity {
    /// The process id, where the system tells it.
    pub pid: Option<u32>,
    /// The effective user id.
    pub uid: u32,
}

impl PeerIdentity {
    /// This process.
    pub(crate) fn own() -> Self {
        Self {
            pid: Some(std::process::id()),
            uid: platform::our_user(),
        }
    }

    /// Asks the system who is at the other end of `stream`, and refuses other users.
    pub(crate) fn same_user(stream: &Stream) -> Result<Self> {
        let peer = platform::peer(stream)
            .map_err(|error| Error::io("ask the system who is at the other end", error))?;
        peer.require_user(platform::our_user())
    }

    fn require_user(self, ours: u32) -> Result<Self> {
        if self.uid == ours {
            Ok(self)
        } else {
            Err(Error::OtherUser {
                theirs: self.uid,
                ours,
            })
        }
    }
}

#[cfg(test)]
mod tests;
