//! Hosts that do not keep to the protocol: whoever joins one is told, and not harmed.

mod cases;

use cases::CASES;
use ipos_tests::roles::life::system::peak_memory;
use ipos_transport::Listener;

use crate::{
    cast::{
        Cast,
        Step::{self, Ask, Begin, Finish, Hear, Until},
    },
    raw::{
        Answer, Leaf, Object, Raw, Schema,
        Shape::{self, List},
        ToHost,
        ToMember::{self, Chunk, Commit, Live, Rejected, Resumed, Resync},
        VERSION, bytes, framed, preamble,
    },
};

/// What the host answers to a hello.
type Case = (&'static str, fn() -> Vec<u8>, &'static [Step]);

const O: Object = (0, 1);

fn answer(answer: &Answer) -> Vec<u8> {
    framed([preamble(VERSION), bytes(answer)].concat())
}

/// A welcome, and then these.
fn welcome(messages: &[ToMember]) -> Vec<u8> {
    let messages = messages.iter().map(|message| framed(bytes(message)));
    let frames: Vec<_> = [answer(&Answer::welcome(1))]
        .into_iter()
        .chain(messages)
        .collect();
    frames.concat()
}

/// An object `o`: its schema, announced and whole.
fn object(types: Vec<Shape>, value: &[u8]) -> Vec<ToMember> {
    let length = value.len() as u64;
    let schema = Schema(0, types);
    let announced = ToMember::Object {
        seq: 1,
        object: O,
        key: "o".into(),
        schema: schema.hash(),
        reserved: false,
        length,
    };
    [ToMember::Schema(schema), announced]
        .into_iter()
        .chain(value.chunks(65536).map(|chunk| Chunk(chunk.to_vec())))
        .collect()
}

/// A list of bytes `o` that holds 1, 2 and 3, and then these.
fn with_list(messages: &[ToMember]) -> Vec<u8> {
    let list = object(vec![list(1), Shape::Leaf(Leaf::U8)], b"\x03\x01\x02\x03");
    welcome(&[&list[..], messages].concat())
}

fn list(item: u32) -> Shape {
    List("Vec".into(), item)
}

fn change(patches: &[u8]) -> ToMember {
    Commit {
        seq: 2,
        origin: 0,
        object: O,
        patches: patches.to_vec(),
    }
}

const REJECTED: ToMember = Rejected {
    seq: 1,
    number: 1,
    reason: String::new(),
};

const RESUMED: ToMember = Resumed {
    taken: 0,
    anew: false,
};

/// A member `m` that is about to join what listens here.
fn guest(join: &'static str) -> (Cast, Raw) {
    let mut cast = Cast::new();
    let listener = Listener::private_in(cast.stage().path()).unwrap();
    let mut command = cast.command();
    command.env("IPOS_ENDPOINT", listener.endpoint().to_string());
    command.env("IPOS_TOKEN", "5".repeat(64));
    cast.start("m", command);
    cast.play(&[Begin("m", join)]);
    let raw = Raw::new(listener.accept().unwrap());
    (cast, raw)
}

#[test]
fn a_member_answers_a_host_and_outlives_what_it_does_not_say() {
    let tell = |raw: &mut Raw, message: &ToMember| raw.send(&framed(bytes(message)));
    let (mut cast, mut raw) = guest("join");
    assert!(raw.next().unwrap().starts_with(&preamble(VERSION)));
    raw.send(&welcome(&[Live(0, vec![])]));
    cast.play(&[Hear("m", "ok"), Ask("m", "events", "ok")]);
    assert_eq!(raw.next(), Some(bytes(&ToHost::Ready)));
    tell(&mut raw, &ToMember::Ping { ping: 7 });
    assert_eq!(raw.next(), Some(bytes(&ToHost::Pong { ping: 7 })));
    // It is refused what it has done.
    cast.play(&[
        Ask("m", "create n number 1", "ok"),
        Ask("m", "update n add 1", "ok"),
    ]);
    for _ in ["schema", "announced", "value", "commit"] {
        raw.next().expect("it is told");
    }
    tell(&mut raw, &REJECTED);
    cast.play(&[
        Ask("m", "event", "n of peer 1 .. here:"),
        Ask("m", "update n add 1", "Deleted: .."),
    ]);
    // It is told to ask, and asks, and is not answered.
    tell(&mut raw, &Resync);
    let ask = ToHost::Resume {
        heard: 1,
        settled: 1,
    };
    assert_eq!(raw.next(), Some(bytes(&ask)));
    cast.play(&[
        Ask("m", "create k number 1", "ok"),
        Ask("m", "set k 2", "ok"),
        Ask("m", "read k", "2"),
        Ask("m", "barrier 50", "Timeout: .."),
        Ask("m", "begin flush k", "ok"),
        Ask("m", "begin barrier", "ok"),
    ]);
    // The same refusal again.
    tell(&mut raw, &REJECTED);
    cast.play(&[
        Ask("m", "end", "HostGone: .."),
        Ask("m", "end", "HostGone: .."),
        Ask("m", "read k", "2"),
        Until("m", "threads", ""),
        Finish("m"),
    ]);
}

#[test]
fn whoever_joins_an_impostor_is_told_and_not_harmed() {
    for (name, says, then) in CASES {
        println!("{name}");
        let (mut cast, mut raw) = guest("join");
        assert!(raw.next().unwrap().starts_with(&preamble(VERSION)));
        raw.send(&says());
        drop(raw);
        cast.play(then);
        let peak = peak_memory(cast.pid("m"));
        assert!(peak < 400 * 1024, "it has taken {peak} KiB");
        // It may have a session of its own now.
        cast.play(&[
            Ask("m", "host", "ok"),
            Ask("m", "create n number 1", "ok"),
            Finish("m"),
        ]);
        let complaints = cast.complaints("m");
        assert!(!complaints.contains("panicked"), "{complaints}");
    }
}

#[test]
fn whoever_joins_a_host_that_says_nothing_is_told_in_time() {
    for says in [vec![], welcome(&[]), with_list(&[])] {
        let (mut cast, mut raw) = guest("hasty join");
        raw.send(&says);
        cast.play(&[
            Hear(
                "m",
                "SyncTimeout: .. was not in sync after 100ms; .. `sync_timeout` ..",
            ),
            Until("m", "threads", ""),
            Finish("m"),
        ]);
    }
}
