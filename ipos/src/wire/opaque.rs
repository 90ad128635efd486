//! Values that only their own serde can read: a length, then postcard's form of them.
//!
//! Reading goes through serde. What bounds it is the deserializer in [`form`]: it counts the levels of what
//! nests and the elements without bytes, and has nothing reserved that is not backed by bytes.

mod form;
#[cfg(any(feature = "chrono", feature = "jiff"))]
mod formed;

#[cfg(any(feature = "chrono", feature = "jiff"))]
pub(crate) use formed::put_formed;

use std::any::type_name;

use serde::{Serialize, de::DeserializeOwned};

use super::{DecodeError, Reader, put_length, try_put};

/// How many elements without any bytes one such value may hold, beside those that its bytes pay for.
const EMPTY_SPARE: usize = 64;

/// How many elements without any bytes each byte pays for.
const EMPTY_PER_BYTE: usize = 16;

/// Appends a value: its length, then what postcard makes of it.
///
/// # Panics
///
/// When the value's own `Serialize` fails, or its `Deserialize` would not read what was written: other
/// processes would be left with bytes that they can make nothing of.
pub(crate) fn put_opaque<T: Serialize + DeserializeOwned>(out: &mut Vec<u8>, value: &T) {
    let start = out.len();
    put_read_back(out, value, all_of::<T>);
    let length = out.len() - start;
    put_length(out, length);
    let prefix = out.len() - start - length;
    out[start..].rotate_right(prefix);
}

/// Appends what postcard makes of a value, if `read` reads it.
fn put_read_back<T: Serialize>(
    out: &mut Vec<u8>,
    value: &T,
    read: impl FnOnce(&[u8]) -> Result<T, DecodeError>,
) {
    let start = out.len();
    let problem = match try_put(out, value) {
        Err(error) => Some(error.to_string()),
        Ok(()) => read(&out[start..]).err().map(|error| error.to_string()),
    };
    if let Some(problem) = problem {
        out.truncate(start);
        panic!(
            "a value of type {} does not survive serialization: {problem}",
            type_name::<T>()
        );
    }
}

impl Reader<'_> {
    /// A value that [`put_opaque`] wrote.
    pub(crate) fn opaque<T: DeserializeOwned>(&mut self) -> Result<T, DecodeError> {
        let bytes = self.blob()?;
        let start = self.position() - bytes.len();
        all_of(bytes).map_err(|error| DecodeError {
            at: start + error.at,
            ..error
        })
    }

    /// A value by its own serde, of those that [`read_opaque`] reads.
    pub(crate) fn by_serde<T: DeserializeOwned>(&mut self) -> Result<T, DecodeError> {
        form::read(self)
    }
}

/// All bytes, as a value. What they are part of plays no role, so that whoever writes a value knows
/// whether it will be read.
fn all_of<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, DecodeError> {
    let mut reader = read_opaque(bytes);
    let value = reader.by_serde()?;
    reader.finish()?;
    Ok(value)
}

/// Reads bytes that hold such values alone.
pub(crate) fn read_opaque(bytes: &[u8]) -> Reader<'_> {
    let mut reader = Reader::new(bytes);
    reader.empty_limit = EMPTY_SPARE + EMPTY_PER_BYTE * bytes.len();
    reader
}
