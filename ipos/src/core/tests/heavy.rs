//! What it would take the host too long to move is applied as it was made, but for what is to count as a
//! whole: nobody can tell whether it does what was meant.

use crate::{
    Shared,
    core::{
        ObjectId, Origin, Outcome, PeerId, Proposal, Replica, Typed,
        commit::{self, Applied},
        message::{Terms, Whole},
        tail::Limit,
    },
    cursor::Cursor,
    recorder::{Recorder, UndoLog},
    types::list,
};

type Numbers = Vec<u32>;
type Change = fn(&mut <Numbers as Shared>::Mut<'_>);

const LIMIT: Limit = Limit {
    commits: 100,
    bytes: 1 << 20,
};

const REVERSE: Change = |w| w.sort_by(|a, b| b.cmp(a));

/// A member proposes commits that it has made one after the other, all before it has heard of the host's
/// one. Whether each counts.
fn check(len: u32, theirs: Change, proposed: &[(Whole, Change)], expected: &[bool]) {
    let object = ObjectId {
        creator: PeerId::HOST,
        number: 0,
    };
    let numbers: Numbers = (0..len).collect();
    let mut host = Replica::new(object, 0, Box::new(Typed::new(numbers.clone())));
    let (state, recorder) = host.parts();
    let typed: &mut Typed<Numbers> = state.as_any_mut().downcast_mut().unwrap();
    theirs(&mut Numbers::writer(Cursor::new(
        &mut typed.value,
        recorder,
    )));
    host.commit_confirmed(1, Some(LIMIT));
    let (peer, mut value) = (PeerId(1), numbers);
    let counts = (1..).zip(proposed).map(|(number, &(whole, change))| {
        let mut recorder = Recorder::default();
        change(&mut Numbers::writer(Cursor::new(&mut value, &mut recorder)));
        let terms = Terms {
            whole,
            ..Terms::default()
        };
        let proposal = Proposal {
            number,
            object,
            terms,
            patches: recorder.patches(),
            acts: vec![],
            no_room: None,
        };
        let seq = number + 1;
        match host.apply_proposal(&Origin::of(peer, None), (LIMIT, usize::MAX), &proposal) {
            Ok(Outcome::Same) => {
                host.confirm_proposal(peer, seq, LIMIT, proposal.patches);
                true
            }
            Ok(Outcome::Amended(patches)) => {
                host.confirm_proposal(peer, seq, LIMIT, &patches);
                true
            }
            Ok(Outcome::Refused { inverse, .. }) => {
                host.refuse_proposal(peer, seq, inverse, None);
                false
            }
            other => panic!("{other:?}"),
        }
    });
    assert_eq!(counts.collect::<Vec<_>>(), expected, "of {len} numbers");
}

#[test]
fn what_is_too_heavy_to_move_does_not_count_as_a_whole() {
    let (any, whole) = (Whole::No, Whole::Yes);
    let (push, set): (Change, Change) = (|w| w.push(1), |w| w.at(0).set(7));
    for (len, theirs, proposed, expected) in [
        (
            10,
            push,
            &[(whole, set), (whole, set)][..],
            &[true, true][..],
        ),
        (2000, push, &[(whole, REVERSE)], &[true]),
        (2000, REVERSE, &[(any, REVERSE)], &[true]),
        (2000, REVERSE, &[(whole, REVERSE)], &[false]),
        // What was made on top of that is not sure either.
        (
            2000,
            REVERSE,
            &[(any, REVERSE), (whole, set)],
            &[true, false],
        ),
    ] {
        check(len, theirs, proposed, expected);
    }
}

type Write<'a> = &'a dyn Fn(&mut Vec<u8>);

#[test]
fn changes_of_all_elements_that_are_out_of_proportion_become_nothing() {
    const LENGTH: usize = 1 << 20;
    let reverse = |out: &mut Vec<u8>| list::write_positions(out, list::REVERSE, &[LENGTH]);
    let rotate = |out: &mut Vec<u8>| list::write_positions(out, list::ROTATE, &[LENGTH, 1]);
    let retain = |out: &mut Vec<u8>| list::write_numbers(out, list::RETAIN, &[LENGTH]);
    let writes: [Write<'_>; 3] = [&reverse, &rotate, &retain];
    for write in writes {
        let mut one = Vec::new();
        write(&mut one);
        // The bytes allow for a part of the fifth; after that nothing is left.
        for (count, applied) in [(1, 1), (4, 4), (5, 5), (7, 5)] {
            let (patches, expected) = (one.repeat(count), one.repeat(applied));
            let mut typed = Typed::new(vec![0u8; LENGTH]);
            let proposed = commit::apply_proposed(&mut typed, &patches, &mut UndoLog::default());
            let proposed = proposed.unwrap();
            assert_eq!(proposed.is_whole(), count == applied, "{count} of {one:?}");
            assert_eq!(proposed.of(&patches), expected, "{count} of {one:?}");
        }
    }
    // One that is confirmed is applied whatever it takes.
    let confirmed = {
        let mut out = Vec::new();
        (0..6).for_each(|_| reverse(&mut out));
        out
    };
    let mut typed = Typed::new(vec![0u8; LENGTH]);
    let applied = commit::apply(&mut typed, &confirmed, &mut UndoLog::default());
    assert_eq!(applied, Ok(Applied::Whole));
}
