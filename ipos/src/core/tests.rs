//! The core, by its own rules: values with and without their Rust type, and bounds on what a peer may
//! send. Whole sessions in one thread are simulated in the test crate.
#![cfg(not(loom))]

mod alike;
mod already;
mod anew;
mod apart;
mod bounds;
mod deep;
mod events;
mod exchange;
mod heavy;
mod numbers;
mod passing;
mod said;
mod shortest;
mod unreadable;
