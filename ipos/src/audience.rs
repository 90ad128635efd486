//! Who is told what becomes of an object, and how what they have not heard yet is kept.

mod hearers;
mod peers;
mod queue;

pub(crate) use queue::{Entry, LIMIT, Queue};

pub(crate) use self::{
    hearers::{Heard, Hearer, Hearers},
    peers::Peers,
    queue::{Closing, join},
};
