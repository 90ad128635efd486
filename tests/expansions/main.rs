//! What `#[derive(Shared)]` and `#[ipos::actions]` write, compiled in a crate that allows nothing.
//!
//! Beside each input stands what the derive makes of it, formatted, which `ipos-derive` compares
//! (`cargo test -p ipos-derive expansions`). `refused.rs` is the input that does not compile.

#![deny(
    warnings,
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    elided_lifetimes_in_paths,
    single_use_lifetimes,
    unused_lifetimes,
    unused_qualifications,
    clippy::pedantic
)]

pub mod acting;
pub mod atomic;
pub mod atomic_field;
pub mod attributes;
pub mod bound;
pub mod enumeration;
pub mod generic;
pub mod generic_enumeration;
pub mod named;
pub mod never;
pub mod only;
pub mod recursive;
pub mod skipped;
pub mod tagged;
pub mod tuple;
pub mod unit;
pub mod units;

/// Where another crate might put it.
mod renamed {
    pub(crate) use ipos::*;
}

#[test]
fn every_input_is_compiled() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/expansions");
    let listed = include_str!("main.rs");
    for entry in std::fs::read_dir(folder).expect("the inputs are there") {
        let name = entry.expect("it can be read").file_name();
        let name = name.to_str().expect("it is a plain name");
        let name = name.strip_suffix(".rs").expect("it is a program");
        let is_input = !name.ends_with(".expanded") && !["main", "refused"].contains(&name);
        assert!(
            !is_input || listed.contains(&format!("\npub mod {name};\n")),
            "{name} is not a module here"
        );
    }
}
