//! Text from the peer is executed, any method name from the peer is called: here text is a value,
//! and what a peer may ask for has a number in a list that is fixed when the program is built.

use std::time::Instant;

use ipos::Ipos;
use ipos_tests::{PATIENCE, hello};
use ipos_transport::{Endpoint, FrameReader, Link, Token, frame};

use crate::{
    cast::{Cast, Parts},
    verbs::{DELETE, UPDATE},
};

#[test]
fn defect_6_text_that_looks_like_code_is_a_text() {
    let mut cast = Cast::family();
    let keys = [
        "constructor",
        "__proto__",
        "create",
        "delete",
        "process.exit()",
        "()=>{throw(1)}",
        "$(exit${IFS}1)",
        "`exit`",
        "../../etc/passwd",
        "%s%n",
        "",
    ];
    for script in [UPDATE, DELETE] {
        for key in keys {
            cast.play(script, Parts::of(key, "String-of-code"));
        }
    }
    cast.must_agree_on_keys();
}

/// A process that has joined and sends what it likes.
struct Stranger {
    link: Link,
    frames: FrameReader,
}

impl Stranger {
    fn join(ipos: &Ipos) -> Self {
        let invitation = ipos.invite().unwrap();
        let [endpoint, token] = invitation.envs().try_into().unwrap();
        let endpoint: Endpoint = endpoint.1.parse().unwrap();
        let token = Token::from_hex(&token.1).unwrap();
        let link = Link::connect(&endpoint).unwrap();
        let mut stranger = Self {
            link,
            frames: FrameReader::new(1 << 20),
        };
        stranger.send(&hello::invited(&token));
        let answer = stranger.hear().unwrap();
        let welcome = [hello::preamble(hello::VERSION), vec![0]].concat();
        assert!(
            answer.starts_with(&welcome),
            "it was not let in: {answer:?}"
        );
        // What makes it a member in sync.
        stranger.send(&[4]);
        invitation.wait(PATIENCE).unwrap();
        stranger
    }

    fn send(&self, message: &[u8]) {
        let mut bytes = Vec::new();
        frame::append(&mut bytes, |out| out.extend_from_slice(message));
        self.link.write_all(&bytes, None).unwrap();
    }

    /// The next message; `None` at the end of the connection.
    fn hear(&mut self) -> Option<Vec<u8>> {
        loop {
            if let Some(message) = self.frames.next_frame().unwrap() {
                return Some(message.to_owned());
            }
            if !self
                .frames
                .fill(&self.link, Some(Instant::now() + PATIENCE))
                .unwrap()
            {
                return None;
            }
        }
    }
}

/// A commit of a stranger, its first proposal, to the first object of the host.
fn commit(patches: &[u8]) -> Vec<u8> {
    let length = u8::try_from(patches.len()).unwrap();
    // Its terms: based on nothing, not anew, not as a whole.
    [&[0, 1, 0, 1, 0, 0, 0, length], patches].concat()
}

#[test]
fn defect_6_a_peer_calls_nothing_that_is_not_in_the_list() {
    let mut cast = Cast::family();
    let parts = Parts::of("list", "Vec<String>");
    cast.play(&["parent create one", "all see one"], parts);

    // What the stranger could do, were it honest: pop nothing, push an "!".
    let honest = Stranger::join(&cast.ipos);
    honest.send(&commit(&[1, 0, 1, 3, 5, b' ', b'm', b'o', b'r', b'e']));
    let list = cast.ipos.get::<Vec<String>>("list").unwrap();
    list.wait_until(PATIENCE, |list| list == &["one more"])
        .unwrap();
    cast.play(&["parent set one", "all see one"], parts);

    let requests: &[(&str, Vec<u8>)] = &[
        ("a message that there is not", vec![77]),
        ("a message that is a text", b"process.exit(1)".to_vec()),
        ("nothing", vec![]),
        ("an operation that lists do not have", commit(&[77, 0])),
        (
            "an operation that texts do not have",
            commit(&[1, 0, 77, 0]),
        ),
        ("an operation by its name", commit(b"push")),
        ("a text that is not UTF-8", commit(&[2, 1, 1, 0xff])),
        (
            "more elements than bytes",
            commit(&[0, 0xff, 0xff, 0xff, 0xff, 0x0f]),
        ),
        ("half a patch", commit(&[1])),
        ("a good patch, then a bad one", commit(&[2, 1, 1, b'x', 99])),
        (
            "an order in which an element stands twice",
            commit(&[8, 2, 0, 0]),
        ),
        ("what a host says", vec![9, 0]),
    ];
    for (what, request) in requests {
        let mut stranger = Stranger::join(&cast.ipos);
        stranger.send(request);
        while stranger.hear().is_some() {}
        assert_eq!(*list.read(), ["one"], "{what}");
    }
    cast.play(&["all see one", "child update", "all see updated"], parts);
}
