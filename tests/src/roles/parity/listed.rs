//! Kinds for the types of the [one list](crate::types).

use std::rc::Rc;

use super::kind::{Kind, Row, Values};
use crate::{
    drawn::Drawn,
    subject::{Subject, same},
    types::*,
};

macro_rules! kinds {
    ($($name:ident: $ty:ty,)+) => {
        /// A kind for each type; its values are drawn by the name.
        pub fn kinds() -> Vec<Box<dyn Kind>> {
            vec![$(Row::<$ty>::boxed(stringify!($name), drawn)),+]
        }

        /// The names of these kinds.
        pub const NAMES: &[&str] = &[$(stringify!($name)),+];
    };
}

for_each_type!(kinds);

fn drawn<T: Subject>(name: &str) -> Values<T> {
    let drawn = Rc::new(Drawn::<T>::of(name));
    Values {
        first: drawn.first.clone(),
        second: drawn.second.clone(),
        updated: drawn.updated.clone(),
        update: Box::new(move |writer| drawn.live(writer)),
        same,
    }
}
