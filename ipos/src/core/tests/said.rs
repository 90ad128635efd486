//! What is heard of what commits with actions say, which their members run again.

use std::sync::{Arc, Mutex};

use serde::{Deserialize, Serialize};

use crate::{
    Action, Events, Shared,
    action::{Failing, perform},
    core::{Audience, ObjectId, PeerId, Replica, Told, Typed, split_events},
    cursor::Cursor,
    patch::Patch,
    schema::table_of,
    wire::Reader,
};

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Bell {
    count: u32,
    rings: Events<u32>,
}

#[crate::actions]
impl Bell {
    fn ring(bell: &mut BellMut<'_>) {
        let count = bell.count + 1;
        bell.set_count(count);
        bell.rings_mut().emit(count);
    }
}

/// Notes each event with its place and who has emitted it.
#[derive(Debug, Default)]
struct Ears(Mutex<Vec<String>>);

impl Audience for Ears {
    fn is_empty(&self) -> bool {
        false
    }

    fn tell(&self, told: Told<'_>) {
        let (place, patches) = match told {
            Told::Committed { patches, .. } => ("early".to_owned(), patches.to_vec()),
            Told::Happened { seq, patches } => (format!("{seq} own"), patches.to_vec()),
            Told::Patched {
                seq,
                origin,
                patches,
            } => (format!("{seq} of {}", origin.0), patches.concat()),
            _ => return,
        };
        let (events, _) = split_events(&table_of::<Bell>(), &patches);
        let mut reader = Reader::of_own(&events);
        while !reader.is_empty() {
            let event = <Bell as Shared>::Patch::decode(&mut reader).unwrap();
            let said = format!("{place}: {event:?}");
            self.0.lock().unwrap().push(said);
        }
    }
}

/// A member that has run the action on a bell that has not rung, and is number 1 of its commits.
fn rung() -> (Replica, Arc<Ears>) {
    let id = ObjectId {
        creator: PeerId::HOST,
        number: 1,
    };
    let state = Typed::with_schema(Bell::default(), table_of::<Bell>());
    let mut replica = Replica::new(id, 5, Box::new(state));
    let ears = Arc::new(Ears::default());
    replica.tell_to(ears.clone());
    {
        let (state, recorder) = replica.parts();
        let state: &mut Typed<Bell> = state.as_any_mut().downcast_mut().unwrap();
        let mut cursor = Cursor::new(&mut state.value, recorder);
        let action = Bell::ring_action();
        let entry = action.entry();
        let Action { args, .. } = action;
        perform(&mut cursor, entry, args, Failing::Asked);
    }
    replica.commit_pending(1, false);
    (replica, ears)
}

/// A commit that sets the count and rings.
fn ring(count: u8) -> Vec<u8> {
    vec![0, 0, count, 1, 1, count]
}

type Hears = fn(&mut Replica);

/// What the member hears, and what is told of it.
const CASES: &[(&str, Hears, &[&str])] = &[
    ("nothing", |_| {}, &[]),
    (
        "the host has done the same",
        |bell| assert!(bell.confirm_own(9, 1, None).unwrap()),
        &["9 own: Rings(Emit(1))"],
    ),
    (
        "the host has done something else",
        |bell| assert!(bell.confirm_own(9, 1, Some(&ring(3))).unwrap()),
        &["9 own: Rings(Emit(3))"],
    ),
    (
        "the host has said nothing",
        |bell| assert!(bell.confirm_own(9, 1, Some(&[0, 0, 3])).unwrap()),
        &[],
    ),
    (
        "somebody else has rung before, and the host has done the same as here by then",
        |bell| {
            bell.apply_confirmed([(6, PeerId(3), &ring(7)[..])])
                .unwrap();
            assert!(bell.confirm_own(9, 1, Some(&ring(8))).unwrap());
        },
        &["6 of 3: Rings(Emit(7))", "9 own: Rings(Emit(8))"],
    ),
    (
        "the host has refused",
        |bell| assert!(bell.refuse_own(9, 1, "no")),
        &[],
    ),
    // It may have been something else, in a place that is not told.
    ("the object comes anew", |bell| bell.confirm_untold(1), &[]),
];

#[test]
fn it_is_what_the_host_has_said_once_with_its_place_and_writer() {
    for (what, hears, told) in CASES {
        let (mut bell, ears) = rung();
        hears(&mut bell);
        assert_eq!(*ears.0.lock().unwrap(), *told, "{what}");
    }
}
