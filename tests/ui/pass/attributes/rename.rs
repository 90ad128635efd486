//! Names in the schema that are not those in the program.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
#[shared(rename = "Board")]
struct BoardV2 {
    #[shared(rename = "title")]
    name: String,
    #[shared(rename = "name")]
    title: String,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
enum Choice {
    #[shared(rename = "That")]
    This(u8),
    #[shared(rename = "This")]
    That,
}

#[test]
fn check() {
    let schema = ipos::schema_of::<BoardV2>().to_string();
    assert!(
        schema.contains("Board") && !schema.contains("BoardV2"),
        "{schema}"
    );
    let choice = changed(Choice::That, |choice| choice.set(Choice::This(1)));
    assert_eq!(choice, Choice::This(1));
}
