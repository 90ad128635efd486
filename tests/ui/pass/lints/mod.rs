//! Types where lints are errors.

mod deprecated;
mod documented;
mod expected;
mod forbidden_unsafe;
mod private_types;
pub mod public_types;
