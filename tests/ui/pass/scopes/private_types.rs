//! A public type whose private field is of a private type.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Secret {
    value: u8,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Account {
    pub owner: String,
    secret: Secret,
}

#[test]
fn check() {
    let account = changed(Account::default(), |account| {
        account.secret_mut().set_value(1)
    });
    assert_eq!(account.secret.value, 1);
}
