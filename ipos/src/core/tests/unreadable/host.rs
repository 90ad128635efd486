//! A host refuses what its type refuses as one that has a validator.

use std::fmt::Debug;

use super::{
    Edit::{self, Insert, Push, Remove, Set},
    OBJECT, any, even, list, numbers, patches, replica,
};
use crate::{
    core::{
        Judge, Origin, Outcome, PeerId, Proposal, Replica, Validator,
        message::{Terms, Whole},
        tail::Limit,
    },
    wire::DecodeError,
};

/// A host's answer to the proposal of a member that has heard of nothing.
pub(super) fn answer(
    replica: &mut Replica,
    number: u64,
    patches: &[u8],
) -> Result<Outcome, DecodeError> {
    let limit = Limit {
        commits: 1024,
        bytes: 1 << 16,
    };
    let origin = Origin::of(PeerId(1), None);
    let proposal = Proposal {
        number,
        object: OBJECT,
        terms: Terms {
            base: 0,
            anew: false,
            whole: Whole::No,
        },
        patches,
        acts: vec![],
        no_room: None,
    };
    let outcome = replica.apply_proposal(&origin, (limit, usize::MAX), &proposal)?;
    match &outcome {
        Outcome::Same => replica.confirm_proposal(PeerId(1), number, limit, patches),
        Outcome::Amended(patches) => {
            replica.confirm_proposal(PeerId(1), number, limit, patches);
        }
        Outcome::Refused { inverse, .. } => {
            replica.refuse_proposal(PeerId(1), number, inverse.clone(), None);
        }
        Outcome::Stale | Outcome::Late => {}
        Outcome::Acted(_) => unreachable!("there are no actions"),
    }
    Ok(outcome)
}

/// What does not depend on the words of whoever refuses.
fn gist(outcome: Outcome) -> impl Debug + PartialEq {
    match outcome {
        Outcome::Refused { inverse, .. } => ("refused", inverse),
        Outcome::Amended(patches) => ("amended", patches),
        Outcome::Same => ("same", vec![]),
        Outcome::Stale => ("stale", vec![]),
        Outcome::Late => ("late", vec![]),
        Outcome::Acted(acted) => ("acted", acted.effect),
    }
}

#[test]
fn a_host_refuses_what_its_type_refuses() {
    // Each is made on top of those before it.
    let rows: [(&[&[Edit]], &[u32]); 4] = [
        (&[&[Push(3)], &[Set(2, 8)], &[Push(6)]], &[2, 4, 6]),
        (&[&[Insert(0, 3), Push(6)], &[Set(1, 8)]], &[8, 4]),
        (&[&[Set(0, 6), Set(0, 3)], &[Insert(1, 8)]], &[2, 8, 4]),
        (
            &[&[Remove(0), Set(0, 3)], &[Set(0, 6)], &[Push(8)]],
            &[2, 6, 8],
        ),
    ];
    for (commits, end) in rows {
        let mut strict = replica::<even::Even>(&[2, 4]);
        let mut judged = replica::<any::Even>(&[2, 4]);
        let no_odd = |_: &Vec<any::Even>, after: &Vec<any::Even>, _: &Origin| {
            let odd = after.iter().find(|even| even.0 % 2 == 1);
            odd.map_or(Ok(()), |odd| Err(format!("{odd:?}")))
        };
        let judge: Box<dyn Judge> = Box::new(Validator::new(list(&[2, 4]), no_odd));
        judged.set_rules(Some(judge), true);
        let mut there = list(&[2, 4]);
        for (number, edits) in (1..).zip(commits) {
            let patches = patches(&mut there, edits);
            let outcome = answer(&mut strict, number, &patches).unwrap();
            if let Outcome::Refused { reason, .. } = &outcome {
                assert!(reason.ends_with("Even refuses it: 3 is odd"), "{reason}");
            }
            let judged = answer(&mut judged, number, &patches).unwrap();
            assert_eq!(gist(outcome), gist(judged), "{edits:?} of {commits:?}");
        }
        assert_eq!(numbers(strict.state()), end);
        assert_eq!(numbers(judged.state()), end);
    }
}
