//! Rules of the tree that no compiler checks.
//!
//! A rule on files is a row of the table in [`rules`]. Who may name whom stands in ARCHITECTURE.md,
//! and [`arrows`] compares it with the sources. What of a crate's dependencies and of the lints is
//! a rule stands in [`manifests`]. That each promise of docs/reliability.md has its test is looked after by
//! [`promises`].

mod arrows;
mod manifests;
mod promises;
mod rules;
mod sources;
