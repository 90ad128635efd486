//! Commits that are apart: nobody can tell in which order they were applied, or taken back.

use proptest::prelude::*;

use super::deep::{self, Deep};
use crate::{
    core::{
        State, Typed,
        commit::{self, Applied},
        transform::Commit,
    },
    recorder::UndoLog,
    schema::schema_of,
};

/// Applies two lists of patches in both orders, if they are apart, and takes one back below the other.
fn must_commute_if_apart(value: &Deep, [one, other]: [&[u8]; 2]) {
    let apply = |typed: &mut Typed<Deep>, patches: &[u8]| -> (Applied, UndoLog) {
        let mut undo = UndoLog::default();
        (commit::apply(typed, patches, &mut undo).unwrap(), undo)
    };
    let mut both = Typed::new(value.clone());
    let schema = both.schema().clone();
    let parse = |patches| Commit::parse(&schema, patches).unwrap();
    let are_apart = parse(one).is_apart_from(&parse(other));
    assert_eq!(parse(other).is_apart_from(&parse(one)), are_apart);
    if are_apart {
        let (first, undo) = apply(&mut both, one);
        let (second, _) = apply(&mut both, other);
        let mut turned = Typed::new(value.clone());
        let (other_first, _) = apply(&mut turned, other);
        let alone = turned.value.clone();
        let (one_second, _) = apply(&mut turned, one);
        assert_eq!((&first, &second), (&one_second, &other_first));
        assert_eq!(both.value, turned.value, "{one:?} and {other:?}");
        commit::undo(&mut both, &undo);
        assert_eq!(both.value, alone, "{one:?} taken back below {other:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn commits_that_are_apart_do_the_same_in_any_order(
        value in deep::values(2),
        patches in prop::collection::vec(deep::patches(2), 6),
    ) {
        let schema = schema_of::<Deep>();
        let bytes = patches.iter().map(|patch| postcard::to_stdvec(patch).unwrap());
        // Among them are new orders that are none.
        let patches: Vec<_> = bytes.filter(|bytes| schema.check_patches(bytes).is_ok()).collect();
        for one in &patches {
            for other in &patches {
                must_commute_if_apart(&value, [one, other]);
            }
        }
        let (one, other) = patches.split_at(patches.len() / 2);
        must_commute_if_apart(&value, [&one.concat(), &other.concat()]);
    }
}
