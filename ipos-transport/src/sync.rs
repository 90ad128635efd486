//! Threads and locks: the system's, or with `--cfg loom` those of a model checker, which runs every order of their
//! steps. What is made of them is the same.

#[cfg(not(loom))]
pub(crate) use std::{
    sync::{Condvar, Mutex, MutexGuard},
    thread,
};

#[cfg(loom)]
pub(crate) use loom::{
    sync::{Condvar, Mutex, MutexGuard},
    thread,
};

#[cfg(loom)]
pub(crate) use crate::model::{bound, slips};

/// How many there may be of something; models have few, to come to the end of it in few steps.
#[cfg(not(loom))]
pub(crate) const fn bound(many: usize, _few: usize) -> usize {
    many
}

/// Whether a model is to be shown a mistake, which it must notice. The mistake is told in words.
#[cfg(not(loom))]
pub(crate) const fn slips(_mistake: &str) -> bool {
    false
}
