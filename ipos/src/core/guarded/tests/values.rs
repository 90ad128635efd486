use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{
    Allowed,
    Expected::{self, PutIn},
    check, recorded, refused, replica,
};
use crate::{
    Shared,
    wire::{DEPTH_LIMIT, ZERO_SIZED_LIMIT},
};

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Entry {
    Plain(u8),
    Empty(Vec<()>),
    Inside(Vec<Entry>),
    Guarded {
        #[shared(host_only)]
        ok: bool,
    },
}

const GUARDED: Entry = Entry::Guarded { ok: true };

#[test]
fn a_value_of_a_variant_without_such_a_field_may_be_put_in() {
    check::<Vec<Entry>>(
        &vec![Entry::Plain(1), GUARDED],
        &[
            (|w| w.push(Entry::Plain(2)), Allowed),
            (|w| w.insert(0, Entry::Plain(2)), Allowed),
            (|w| w.set(vec![Entry::Plain(2)]), Allowed),
            (|w| w.at(1).set(Entry::Plain(2)), Allowed),
            (|w| w.push(GUARDED), PutIn("the object", "ok")),
            (|w| w.insert(0, GUARDED), PutIn("the object", "ok")),
            (
                |w| w.extend([Entry::Plain(2), GUARDED]),
                PutIn("the object", "ok"),
            ),
            (|w| w.at(0).set(GUARDED), PutIn("`[]`", "ok")),
        ],
    );
    check::<BTreeMap<Entry, Entry>>(
        &BTreeMap::new(),
        &[
            (|w| _ = w.insert(Entry::Plain(1), Entry::Plain(2)), Allowed),
            (
                |w| _ = w.insert(GUARDED, Entry::Plain(2)),
                PutIn("the object", "ok"),
            ),
            (
                |w| _ = w.insert(Entry::Plain(1), GUARDED),
                PutIn("the object", "ok"),
            ),
        ],
    );
    check::<BTreeSet<Entry>>(
        &BTreeSet::new(),
        &[
            (|w| _ = w.insert(Entry::Plain(1)), Allowed),
            (|w| _ = w.insert(GUARDED), PutIn("the object", "ok")),
        ],
    );
}

/// The entry in so many others.
fn nested(levels: u32, entry: Entry) -> Entry {
    (0..levels).fold(entry, |entry, _| Entry::Inside(vec![entry]))
}

#[test]
fn such_fields_are_found_as_deep_as_values_nest() {
    let check = |levels, entry: &Entry, expected: Expected| {
        let pushed = recorded(vec![], |w: &mut <Vec<Entry> as Shared>::Mut<'_>| {
            w.push(nested(levels, entry.clone()));
        });
        assert_eq!(refused(Vec::<Entry>::new(), &pushed), expected.reason());
    };
    // The list of the root, and for each entry its fields and the list in it.
    let deepest = (DEPTH_LIMIT - 2) / 2;
    for levels in [0, 1, deepest] {
        check(levels, &Entry::Plain(1), Allowed);
        check(levels, &GUARDED, PutIn("the object", "ok"));
    }
    let pushed = recorded(vec![], |w: &mut <Vec<Entry> as Shared>::Mut<'_>| {
        w.push(nested(deepest + 1, GUARDED));
    });
    let replica = replica(Vec::<Entry>::new());
    assert!(replica.refuses_from_member(&pushed).is_err());
}

#[test]
fn values_are_read_over_within_the_bounds_of_their_commit() {
    // As many without bytes as the bytes before them allow for.
    let empty = Entry::Empty(vec![(); ZERO_SIZED_LIMIT + 1_000]);
    let pushed = recorded(vec![], |w: &mut <Vec<Entry> as Shared>::Mut<'_>| {
        w.extend(vec![Entry::Plain(1); 1_000]);
        w.push(empty);
    });
    assert_eq!(refused(Vec::<Entry>::new(), &pushed), None);
}
