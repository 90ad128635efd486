//! Fields of variants, and a function, that are called like what the derive uses.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
enum Message {
    Set {
        owner: u8,
        field_0: u8,
        reader: u8,
        out: u8,
        operation: u8,
    },
    Patch(u8),
    Mut {
        schema: u8,
        value: u8,
        content: u8,
        number: u8,
        to: u8,
        from: u8,
    },
    Gone,
    Error,
    Output(u8),
    Local {
        kept: u8,
        #[serde(skip, default = "reader")]
        #[shared(skip)]
        local: u8,
    },
}

fn reader() -> u8 {
    7
}

#[test]
fn check() {
    let set = Message::Set {
        owner: 0,
        field_0: 0,
        reader: 0,
        out: 0,
        operation: 0,
    };
    let message = changed(set, |message| {
        let mut set = message.set_mut().expect("it is one");
        set.set_owner(1);
        set.set_field_0(2);
        set.out_mut().add(3);
    });
    assert!(matches!(
        message,
        Message::Set {
            owner: 1,
            field_0: 2,
            out: 3,
            ..
        }
    ));
}
