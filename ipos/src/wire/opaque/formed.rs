//! Values whose serde form can be walked, since it is a text or numbers: without a length before it.

use std::any::type_name;

use serde::{Serialize, de::DeserializeOwned};

use super::{form, put_read_back};
use crate::wire::{DecodeError, Problem, Reader, try_put};

/// Appends what postcard makes of a value that serde tells as a text or as numbers.
///
/// # Panics
///
/// As [`put_opaque`].
pub(crate) fn put_formed<T: Serialize + DeserializeOwned>(out: &mut Vec<u8>, value: &T) {
    put_read_back(out, value, |bytes| Reader::new(bytes).formed::<T>());
}

impl Reader<'_> {
    /// A value that [`put_formed`] wrote. Equal values have equal bytes: others that serde would read
    /// as well are refused.
    pub(crate) fn formed<T: Serialize + DeserializeOwned>(&mut self) -> Result<T, DecodeError> {
        let start = self.position();
        let value: T = form::read(self)?;
        let mut again = vec![];
        let is_written = try_put(&mut again, &value).is_ok();
        if !is_written || again != self.read_between(start, self.position()) {
            return Err(self.problem(Problem::NotA(type_name::<T>())));
        }
        Ok(value)
    }
}
