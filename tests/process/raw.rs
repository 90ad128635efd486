//! The bytes of the protocol, made here a second time, so that wrong ones can be made too.

use std::time::Instant;

use ipos_tests::PATIENCE;
pub use ipos_tests::hello::{VERSION, preamble};
use ipos_transport::{Endpoint, FrameReader, Link, Token, frame};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// An object: who created it, and the how-manieth.
pub type Object = (u32, u32);

/// From a member to the host.
#[derive(Clone, Debug, Serialize)]
pub enum ToHost {
    Commit {
        number: u64,
        object: Object,
        terms: Terms,
        patches: Vec<u8>,
    },
    Create {
        number: u64,
        object: Object,
        key: String,
        schema: Hash,
        length: u64,
    },
    Chunk(Vec<u8>),
    Delete {
        number: u64,
        key: String,
    },
    Ready,
    Barrier {
        nonce: u64,
    },
    Pong {
        ping: u64,
    },
    Lacks {
        key: String,
    },
    Resume {
        heard: u64,
        settled: u64,
    },
    Goodbye,
    Schema(Schema),
}

/// The terms of a commit: its base, whether it is proposed anew, and whether it counts as a whole or not
/// at all: 0 no, 1 yes, 2 yes and a part of it is lost.
pub type Terms = (u64, bool, u8);

/// From the host to a member.
#[derive(Clone, Debug, Serialize)]
pub enum ToMember {
    Object {
        seq: u64,
        object: Object,
        key: String,
        schema: Hash,
        reserved: bool,
        length: u64,
    },
    Chunk(Vec<u8>),
    Commit {
        seq: u64,
        origin: u32,
        object: Object,
        patches: Vec<u8>,
    },
    Accepted {
        seq: u64,
        number: u64,
    },
    Amended {
        seq: u64,
        number: u64,
        patches: Vec<u8>,
    },
    Stale {
        number: u64,
    },
    Rejected {
        seq: u64,
        number: u64,
        reason: String,
    },
    Deleted {
        seq: u64,
        origin: u32,
        key: String,
    },
    Live(u64, Vec<String>),
    Ping {
        ping: u64,
    },
    Passed {
        nonce: u64,
    },
    Resync,
    Resumed {
        taken: u64,
        anew: bool,
    },
    Goodbye(Parting),
    Schema(Schema),
    #[expect(dead_code)] // it keeps the numbers of those behind it right
    Acted(u64, u64, Option<Vec<u8>>, Option<Vec<u8>>),
    #[expect(dead_code)] // as above
    Failed(u64, u64, String, Vec<u8>),
    Joined(u32, Option<u32>, String),
    Left(u32),
    Present(Vec<u32>),
}

/// Why a host lets go of a member.
#[derive(Clone, Debug, Serialize)]
pub enum Parting {
    Over,
    Removed,
    Fault(String),
}

/// A schema: its root, and the types.
#[derive(Clone, Debug, Serialize)]
pub struct Schema(pub u32, pub Vec<Shape>);

/// What stands for a schema.
pub type Hash = [u8; 16];

impl Schema {
    pub fn hash(&self) -> Hash {
        let digest = Sha256::digest(bytes(self));
        *digest.first_chunk().unwrap()
    }
}

#[derive(Clone, Debug, Serialize)]
pub enum Shape {
    Leaf(Leaf),
    Text,
    Option(u32),
    List(String, u32),
    Map(String, u32, u32),
    Set(String, u32),
    Tuple(Vec<u32>),
    Struct(String, Vec<(String, u32, bool)>),
}

/// The first leaves, as far as they are needed.
#[derive(Clone, Copy, Debug, Serialize)]
pub enum Leaf {
    Unit,
    Bool,
    Char,
    U8,
    U16,
    U32,
    U64,
}

/// What a host answers first.
#[derive(Clone, Debug, Serialize)]
pub enum Answer {
    /// With the member's number, the host's label, the limit of frames, the schemas that the host has, a ticket, and whether it is
    /// the member that it was.
    Welcome(u32, String, u64, Vec<Hash>, Option<[u8; 32]>, Known),
    Refused(String),
    Later(String),
}

impl Answer {
    /// A welcome of one that was invited, by a host without schemas.
    pub fn welcome(you: u32) -> Self {
        Self::Welcome(you, String::new(), 1 << 24, vec![], None, Known::nothing())
    }
}

/// Whether a member is the one whose ticket it has shown; if not, how many of its proposals were dealt with, and the
/// objects (creator and count) to which it is to propose again from a number on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Known {
    Not(u64, Vec<((u32, u32), u64)>),
    Again,
}

impl Known {
    /// Of one of which nothing was dealt with.
    pub fn nothing() -> Self {
        Self::Not(0, vec![])
    }
}

/// How a member comes.
#[derive(Clone, Debug, Serialize)]
pub enum Comes {
    ByName,
    Invited([u8; 32]),
    Again([u8; 32]),
}

/// A message's bytes.
pub fn bytes(message: &impl Serialize) -> Vec<u8> {
    postcard::to_stdvec(message).unwrap()
}

/// A frame around a payload.
pub fn framed(payload: impl AsRef<[u8]>) -> Vec<u8> {
    let mut out = Vec::new();
    frame::append(&mut out, |frame| frame.extend_from_slice(payload.as_ref()));
    out
}

/// The first message of a member that has no invitation.
pub fn uninvited() -> Vec<u8> {
    coming(&Comes::ByName)
}

/// The first message of a member without a label and schemas.
pub fn coming(comes: &Comes) -> Vec<u8> {
    let mut out = preamble(VERSION);
    out.extend(bytes(&(comes, "", Vec::<Hash>::new())));
    out
}

/// The first message of a member that names no schemas.
pub fn hello(version: u16, token: &Token, label: &str) -> Vec<u8> {
    hello_with(version, token, label, &[])
}

/// The first message of a member that has these schemas.
pub fn hello_with(version: u16, token: &Token, label: &str, has: &[Hash]) -> Vec<u8> {
    let mut out = preamble(version);
    let comes = Comes::Invited(*token.as_bytes());
    out.extend(bytes(&(comes, label, has)));
    out
}

/// What a welcome says.
pub type Welcomed = (u32, String, u64, Vec<Hash>, Option<[u8; 32]>, Known);

/// A connection that knows frames and nothing else.
pub struct Raw {
    pub link: Link,
    frames: FrameReader,
}

impl Raw {
    pub fn new(link: Link) -> Self {
        Self {
            link,
            frames: FrameReader::new(1 << 24),
        }
    }

    pub fn connect(endpoint: &str) -> Self {
        let endpoint: Endpoint = endpoint.parse().unwrap();
        Self::new(Link::connect(&endpoint).unwrap())
    }

    /// Joins with a valid token, and gives the number that this member gets.
    pub fn join(endpoint: &str, token: &str) -> (Self, u32) {
        let (raw, me, _given) = Self::join_with(endpoint, token, &[]);
        (raw, me)
    }

    /// Joins with a valid token as a member that has these schemas. Gives its number, and what it is
    /// told until it is in sync.
    pub fn join_with(endpoint: &str, token: &str, has: &[Hash]) -> (Self, u32, Vec<Vec<u8>>) {
        let mut raw = Self::connect(endpoint);
        let token = Token::from_hex(token).unwrap();
        raw.send(&framed(hello_with(VERSION, &token, "raw", has)));
        let welcome = raw.next().expect("it is let in");
        let rest = welcome
            .strip_prefix(&preamble(VERSION)[..])
            .expect("an answer");
        let [0, me @ ..] = rest else {
            panic!("it is refused: {rest:?}")
        };
        let (me, _, _, _, ticket, _): Welcomed = postcard::from_bytes(me).unwrap();
        assert_eq!(ticket, None, "one that was invited does not come again");
        let live = bytes(&ToMember::Live(0, vec![]))[0];
        let mut given = Vec::new();
        loop {
            let message = raw.next().expect("it is given all objects");
            if message[0] == live {
                break;
            }
            given.push(message);
        }
        raw.send(&framed(bytes(&ToHost::Ready)));
        (raw, me, given)
    }

    /// Sends bytes, unless the other side has hung up.
    pub fn send(&mut self, bytes: &[u8]) {
        let _ = self.link.write_all(bytes, Some(Instant::now() + PATIENCE));
    }

    /// The next frame, or `None` at the end.
    pub fn next(&mut self) -> Option<Vec<u8>> {
        let deadline = Some(Instant::now() + PATIENCE);
        loop {
            if let Some(frame) = self.frames.next_frame().unwrap() {
                return Some(frame.to_vec());
            }
            if !self
                .frames
                .fill(&self.link, deadline)
                .expect("the other side hangs up")
            {
                return None;
            }
        }
    }

    /// Reads to the end, which must come, and gives the last frame before.
    pub fn end(&mut self) -> Option<Vec<u8>> {
        let mut last = None;
        while let Some(frame) = self.next() {
            last = Some(frame);
        }
        last
    }
}
