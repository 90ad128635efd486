//! A struct with a parameter that no shared field has.

use std::marker::PhantomData;

use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
pub(crate) struct Id<T> {
    number: u64,
    #[serde(skip)]
    #[shared(skip)]
    of: PhantomData<T>,
}
