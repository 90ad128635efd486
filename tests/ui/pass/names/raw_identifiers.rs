//! Fields, variants and types with raw names.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
#[allow(non_camel_case_types)]
struct r#struct {
    r#type: u8,
    r#fn: String,
    r#match: r#enum,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
#[allow(non_camel_case_types)]
enum r#enum {
    #[default]
    r#if,
    r#else(u8),
    r#loop {
        r#break: u8,
    },
}

#[test]
fn check() {
    let value = changed(r#struct::default(), |value| {
        value.set_type(1);
        value.fn_mut().push('x');
        value.match_mut().set(r#enum::r#else(1));
        value.match_mut().else_mut().expect("it is one").add(1);
        value.match_mut().set(r#enum::r#loop { r#break: 0 });
        value
            .match_mut()
            .loop_mut()
            .expect("it is one")
            .set_break(3);
    });
    assert_eq!((value.r#type, value.r#fn.as_str()), (1, "x"));
    assert_eq!(value.r#match, r#enum::r#loop { r#break: 3 });
}
