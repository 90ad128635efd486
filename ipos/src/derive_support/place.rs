//! Places in values of derived types.

use super::patch_enum::ONLY;
use crate::{cursor::Cursor, wire::put_length};

impl<T> Cursor<'_, T> {
    /// The cursor of the only field of variant number `number` of an enum.
    pub fn newtype<P>(
        &mut self,
        number: usize,
        part: impl FnOnce(&mut T) -> &mut P,
    ) -> Cursor<'_, P> {
        let step = |path: &mut Vec<u8>| {
            put_length(path, number + 1);
            put_length(path, ONLY);
        };
        self.step(step, part)
    }
}
