use super::*;
use crate::{Shared, core::message::Whole, cursor::Cursor, recorder::Recorder, schema::schema_of};

type List = Vec<u64>;

const MEMBER: PeerId = PeerId(1);
const OTHER: PeerId = PeerId(2);

const LIMIT: Limit = Limit {
    commits: 100,
    bytes: 1000,
};

/// What a change of a list of ten is as a commit.
fn patches(make: impl FnOnce(&mut <List as Shared>::Mut<'_>)) -> Vec<u8> {
    let (mut list, mut recorder): (List, _) = ((0..10).collect(), Recorder::default());
    make(&mut List::writer(Cursor::new(&mut list, &mut recorder)));
    recorder.patches().to_vec()
}

fn carry(bridge: &mut Bridge, tail: &mut Tail, base: Seq, patches: &[u8]) -> Option<Vec<u8>> {
    let terms = Terms {
        base,
        anew: false,
        whole: Whole::No,
    };
    let carried = bridge.carry(&schema_of::<List>(), tail, LIMIT, MEMBER, terms, patches);
    match carried.unwrap() {
        Carried::Moved(moved, _) => Some(moved),
        Carried::Same | Carried::Unmoved => None,
        Carried::Stale => panic!("it is not too far behind"),
    }
}

#[test]
fn what_an_action_does_when_it_is_run_again_leads_elsewhere() {
    let (mut bridge, mut tail) = (Bridge::default(), Tail::default());
    let set = |at: usize| patches(|list| list.at(at).set(99));
    tail.push(1, OTHER, &set(9), LIMIT);
    // An action of the member, which has not heard of that, is refused. Taken back it is a set; run again it had
    // put something in.
    assert_eq!(carry(&mut bridge, &mut tail, 0, &set(2)), None);
    let again = patches(|list| list.insert(0, 99));
    bridge.refused(2, set(2), Some(again));
    // What it made before it has heard of anything is beside both.
    assert_eq!(carry(&mut bridge, &mut tail, 0, &set(5)), None);
    bridge.ordered(3);
    // It has heard of the first, and has run the action again.
    assert_eq!(carry(&mut bridge, &mut tail, 1, &set(5)), Some(set(6)));
}

#[test]
fn no_more_is_remembered_than_there_is_room_for() {
    let mut tail = Tail::default();
    let unheard = |tail: &mut Tail, seq| tail.since(seq, MEMBER).map(Iterator::count);
    tail.push(1, OTHER, &[0; 600], LIMIT);
    assert_eq!((unheard(&mut tail, 0), tail.bytes()), (Some(1), 1200));
    // There is another copy of it for those who have not heard of it, and so no room for both commits.
    tail.push(2, OTHER, &[0; 300], LIMIT);
    assert_eq!(
        (unheard(&mut tail, 0), unheard(&mut tail, 1)),
        (None, Some(1))
    );
    tail.push(3, OTHER, &[0; 1001], LIMIT);
    assert_eq!(
        (unheard(&mut tail, 2), unheard(&mut tail, 3)),
        (None, Some(0))
    );
    assert_eq!((tail.bytes(), tail.commits.len()), (0, 0));
}
