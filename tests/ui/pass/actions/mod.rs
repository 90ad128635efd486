//! Actions.

mod blocks;
mod generics;
mod names;
mod results;
