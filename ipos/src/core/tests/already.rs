//! What a pending commit does by a key, and another has done already, counts when that is taken back.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Shared,
    core::{ObjectId, PeerId, Replica, Typed},
    cursor::Cursor,
    recorder::Recorder,
};

type Change<T> = fn(&mut <T as Shared>::Mut<'_>);

/// Asserts what is shown when `mine` is pending and `theirs` come in one after the other.
fn check<T: Shared + PartialEq>(start: T, mine: Change<T>, theirs: [Change<T>; 2], shown: &T) {
    let object = ObjectId {
        creator: PeerId::HOST,
        number: 0,
    };
    let mut replica = Replica::new(object, 1, Box::new(Typed::new(start.clone())));
    let (state, recorder) = replica.parts();
    let typed: &mut Typed<T> = state.as_any_mut().downcast_mut().unwrap();
    mine(&mut T::writer(Cursor::new(&mut typed.value, recorder)));
    replica.commit_pending(1, false);
    let mut there = start;
    for (seq, change) in (2..).zip(theirs) {
        let mut recorder = Recorder::default();
        change(&mut T::writer(Cursor::new(&mut there, &mut recorder)));
        replica
            .apply_confirmed([(seq, PeerId::HOST, recorder.patches())])
            .unwrap();
    }
    let found: &Typed<T> = replica.state().as_any().downcast_ref().unwrap();
    assert_eq!(&found.value, shown);
}

#[test]
fn what_has_been_done_already_stays_in_a_pending_commit() {
    type Set = BTreeSet<u8>;
    type Map = BTreeMap<u8, bool>;
    let three = Set::from([3]);
    let put: Change<Set> = |w| {
        w.insert(3);
    };
    let take: Change<Set> = |w| {
        w.remove(&3);
    };
    check::<Set>(Set::new(), put, [put, take], &three);
    check::<Set>(three.clone(), take, [take, put], &Set::new());
    let both: Change<Set> = |w| w.extend([3, 4]);
    check::<Set>(Set::new(), both, [put, take], &Set::from([3, 4]));
    check::<Set>(Set::new(), both, [both, |w| w.clear()], &Set::from([3, 4]));
    let map = Map::from([(3, true)]);
    let put: Change<Map> = |w| {
        w.insert(3, true);
    };
    let take: Change<Map> = |w| {
        w.remove(&3);
    };
    check::<Map>(map, take, [take, put], &Map::new());
}
