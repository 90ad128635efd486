//! Deprecated fields, variants and types, whose use is told to users alone.

#![deny(warnings, deprecated)]

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

/// The new one.
#[derive(Shared, Clone, Debug)]
pub(crate) struct Board {
    pub(crate) title: String,
    #[deprecated(note = "use `title`")]
    pub(crate) name: String,
}

// Serde's derive and the standard library's do not allow for it.
mod by_serde {
    #![allow(deprecated)]
    use super::{Board, Deserialize, Serialize};

    impl Serialize for Board {
        fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
            (&self.title, &self.name).serialize(to)
        }
    }

    impl<'de> Deserialize<'de> for Board {
        fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            let (title, name) = Deserialize::deserialize(from)?;
            Ok(Self { title, name })
        }
    }

    pub(super) fn board() -> Board {
        Board {
            title: String::new(),
            name: String::new(),
        }
    }
}

#[test]
fn check() {
    assert_eq!(changed(by_serde::board(), |b| b.set_title("x")).title, "x");
}
