//! Types that macros write, with names and types given to them.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

macro_rules! record {
    ($(#[$attr:meta])* $vis:vis struct $name:ident { $($field:ident: $ty:ty),* $(,)? }) => {
        $(#[$attr])*
        #[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
        $vis struct $name {
            fixed: $crate::pass::scopes::by_macro::Fixed,
            $($field: $ty,)*
        }
    };
}

macro_rules! choice {
    ($name:ident: $($variant:ident($ty:ty)),*) => {
        #[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
        enum $name {
            None,
            $($variant($ty),)*
        }
    };
}

macro_rules! told {
    ($name:ident: $label:literal, $krate:literal, $bound:literal, $default:literal) => {
        #[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
        #[shared(rename = $label, crate = $krate, bound = $bound)]
        enum $name<T> {
            #[shared(rename = $label)]
            Here {
                #[shared(rename = $label)]
                item: T,
                #[serde(skip, default = $default)]
                #[shared(skip)]
                cache: Cache,
            },
        }
    };
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub(crate) struct Fixed(u8);

record! {
    /// It is made by a macro.
    struct Made {
        list: Vec<u8>,
        pair: (u8, u8),
    }
}

choice!(Choice: Byte(u8), Text(String));

told!(Told: "told", "::ipos", "T: Shared", "seven");

/// It has no `Default`: the path is needed.
#[derive(Clone, Debug, PartialEq)]
struct Cache(u8);

fn seven() -> Cache {
    Cache(7)
}

#[test]
fn check() {
    let made = Made {
        fixed: Fixed(1),
        list: vec![],
        pair: (0, 0),
    };
    let made = changed(made, |made| {
        made.fixed_mut().set_0(2);
        made.list_mut().push(3);
        made.pair_mut()._0_mut().set(4);
    });
    assert_eq!((made.fixed.0, made.list[0], made.pair.0), (2, 3, 4));
    let choice = changed(Choice::None, |choice| {
        choice.set(Choice::Byte(1));
        choice.set(Choice::Text("t".to_owned()));
        choice.text_mut().expect("it is one").push('!');
    });
    assert_eq!(choice, Choice::Text("t!".to_owned()));
}

#[test]
fn literals_that_a_macro_is_given_are_read() {
    let told = changed(
        Told::Here {
            item: 0u8,
            cache: seven(),
        },
        |told| {
            told.here_mut().expect("it is one").set_item(2);
        },
    );
    assert_eq!(
        told,
        Told::Here {
            item: 2,
            cache: seven()
        }
    );
}
