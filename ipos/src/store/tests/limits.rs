//! What members may add to a session, and what they are told beyond that.

mod held;

use std::borrow::Cow;

use super::*;
use crate::{
    Limits, Schema,
    core::{
        ObjectId, ToMember, Violation,
        message::{self, Terms, ToHost},
    },
    schema::{
        Shape,
        tests::{at, table},
    },
    wire::put,
};

/// A host with so much room, and its members.
struct Room {
    host: HostStore<Posts>,
    members: Vec<Talker>,
}

/// A member, by its messages alone.
struct Talker {
    peer: PeerId,
    number: u64,
}

/// Why something was refused, if so.
type Reason = Option<String>;

fn text(length: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    put(&mut bytes, &"x".repeat(length));
    bytes
}

impl Room {
    fn new(limits: Limits, members: usize) -> Self {
        let memory = Memory {
            limits,
            ..Memory::default()
        };
        let host = HostStore::new(memory, usize::MAX, Posts::default());
        let admit = |_| Talker {
            peer: host.with(|sequencer, _| {
                let exchange = Exchange::new([], [table_of::<String>()]);
                sequencer.admit(exchange, Profile::default())
            }),
            number: 0,
        };
        let members = (0..members).map(admit).collect();
        Self { host, members }
    }

    fn say(&self, member: usize, message: &ToHost<'_>) -> Result<(), Violation> {
        let mut bytes = Vec::new();
        put(&mut bytes, message);
        let origin = Origin::of(self.members[member].peer, None);
        self.host.take(&origin, &bytes).map(drop)
    }

    /// The verdict on the last proposal of a member.
    #[track_caller]
    fn verdict(&self, member: usize) -> Reason {
        let Talker { peer, number } = self.members[member];
        let told = std::mem::take(&mut self.host.table().post.0);
        let mut verdicts = told.iter().filter(|(to, _)| *to == peer);
        let reason = verdicts.find_map(|(_, message)| match message::read(message).unwrap() {
            ToMember::Accepted { number: of, .. } if of == number => Some(None),
            ToMember::Rejected {
                number: of, reason, ..
            } if of == number => Some(Some(reason.to_owned())),
            _ => None,
        });
        reason.expect("it has a verdict")
    }

    fn next(&mut self, member: usize) -> (u64, ObjectId) {
        let Talker { peer, number } = &mut self.members[member];
        *number += 1;
        let object = ObjectId {
            creator: *peer,
            number: u32::try_from(*number).unwrap(),
        };
        (*number, object)
    }

    /// Says that a value of so many bytes comes.
    fn announce(&mut self, member: usize, key: &str, length: u64) -> ObjectId {
        let (number, object) = self.next(member);
        let schema = table_of::<String>().hash();
        let create = ToHost::Create {
            number,
            object,
            key,
            schema,
            length,
        };
        self.say(member, &create).unwrap();
        object
    }

    /// Creates a text of so many letters.
    fn create(&mut self, member: usize, key: &str, length: usize) -> (ObjectId, Reason) {
        let value = text(length);
        let object = self.announce(member, key, value.len() as u64);
        for chunk in value.chunks(16) {
            self.say(member, &ToHost::Chunk(chunk)).unwrap();
        }
        (object, self.verdict(member))
    }

    /// Makes it a text of so many letters.
    fn set(&mut self, member: usize, object: ObjectId, length: usize) -> Reason {
        let patches = [&[0][..], &text(length)].concat();
        let (number, _) = self.next(member);
        let commit = ToHost::Commit {
            number,
            object,
            terms: Terms::default(),
            patches: &patches,
        };
        self.say(member, &commit).unwrap();
        self.verdict(member)
    }

    fn delete(&mut self, member: usize, key: &str) -> Reason {
        let (number, _) = self.next(member);
        self.say(member, &ToHost::Delete { number, key }).unwrap();
        self.verdict(member)
    }
}

#[track_caller]
fn check_refused(reason: &Reason, words: &str) {
    let reason = reason.as_deref().expect("it is refused");
    assert!(reason.contains(words), "{reason}");
}

/// What a member does with a key.
#[derive(Clone, Copy, Debug)]
enum Does {
    Create(&'static str, usize),
    Delete(&'static str),
}
use Does::{Create, Delete};

/// What it does, and why that is refused, if it is.
type Step = (Does, Option<&'static str>);

#[test]
fn what_is_one_too_many_is_refused_until_there_is_room_again() {
    const OBJECTS: &str = "the session has 2 objects, its limit";
    const KEYS: &str = "the keys of the session take 8 bytes, and 10 is its limit";
    const VALUES: &str = "and 100 is its limit: delete objects";
    let default = Limits::default();
    let cases: [(Limits, &[Step]); 3] = [
        (
            Limits {
                objects: 2,
                ..default
            },
            &[
                (Create("a", 1), None),
                (Create("b", 1), None),
                (Create("c", 1), Some(OBJECTS)),
                (Create("a", 2), None),
                (Delete("c"), None),
                (Create("c", 1), Some(OBJECTS)),
                (Delete("b"), None),
                (Create("c", 1), None),
            ],
        ),
        (
            Limits {
                key_bytes: 10,
                ..default
            },
            &[
                (Create("aaaa", 1), None),
                (Create("bbbb", 1), None),
                (Create("ccc", 1), Some(KEYS)),
                (Create("aaaa", 2), None),
                (Create("cc", 1), None),
                (Delete("bbbb"), None),
                (Create("ddd", 1), None),
            ],
        ),
        (
            Limits {
                value_bytes: 100,
                ..default
            },
            &[
                (Create("a", 200), Some(VALUES)),
                (Create("a", 50), None),
                (Create("b", 50), Some(VALUES)),
                (Create("b", 30), None),
                (Create("c", 30), Some(VALUES)),
                // In place of one there is as much room as that takes.
                (Create("a", 60), None),
                (Delete("a"), None),
                (Create("c", 50), None),
            ],
        ),
    ];
    for (limits, steps) in cases {
        let mut room = Room::new(limits, 1);
        for (does, expected) in steps {
            let reason = match *does {
                Create(key, length) => room.create(0, key, length).1,
                Delete(key) => room.delete(0, key),
            };
            match expected {
                Some(words) => check_refused(&reason, words),
                None => assert_eq!(reason, None, "{limits:?}: {does:?}"),
            }
        }
    }
}

#[test]
fn a_commit_that_may_lead_beyond_the_limit_is_refused_and_one_that_replaces_is_not() {
    let limits = Limits {
        value_bytes: 1000,
        ..Limits::default()
    };
    let mut room = Room::new(limits, 1);
    let (a, _) = room.create(0, "a", 600);
    check_refused(
        &room.set(0, a, 500),
        "about 605 bytes, and 1000 is its limit",
    );
    for length in 0..200 {
        assert_eq!(room.set(0, a, length), None, "{length}");
    }
    let (_, created) = room.create(0, "b", 600);
    assert_eq!(created, None);
    check_refused(&room.set(0, a, 500), "its limit");
    assert_eq!(room.delete(0, "b"), None);
    assert_eq!(room.set(0, a, 500), None);
}

#[test]
fn what_the_host_has_counts_and_is_not_refused() {
    let limits = Limits {
        objects: 1,
        key_bytes: 1,
        value_bytes: 10,
        ..Limits::default()
    };
    let mut room = Room::new(limits, 1);
    for key in ["a", "long key"] {
        let state = Typed::with_schema("x".repeat(100), table_of::<String>());
        room.host.create(key, Own::new(Box::new(state), None));
    }
    check_refused(&room.create(0, "b", 1).1, "its limit");
    check_refused(&room.create(0, "a", 100).1, "its limit");
    assert_eq!(room.delete(0, "a"), None);
}

#[test]
fn values_that_are_not_complete_count_while_their_members_are_there() {
    let limits = Limits {
        value_bytes: 1000,
        ..Limits::default()
    };
    let mut room = Room::new(limits, 3);
    // Nothing is kept of what is announced to be too large, however much of it comes.
    room.announce(0, "endless", u64::MAX);
    for _ in 0..100 {
        room.say(0, &ToHost::Chunk(&[7; 100])).unwrap();
    }
    // What is announced takes no room before it comes.
    room.announce(1, "half", 700);
    let (_, created) = room.create(2, "a", 600);
    assert_eq!(created, None);
    assert_eq!(room.delete(2, "a"), None);
    // There is none any more in the middle of a value that was announced in time.
    room.announce(2, "a", 400);
    room.say(2, &ToHost::Chunk(&[7; 200])).unwrap();
    room.say(1, &ToHost::Chunk(&[7; 690])).unwrap();
    room.say(2, &ToHost::Chunk(&[7; 200])).unwrap();
    check_refused(&room.verdict(2), "about 896 bytes");
    check_refused(&room.create(2, "a", 600).1, "about 693 bytes");
    let half = room.members[1].peer;
    room.host.dismiss(half);
    let (_, created) = room.create(2, "a", 600);
    assert_eq!(created, None);
}

/// A table of about so many bytes that is like no other.
fn named(name: usize, bytes: usize) -> Schema {
    table(vec![
        Shape::List(format!("{name:0bytes$}"), at(1)),
        Shape::Text,
    ])
}

#[test]
fn a_member_that_tells_too_many_schemas_is_disconnected() {
    let limits = Limits {
        schema_bytes: 10_000,
        ..Limits::default()
    };
    let room = Room::new(limits, 1);
    let tell = |name, bytes| {
        let table = Cow::Owned(named(name, bytes));
        room.say(0, &ToHost::Schema { table })
    };
    for name in 0..9 {
        tell(name, 1000).unwrap();
    }
    let told = tell(9, 1000);
    assert!(
        matches!(told, Err(Violation::TooManySchemas(10_000))),
        "{told:?}"
    );
    // What is forgotten does not count.
    let limits = Limits {
        schema_bytes: 64 * 1024,
        ..limits
    };
    let room = Room::new(limits, 1);
    for name in 0..10_000 {
        let table = Cow::Owned(named(name, 5));
        room.say(0, &ToHost::Schema { table }).unwrap();
    }
}

#[test]
fn more_members_than_may_be_are_one_too_many() {
    let limits = Limits {
        members: 2,
        ..Limits::default()
    };
    let room = Room::new(limits, 1);
    let is_crowded = || room.host.table().sequencer.is_crowded();
    assert_eq!(is_crowded(), None);
    let second = Profile::default();
    let second = room
        .host
        .with(|sequencer, _| sequencer.admit(Exchange::default(), second));
    check_refused(&is_crowded(), "the session has 2 members, its limit");
    room.host.dismiss(second);
    assert_eq!(is_crowded(), None);
}

#[test]
fn of_the_last_commits_less_is_remembered_of_each_object_the_more_there_are() {
    let room = Room::new(Limits::default(), 0);
    let mut there = 0;
    for (objects, expected) in [(1, 256), (256, 256), (512, 128), (1024, 64), (70_000, 1)] {
        for number in there..objects {
            let state = Typed::with_schema(String::new(), table_of::<String>());
            room.host
                .create(&number.to_string(), Own::new(Box::new(state), None));
        }
        there = objects;
        let limit = room.host.table().sequencer.tail_limit();
        assert_eq!(
            (limit.commits, limit.bytes),
            (1024, expected * 1024),
            "{objects}"
        );
    }
}
