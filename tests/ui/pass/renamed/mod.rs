//! The crate under another name.

extern crate ipos as other;

mod as_a_path;
mod in_quotes;
