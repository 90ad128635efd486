//! A short name for a table.

use std::fmt::{self, Write as _};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Schema;
use crate::wire::put;

/// What stands for a [`Schema`]: 16 bytes, the same for equal schemas in every build and on every
/// platform, and others for others.
///
/// It is the first half of the SHA-256 of the schema's byte form, so nobody can make two schemas that
/// have the same. As text it is 32 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SchemaHash([u8; 16]);

impl Schema {
    /// What stands for this schema.
    ///
    /// ```
    /// let hash = ipos::schema_of::<Vec<String>>().hash();
    /// assert_eq!(hash, ipos::schema_of::<Vec<String>>().hash());
    /// assert_ne!(hash, ipos::schema_of::<Vec<char>>().hash());
    /// ```
    pub fn hash(&self) -> SchemaHash {
        self.summary().0
    }

    /// How many bytes it takes to tell it.
    pub(crate) fn wire_size(&self) -> usize {
        self.summary().1
    }

    fn summary(&self) -> (SchemaHash, usize) {
        *self.summary.get_or_init(|| {
            let mut bytes = Vec::new();
            put(&mut bytes, self);
            let digest = Sha256::digest(&bytes);
            let (half, _) = digest.split_first_chunk().expect("it has 32 bytes");
            (SchemaHash(*half), bytes.len())
        })
    }
}

impl fmt::Display for SchemaHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = String::new();
        for byte in self.0 {
            write!(digits, "{byte:02x}")?;
        }
        f.pad(&digits)
    }
}

impl fmt::Debug for SchemaHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SchemaHash({self})")
    }
}
