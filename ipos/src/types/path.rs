//! Names of the file system, which need not be UTF-8, and other runs of bytes.

use std::{
    ffi::{CString, OsStr, OsString},
    os::unix::ffi::OsStrExt,
    path::{Path, PathBuf},
};

use serde_bytes::ByteBuf;

use super::{leaf::replaced_whole, whole};
use crate::{
    schema::{Leaf, SchemaBuilder, Shape, TypeRef},
    shared::{Assign, Shared},
    wire::{DecodeError, Reader, put_blob},
};

impl Shared for PathBuf {
    const IS_KEY: bool = false;
    replaced_whole!();

    fn encode(&self, out: &mut Vec<u8>) {
        put_blob(out, self.as_os_str().as_bytes());
    }
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(OsStr::from_bytes(reader.blob()?).into())
    }
    fn describe(schema: &mut SchemaBuilder) -> TypeRef {
        schema.leaf::<Self>(Leaf::Path)
    }
}

impl Shared for OsString {
    replaced_whole!();

    fn encode(&self, out: &mut Vec<u8>) {
        put_blob(out, self.as_bytes());
    }
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(OsStr::from_bytes(reader.blob()?).into())
    }
    fn describe(schema: &mut SchemaBuilder) -> TypeRef {
        schema.tell::<Self>(|schema| Shape::Atom("OsString".to_owned(), PathBuf::describe(schema)))
    }
}

/// What of the bytes is allowed is known to the type alone.
impl Shared for CString {
    replaced_whole!();

    fn encode(&self, out: &mut Vec<u8>) {
        whole::encode(self, out);
    }
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        whole::decode(reader)
    }
    fn describe(schema: &mut SchemaBuilder) -> TypeRef {
        whole::describe::<Self>(schema)
    }
}

impl Shared for ByteBuf {
    replaced_whole!();

    fn encode(&self, out: &mut Vec<u8>) {
        put_blob(out, self);
    }
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(Self::from(reader.blob()?))
    }
    fn describe(schema: &mut SchemaBuilder) -> TypeRef {
        schema.leaf::<Self>(Leaf::Bytes)
    }
}

macro_rules! assigned {
    ($($ty:ty: $($from:ty)*;)*) => {$($(
        #[diagnostic::do_not_recommend]
        impl Assign<$ty> for $from {
            fn into_value(self) -> $ty {
                self.into()
            }
        }
    )*)*};
}

assigned! {
    PathBuf: &str &String String &Path &OsStr OsString;
    OsString: &str &String String &Path &OsStr PathBuf;
    ByteBuf: Vec<u8>;
}

#[diagnostic::do_not_recommend]
impl Assign<Option<PathBuf>> for Option<&Path> {
    fn into_value(self) -> Option<PathBuf> {
        self.map(Path::to_owned)
    }
}
