//! Plans that were found by chance, and told of something.

use std::collections::BTreeMap;

use ipos_tests::{
    subject::Subject,
    subjects::{LeafOp, MapOp, OptionOp},
};

use crate::{
    plan::{End, Event, HOST, Plan},
    session::run,
};

/// The host remembers nothing, so what a member has made anew is too late again, and is applied as it was made.
#[test]
fn what_is_made_anew_and_too_late_again_is_not_what_its_member_has_foreseen() {
    type Value = Option<BTreeMap<u8, Option<char>>>;
    let set = OptionOp::GetOrInsertWith('a', Box::new(LeafOp::Set('a')));
    let events = [
        (
            3,
            OptionOp::GetOrInsert(BTreeMap::new(), Box::new(MapOp::Drain)),
        ),
        (
            HOST,
            OptionOp::AsMut(Box::new(MapOp::ForEachMut(Box::new(set)))),
        ),
        (
            HOST,
            OptionOp::Insert(BTreeMap::from([(0, None)]), Box::new(MapOp::Remove(1))),
        ),
    ];
    let [first, second, third] = events.map(|(who, op)| Event::Commit(who, vec![op], End::Commit));
    let plan: Plan<Value, <Value as Subject>::Op> = Plan {
        start: Some(BTreeMap::from([(0, Some('a'))])),
        members: 3,
        by_schema: false,
        calm: false,
        memory: 0,
        events: vec![first, second, Event::Meet(3), third, Event::Meet(3)],
    };
    run(plan);
}
