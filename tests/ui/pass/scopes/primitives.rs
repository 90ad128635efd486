//! Where the names of the primitive types are types of the user.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::pass::changed;

mod inner {
    #![allow(dead_code, non_camel_case_types)]

    struct u8;
    struct u32;
    struct usize;
    struct str;

    #[derive(::ipos::Shared, Clone, Debug)]
    pub(super) struct Board {
        pub(super) text: String,
        pub(super) choice: Choice,
    }

    #[derive(::ipos::Shared, Clone, Debug)]
    pub(super) enum Choice {
        This(::core::primitive::u8),
        That { text: String },
        Neither,
    }
}

use inner::{Board, Choice};

// Serde's derive takes the names for what they are elsewhere.
impl Serialize for Board {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        (&self.text, &self.choice).serialize(to)
    }
}

impl<'de> Deserialize<'de> for Board {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let (text, choice) = Deserialize::deserialize(from)?;
        Ok(Self { text, choice })
    }
}

impl Serialize for Choice {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        matches!(self, Self::Neither).serialize(to)
    }
}

impl<'de> Deserialize<'de> for Choice {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        bool::deserialize(from).map(|_| Self::Neither)
    }
}

#[test]
fn check() {
    let board = Board {
        text: String::new(),
        choice: Choice::This(1),
    };
    let board = changed(board, |b| {
        b.set_text("x");
        b.choice_mut().set(Choice::That {
            text: String::new(),
        });
        b.choice_mut().that_mut().expect("it is one").set_text("y");
    });
    assert!(matches!(&board.choice, Choice::That { text } if *text == "y"));
}
