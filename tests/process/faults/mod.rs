//! What processes and the system do to a session, and what becomes of it. What each promises stands in
//! docs/reliability.md.

mod forks;
mod hangs;
mod panics;
mod scarce;
