//! Atomic words: the system's, or with `--cfg loom` those of a model checker.

#[cfg(not(loom))]
pub(crate) use std::sync::atomic::{AtomicU64, Ordering, fence};

#[cfg(loom)]
pub(crate) use ipos_transport::model::slips;
#[cfg(loom)]
pub(crate) use loom::sync::atomic::{AtomicU64, Ordering, fence};

/// Whether a model is to be shown a mistake, which it must notice. The mistake is told in words.
#[cfg(not(loom))]
pub(crate) const fn slips(_mistake: &str) -> bool {
    false
}
