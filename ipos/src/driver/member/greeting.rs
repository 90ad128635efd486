//! The first message each way on a member's connection.

use std::{sync::Arc, time::Instant};

use ipos_transport::{FrameReader, Link, Token, frame};

use crate::{
    builder::{LARGEST_FRAME, LEAST_FRAME, Settings},
    core::{
        Exchange, PeerId,
        handshake::{self, Answer, Comes, Hello, Known, Secret},
    },
    error::Error,
    schema::{Schema, first_tables},
};

/// A host has let this process in.
pub(super) struct Welcome {
    pub(super) me: PeerId,
    /// What the host calls itself.
    pub(super) label: String,
    pub(super) exchange: Exchange,
    pub(super) frame_limit: usize,
    /// By what it can come again.
    pub(super) ticket: Option<Token>,
    /// Whether it is the member that it was.
    pub(super) known: Known,
    /// With what has arrived already.
    pub(super) frames: FrameReader,
}

/// A host has not let this process in.
pub(super) enum Unwelcome {
    /// It does not want it.
    Refused(String),
    /// Not now.
    Later(String),
    /// It hung up without a word.
    HungUp,
    /// It did not answer in time.
    Timeout,
    /// The connection was lost.
    Lost(ipos_transport::Error),
}

impl Unwelcome {
    /// As an error of who wants to join.
    pub(super) fn into_error(self, settings: &Settings) -> Error {
        match self {
            Self::Refused(why) | Self::Later(why) => Error::Refused { why },
            Self::HungUp => Error::Refused {
                why: "it hung up without a word".into(),
            },
            Self::Timeout => settings.timed_out("the host"),
            Self::Lost(error) => Error::HostGone {
                why: error.to_string(),
            },
        }
    }
}

impl From<ipos_transport::Error> for Unwelcome {
    fn from(error: ipos_transport::Error) -> Self {
        match error {
            ipos_transport::Error::Timeout { .. } => Self::Timeout,
            error => Self::Lost(error),
        }
    }
}

/// Greets a host.
pub(super) fn greet(
    link: &Link,
    comes: Comes,
    label: &str,
    deadline: Instant,
) -> Result<Welcome, Unwelcome> {
    let here = first_tables();
    let hello = Hello {
        comes,
        label,
        has: here.iter().map(|table| table.hash()).collect(),
    };
    let mut bytes = Vec::new();
    frame::append(&mut bytes, |out| handshake::write(out, &hello));
    link.write_all(&bytes, Some(deadline))?;
    let mut frames = FrameReader::new(handshake::SIZE_LIMIT);
    loop {
        if let Some(answer) = frames.next_frame()? {
            let mut welcome = understand(answer, here)?;
            frames.set_limit(welcome.frame_limit);
            welcome.frames = frames;
            return Ok(welcome);
        }
        if !frames.fill(link, Some(deadline))? {
            return Err(Unwelcome::HungUp);
        }
    }
}

fn understand(answer: &[u8], here: Vec<Arc<Schema>>) -> Result<Welcome, Unwelcome> {
    match handshake::read(answer) {
        Ok(Answer::Welcome { you, .. }) if [PeerId::HOST, PeerId::NOBODY].contains(&you) => {
            Err(Unwelcome::Refused(format!("it calls this process {you}")))
        }
        Ok(Answer::Welcome {
            you,
            label,
            frame_limit,
            has,
            ticket,
            known,
        }) => Ok(Welcome {
            me: you,
            label: label.to_owned(),
            exchange: Exchange::new(has, here),
            frame_limit: usize::try_from(frame_limit)
                .unwrap_or(usize::MAX)
                .clamp(LEAST_FRAME, LARGEST_FRAME),
            ticket: ticket.map(|Secret(ticket)| Token::from_bytes(ticket)),
            known,
            frames: FrameReader::new(handshake::SIZE_LIMIT),
        }),
        Ok(Answer::Refused(why)) => Err(Unwelcome::Refused(why.to_owned())),
        Ok(Answer::Later(why)) => Err(Unwelcome::Later(why.to_owned())),
        Err(stranger) => Err(Unwelcome::Refused(stranger.to_string())),
    }
}
