//! A value of which a million entries are some hundred megabytes.

use std::collections::BTreeMap;

pub(crate) type Large = BTreeMap<u64, String>;

pub(crate) fn large(entries: u64) -> Large {
    (0..entries)
        .map(|key| (key, format!("entry {key:86}")))
        .collect()
}
