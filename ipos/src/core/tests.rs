//! The core, by its own rules: values with and without their Rust type, bounds on what a peer may
//! send, and whole sessions in one thread.

mod alike;
mod apart;
mod bounds;
mod deep;
mod numbers;
mod passing;
mod shortest;
