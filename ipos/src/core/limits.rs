//! How much members may make their host hold.

/// How much the members of a session may make its host hold, all together; see [`Builder::limits`](crate::Builder::limits).
///
/// What would pass one is refused, with the limit in the reason. The host's own objects count too, but the host itself
/// is never refused. The limits of a member are not asked for.
///
/// ```
/// # fn main() -> ipos::Result<()> {
/// let limits = ipos::Limits { objects: 100, ..ipos::Limits::default() };
/// let ipos = ipos::Ipos::builder().limits(limits).host()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many members there may be at once, 512 by default. One more is not let in; its invitation stays good.
    pub members: usize,
    /// How many objects there may be, 65,536 by default. A `create` under one key more is refused.
    pub objects: usize,
    /// How many bytes their keys may have, all together, 16 MiB by default.
    pub key_bytes: usize,
    /// How many bytes the values of all objects and their schemas may have as they are sent, 1 GiB by default. A commit or
    /// a `create` that would lead beyond it, by all that it brings, is refused. One that only replaces is refused as
    /// well when what it puts in would find no room beside what is there. A `create` that replaces an object is not, so
    /// while values are being replaced there may be twice as much.
    pub value_bytes: usize,
    /// How many bytes the schemas may have that are remembered of one member, 4 MiB by default. A member that tells more
    /// is disconnected.
    pub schema_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            members: 512,
            objects: 1 << 16,
            key_bytes: 16 << 20,
            value_bytes: 1 << 30,
            schema_bytes: 4 << 20,
        }
    }
}

/// How long a label may be, in bytes.
pub(crate) const LABEL_LIMIT: usize = 256;
