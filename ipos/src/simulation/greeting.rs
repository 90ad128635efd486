//! First messages.

use serde::{Deserialize, Serialize};

use crate::{
    PeerId, SchemaHash,
    core::handshake::{self, Answer, Comes, Hello, Known, Secret},
};

/// A first message that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Greeting {
    /// The message, written again.
    pub again: Vec<u8>,
    /// Which one it is, in words.
    pub says: &'static str,
}

impl Greeting {
    fn of<'a, M: Deserialize<'a> + Serialize>(
        bytes: &'a [u8],
        says: impl FnOnce(&M) -> &'static str,
    ) -> Result<Self, String> {
        let message: M = handshake::read(bytes).map_err(|stranger| stranger.to_string())?;
        Ok(Self {
            again: written(&message),
            says: says(&message),
        })
    }
}

/// How a member comes.
#[derive(Clone, Copy, Debug)]
pub enum Coming {
    /// By the name of the session.
    ByName,
    /// With the token of its invitation.
    Invited([u8; 32]),
    /// By the name, with the ticket of a member that it has been.
    Again([u8; 32]),
}

/// What a host answers.
#[derive(Clone, Copy, Debug)]
pub enum Reply<'a> {
    /// Come in.
    Welcome {
        /// The member's number.
        you: PeerId,
        /// What the host calls itself.
        label: &'a str,
        /// How many bytes a message may have.
        frame_limit: u64,
        /// The tables that need not be told the host.
        has: &'a [SchemaHash],
        /// By what it can come again.
        ticket: Option<[u8; 32]>,
        /// What the host knows of it is read from as many of these bytes as that takes. When they are none of it, it is
        /// the member that it was.
        known: &'a [u8],
    },
    /// No, and why.
    Refused(&'a str),
    /// Not now, and why.
    Later(&'a str),
}

/// Reads what a member says first.
pub fn hello(bytes: &[u8]) -> Result<Greeting, String> {
    Greeting::of(bytes, |hello: &Hello<'_>| match hello.comes {
        Comes::ByName => "by name",
        Comes::Invited(_) => "invited",
        Comes::Again(_) => "again",
    })
}

/// Reads what a host answers.
pub fn answer(bytes: &[u8]) -> Result<Greeting, String> {
    Greeting::of(bytes, |answer: &Answer<'_>| match answer {
        Answer::Welcome {
            ticket: None,
            known: Known::Not { .. },
            ..
        } => "welcome",
        Answer::Welcome {
            known: Known::Not { .. },
            ..
        } => "welcome, with a ticket",
        Answer::Welcome { .. } => "welcome again",
        Answer::Refused(_) => "no",
        Answer::Later(_) => "not now",
    })
}

/// Writes what a member says first.
pub fn write_hello(coming: Coming, label: &str, has: Vec<SchemaHash>) -> Vec<u8> {
    let comes = match coming {
        Coming::ByName => Comes::ByName,
        Coming::Invited(token) => Comes::Invited(Secret(token)),
        Coming::Again(ticket) => Comes::Again(Secret(ticket)),
    };
    written(&Hello { comes, label, has })
}

/// Writes what a host answers.
pub fn write_answer(reply: Reply<'_>) -> Vec<u8> {
    written(&match reply {
        Reply::Welcome {
            you,
            label,
            frame_limit,
            has,
            ticket,
            known,
        } => {
            let known = postcard::take_from_bytes(known);
            Answer::Welcome {
                you,
                label,
                frame_limit,
                has: has.to_vec(),
                ticket: ticket.map(Secret),
                known: known.map_or(Known::Again, |(known, _)| known),
            }
        }
        Reply::Refused(why) => Answer::Refused(why),
        Reply::Later(why) => Answer::Later(why),
    })
}

fn written(message: &impl Serialize) -> Vec<u8> {
    let mut bytes = Vec::new();
    handshake::write(&mut bytes, message);
    bytes
}
