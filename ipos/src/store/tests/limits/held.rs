//! What a host holds beside values: each has a total.

use super::*;
use crate::{
    cell::Cell,
    core::message::Whole,
    store::{Request, host::HostStore},
};

/// The bytes that are here for a member to move what it proposes over.
fn bridged(host: &HostStore<Posts>, peer: PeerId) -> usize {
    let cells = host.cells();
    let bytes = cells.iter().map(|cell| cell.look().bridge_bytes(peer));
    bytes.sum()
}

impl Room {
    /// Writes so many letters behind it, of which it says on what that is made.
    fn push(&mut self, member: usize, object: ObjectId, length: usize, terms: Terms) -> Request {
        let patches = [&[1, 0][..], &text(length)].concat();
        let (number, _) = self.next(member);
        let mut bytes = Vec::new();
        let commit = ToHost::Commit {
            number,
            object,
            terms,
            patches: &patches,
        };
        put(&mut bytes, &commit);
        let origin = Origin::of(self.members[member].peer, None);
        self.host.take(&origin, &bytes).unwrap()
    }

    /// Whether the host has told that a member is too far behind with its last proposal.
    fn is_stale(&self, member: usize) -> bool {
        let Talker { peer, number } = self.members[member];
        let told = std::mem::take(&mut self.host.table().post.0);
        let mut told = told.iter().filter(|(to, _)| *to == peer);
        told.any(|(_, message)| {
            let message: ToMember<'_> = message::read(message).unwrap();
            matches!(message, ToMember::Stale { number: of } if of == number)
        })
    }

    fn waits(&self, member: usize) -> bool {
        let peer = self.members[member].peer;
        let table = self.host.table();
        table.sequencer.seen().any(|it| it.peer == peer && it.waits)
    }
}

/// A member writes a lot to many objects; another one writes to each of them as if it had not heard of anything.
/// With `holds`, somebody reads each object that has been written by both.
fn check_bridges(holds: bool, carried: usize) {
    const OBJECTS: usize = 64;
    let most = Memory::default().bridges;
    let mut room = Room::new(Limits::default(), 2);
    let behind = room.members[1].peer;
    let mut objects = Vec::new();
    for number in 0..OBJECTS {
        let (object, _) = room.create(0, &number.to_string(), 1);
        room.push(0, object, 200 * 1024, Terms::default());
        assert!(!room.is_stale(0));
        objects.push(object);
    }
    let cells: Vec<Arc<Cell>> = (0..OBJECTS)
        .map(|number| room.host.named(&number.to_string()).unwrap())
        .collect();
    let mut held = Vec::new();
    let mut fresh = 0;
    for (&object, cell) in objects.iter().zip(&cells) {
        room.push(1, object, 1, Terms::default());
        fresh += usize::from(!room.is_stale(1));
        let there = bridged(&room.host, behind);
        assert!(there <= most, "{there} bytes");
        if holds {
            held.push(cell.look());
        }
    }
    assert!(bridged(&room.host, behind) > 0);
    assert_eq!(fresh, carried);
    drop(held);
    // Where it was left behind it is told so, and can go on.
    room.push(1, objects[0], 1, Terms::default());
    assert_eq!(room.is_stale(1), !holds);
    let anew = Terms {
        base: room.host.table().sequencer.seq(),
        anew: true,
        ..Terms::default()
    };
    room.push(1, objects[0], 1, anew);
    assert!(!room.is_stale(1));
    for number in 0..OBJECTS {
        assert_eq!(room.delete(0, &number.to_string()), None);
    }
    assert_eq!(bridged(&room.host, behind), 0);
}

#[test]
fn what_a_member_has_not_heard_of_all_objects_has_a_limit() {
    check_bridges(false, 64);
    check_bridges(true, 19);
}

#[test]
fn a_whole_value_counts_until_it_has_its_key() {
    let limits = Limits {
        value_bytes: 1000,
        ..Limits::default()
    };
    let mut room = Room::new(limits, 2);
    assert_eq!(room.create(1, "k", 1).1, None);
    let value = text(700);
    room.announce(0, "k", value.len() as u64);
    let cell = room.host.named("k").unwrap();
    let held = cell.lock();
    std::thread::scope(|scope| {
        let (host, peer) = (&room.host, room.members[0].peer);
        let come = scope.spawn(move || {
            let mut bytes = Vec::new();
            put(&mut bytes, &ToHost::Chunk(&value));
            host.take(&Origin::of(peer, None), &bytes).map(drop)
        });
        while !room.waits(0) {
            std::thread::yield_now();
        }
        let other = Talker {
            peer: room.members[1].peer,
            number: room.members[1].number + 1,
        };
        let create = ToHost::Create {
            number: other.number,
            object: ObjectId {
                creator: other.peer,
                number: 9,
            },
            key: "other",
            schema: table_of::<String>().hash(),
            length: 400,
        };
        room.say(1, &create).unwrap();
        room.say(1, &ToHost::Chunk(&[7; 400])).unwrap();
        let told = room.host.table().post.0.clone();
        let refused = told.iter().any(|(to, message)| {
            let message: ToMember<'_> = message::read(message).unwrap();
            *to == other.peer && matches!(message, ToMember::Rejected { .. })
        });
        assert!(refused);
        drop(held);
        come.join().unwrap().unwrap();
    });
    room.members[1].number += 1;
    assert_eq!(room.verdict(0), None);
    // It counts once.
    assert_eq!(room.create(1, "other", 280).1, None);
    check_refused(&room.create(1, "more", 280).1, "about 990 bytes");
    // Nothing of it is left when it is gone.
    assert_eq!(room.delete(1, "k"), None);
    assert_eq!(room.delete(1, "other"), None);
    assert_eq!(room.create(1, "all", 980).1, None);
}

#[test]
fn a_schema_counts_as_soon_as_its_object_comes() {
    let limits = Limits {
        value_bytes: 1000,
        ..Limits::default()
    };
    let mut room = Room::new(limits, 2);
    let schema = named(1, 600);
    let hash = schema.hash();
    for member in 0..2 {
        let table = Cow::Owned(schema.clone());
        room.say(member, &ToHost::Schema { table }).unwrap();
    }
    // Both are announced before either is there.
    for member in 0..2 {
        let (number, object) = room.next(member);
        let create = ToHost::Create {
            number,
            object,
            key: ["a", "b"][member],
            schema: hash,
            length: 1,
        };
        room.say(member, &create).unwrap();
    }
    for member in 0..2 {
        room.say(member, &ToHost::Chunk(&[0])).unwrap();
    }
    check_refused(&room.verdict(1), "and 1000 is its limit");
    assert_eq!(room.host.keys(), ["a"]);
}

#[test]
fn nobody_waits_for_an_object_that_is_only_to_be_weighed() {
    let limits = Limits {
        value_bytes: 1000,
        ..Limits::default()
    };
    let mut room = Room::new(limits, 1);
    let (x, _) = room.create(0, "x", 500);
    let (y, _) = room.create(0, "y", 1);
    assert_eq!(room.set(0, x, 300), None);
    let cell = room.host.named("x").unwrap();
    let held = cell.lock();
    check_refused(&room.set(0, y, 400), "its limit");
    drop(held);
    // Now it can be seen that there is room.
    assert_eq!(room.set(0, y, 400), None);
    // A member waits for its host while objects are weighed.
    let patches = [&[0][..], &text(400)].concat();
    let (number, _) = room.next(0);
    let commit = ToHost::Commit {
        number,
        object: y,
        terms: Terms::default(),
        patches: &patches,
    };
    let peer = room.members[0].peer;
    let unweighed = room.host.table().sequencer.unweighed(peer, &commit);
    assert_eq!((unweighed.len(), room.waits(0)), (1, true));
    room.say(0, &commit).unwrap();
    assert!(!room.waits(0));
}

/// How an object loses its key.
type Ends<'a> = &'a dyn Fn(&mut Room);

#[test]
fn the_host_hears_of_what_came_too_late_and_was_to_count_as_a_whole() {
    let whole = Terms {
        whole: Whole::Yes,
        ..Terms::default()
    };
    // It is deleted, or overwritten, or that is long ago.
    let cases: [(Ends<'_>, &str); 3] = [
        (&|room| assert_eq!(room.delete(0, "k"), None), "k"),
        (&|room| assert_eq!(room.create(0, "k", 2).1, None), "k"),
        (
            &|room| {
                for _ in 0..2000 {
                    assert_eq!(room.create(0, "k", 2).1, None);
                }
            },
            "",
        ),
    ];
    for (ends, expected) in cases {
        let mut room = Room::new(Limits::default(), 2);
        let (object, _) = room.create(0, "k", 1);
        ends(&mut room);
        assert!(matches!(
            room.push(1, object, 2, Terms::default()),
            Request::Done
        ));
        let Request::Refused { key, reason } = room.push(1, object, 2, whole) else {
            panic!("it is refused");
        };
        assert_eq!(
            (&*key, &*reason),
            (expected, "the object was overwritten or deleted")
        );
    }
}
