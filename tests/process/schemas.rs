//! Schemas cross a connection once each way, and what each side has named does not cross it at all.

use ipos_transport::Listener;

use crate::{
    cast::{
        Cast, OPENING,
        Step::{Ask, Begin, Finish, Hear, Until},
    },
    raw::{
        Answer, Hash, Known, Leaf, Raw, Schema,
        Shape::{self, List, Text},
        ToHost::{self, Chunk},
        ToMember, VERSION, bytes, framed, preamble,
    },
};

fn number() -> Schema {
    Schema(0, vec![Shape::Leaf(Leaf::U64)])
}

fn text() -> Schema {
    Schema(0, vec![Text])
}

fn list() -> Schema {
    Schema(0, vec![List("Vec".into(), 1), Shape::Leaf(Leaf::U64)])
}

fn is_schema(message: &[u8]) -> bool {
    message[0] == bytes(&ToMember::Schema(text()))[0]
}

#[test]
fn a_member_is_told_each_schema_once_unless_it_has_it() {
    let mut cast = Cast::new();
    cast.play(OPENING);
    cast.play(&[
        Ask("h", "create n number 0", "ok"),
        Ask("h", "create o number 0", "ok"),
        Ask("h", "create t text a", "ok"),
        Ask("h", "create l list 1,2", "ok"),
    ]);
    let cases: [(&[Schema], &[Schema]); 4] = [
        (&[], &[number(), text(), list()]),
        (&[number()], &[text(), list()]),
        (&[list(), text()], &[number()]),
        (&[number(), text(), list()], &[]),
    ];
    let mut members = Vec::new();
    for (has, told) in cases {
        let (endpoint, token) = cast.invite("h");
        let has: Vec<Hash> = has.iter().map(Schema::hash).collect();
        let (raw, me, given) = Raw::join_with(&endpoint, &token, &has);
        let told: Vec<_> = told
            .iter()
            .map(|table| bytes(&ToMember::Schema(table.clone())))
            .collect();
        let given: Vec<_> = given.into_iter().filter(|one| is_schema(one)).collect();
        assert_eq!(given, told);
        members.push((raw, me));
        cast.play(&[Ask("h", "let-in", "ok")]);
    }
    // What they have is not told them again; what is new is told all of them.
    cast.play(&[
        Ask("h", "create p number 0", "ok"),
        Ask("h", "create b board sample", "ok"),
        Ask("h", "create c board sample", "ok"),
    ]);
    for (raw, _) in &mut members {
        let mut next = || {
            let message = raw.next().expect("it is told");
            // Nor is it a part of an object, or a member that has joined.
            let joined = bytes(&ToMember::Joined(0, None, String::new()))[0];
            (![1, joined].contains(&message[0])).then(|| is_schema(&message))
        };
        let mut told = Vec::new();
        while told.len() < 4 {
            told.extend(next());
        }
        assert_eq!(told, [false, true, false, false]);
    }
    // Nor need they tell the host what it has.
    let (raw, me) = &mut members[0];
    raw.send(&framed(bytes(&ToHost::Create {
        number: 1,
        object: (*me, 1),
        key: "own".into(),
        schema: text().hash(),
        length: 2,
    })));
    raw.send(&framed(bytes(&Chunk(b"\x01b".to_vec()))));
    cast.play(&[
        Until("h", "keys", ".. own .."),
        Ask("h", "get own text", "ok"),
        Ask("h", "read own", "b"),
    ]);
}

#[test]
fn a_program_says_which_schemas_it_has_named() {
    let mut cast = Cast::new();
    let listener = Listener::private_in(cast.stage().path()).unwrap();
    let mut command = cast.command();
    command.env("IPOS_ENDPOINT", listener.endpoint().to_string());
    command.env("IPOS_TOKEN", "5".repeat(64));
    cast.start("m", command);
    cast.play(&[
        Ask("m", "host", "ok"),
        Ask("m", "create n number 1", "ok"),
        Ask("m", "create o number 1", "ok"),
        Ask("m", "create t text a", "ok"),
        Ask("m", "leave", "ok"),
        Begin("m", "join"),
    ]);
    let mut raw = Raw::new(listener.accept().unwrap());
    let hello = raw.next().unwrap();
    let has = bytes(&vec![number().hash(), text().hash()]);
    assert!(hello.ends_with(&has), "{hello:?}");
    let has = vec![list().hash()];
    let welcome = Answer::Welcome(1, String::new(), 1 << 24, has, None, Known::nothing());
    raw.send(&framed([preamble(VERSION), bytes(&welcome)].concat()));
    for message in [
        ToMember::Object {
            seq: 1,
            object: (0, 1),
            key: "n".into(),
            schema: number().hash(),
            reserved: false,
            length: 1,
        },
        ToMember::Chunk(vec![7]),
        ToMember::Live(1, vec![]),
    ] {
        raw.send(&framed(bytes(&message)));
    }
    cast.play(&[
        Hear("m", "ok"),
        Ask("m", "get n number", "ok"),
        Ask("m", "read n", "7"),
        // The host has this one.
        Ask("m", "create l list 1", "ok"),
        // It is told this one, once.
        Ask("m", "create p number 1", "ok"),
        Ask("m", "create q number 1", "ok"),
    ]);
    assert_eq!(raw.next(), Some(bytes(&ToHost::Ready)));
    let [create, chunk] = [1, 2];
    let schema = bytes(&ToHost::Schema(number()));
    for kind in [create, chunk, schema[0], create, chunk, create, chunk] {
        let message = raw.next().expect("it is told");
        assert_eq!(message[0], kind);
        assert!(kind != schema[0] || message == schema);
    }
    drop(raw);
    cast.play(&[Ask("m", "wait-for never", "HostGone: .."), Finish("m")]);
}
