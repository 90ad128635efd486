//! The crate under another name, in quotes.

use super::other::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
#[shared(crate = "crate::pass::renamed::other")]
struct Board {
    title: String,
    choice: Choice,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
#[shared(crate = "crate::pass::renamed::other")]
enum Choice {
    This(u8),
    That { text: String },
}

#[test]
fn check() {
    let board = Board {
        title: String::new(),
        choice: Choice::This(1),
    };
    let board = changed(board, |b| {
        b.set_title("x");
        b.choice_mut().set(Choice::That {
            text: String::new(),
        });
        b.choice_mut().that_mut().expect("it is one").set_text("y");
    });
    assert_eq!(
        board.choice,
        Choice::That {
            text: "y".to_owned()
        }
    );
}
