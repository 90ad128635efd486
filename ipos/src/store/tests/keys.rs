//! Which keys a member says that there are.

use super::*;
use crate::core::Validator;

fn number() -> Typed<u32> {
    Typed::with_schema(7, table_of::<u32>())
}

#[test]
fn the_keys_of_a_member_are_those_that_it_finds_also_while_what_was_refused_is_coming_back() {
    let session = Session::new(1);
    let member = &session.members[0];
    let check = |keys: &[&str]| {
        assert_eq!(member.keys(), keys);
        for key in member.keys() {
            assert!(member.named(&key).is_some(), "{key}");
        }
    };
    session.host.create("n", Own::new(Box::new(number()), None));
    session.to_members();
    check(&["bank", "n"]);
    assert_eq!(member.delete("n"), Ok(true));
    check(&["bank"]);
    // Meanwhile it is for the host alone to delete.
    let judge = Validator::new(7, |_: &u32, _: &u32, _: &Origin| Ok(()));
    let reserved = Own::new(Box::new(number()), Some(Box::new(judge)));
    session.host.create("n", reserved);
    session.to_host(0);
    let told = std::mem::take(&mut session.host.table().post.0);
    for (_, message) in told {
        member.take(&message).unwrap();
        check(&["bank"]);
    }
    // The refusal has come; the object follows.
    let me = member.table().member.me();
    while session.host.give_next(me, |_, _| {}) {}
    session.to_members();
    check(&["bank", "n"]);
}
