//! What the Node package does, over real processes: every verb, with every kind of value, done by
//! every side and seen by every other.

mod cast;
mod defects;
mod events;
mod functions;
mod listed;
mod rows;
mod verbs;
