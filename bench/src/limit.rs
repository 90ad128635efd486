//! What the machine can do: the same work by hand, with nothing that is not needed for just this.

pub(crate) mod bare;
pub(crate) mod copy;
pub(crate) mod echo;
pub(crate) mod fan;
pub(crate) mod plain;
pub(crate) mod raw;
pub(crate) mod socket;
