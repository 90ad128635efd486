//! What docs/security.md says: who does not get in, who learns nothing, and what a member cannot do.

mod doors;
mod limits;
mod others;
mod rights;
mod secrets;
