//! What serde makes of an atomic type is what is sent.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
#[shared(atomic)]
#[serde(try_from = "u8", into = "u8")]
struct Even(u8);

impl TryFrom<u8> for Even {
    type Error = String;

    fn try_from(count: u8) -> Result<Self, String> {
        if count.is_multiple_of(2) {
            Ok(Self(count))
        } else {
            Err("it is odd".to_owned())
        }
    }
}

impl From<Even> for u8 {
    fn from(even: Even) -> Self {
        even.0
    }
}

mod text {
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(value: &u8, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&value.to_string())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<u8, D::Error> {
        String::deserialize(from)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
#[shared(atomic)]
#[serde(transparent)]
struct Texts {
    #[serde(with = "text")]
    count: u8,
}

#[test]
fn check() {
    assert_eq!(changed(Even(2), |even| even.set(Even(4))), Even(4));
    assert_eq!(
        changed(Texts { count: 1 }, |it| it.set(Texts { count: 2 })).count,
        2
    );
}
