//! Fields that are replaced whole.

use std::time::Instant;

use ipos::Shared;
use serde::{Deserialize, Serialize};

/// What serde can write.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub(crate) struct Palette(Vec<[u8; 3]>);

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
pub(crate) struct Theme<T> {
    #[shared(atomic)]
    palette: Palette,
    #[shared(atomic, host_only)]
    extra: Vec<T>,
    #[serde(skip)]
    #[shared(skip)]
    seen: Option<Instant>,
}
