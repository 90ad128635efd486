//! `Shared` for the types of well-known crates, each behind the feature of its crate's name.

#[cfg(feature = "bytes")]
mod bytes;
#[cfg(feature = "chrono")]
mod chrono;
#[cfg(feature = "indexmap")]
mod indexmap;
#[cfg(feature = "jiff")]
mod jiff;
#[cfg(feature = "smallvec")]
mod smallvec;
#[cfg(feature = "uuid")]
mod uuid;

#[cfg(feature = "smallvec")]
pub use self::smallvec::SmallVecMut;

/// `Shared` for what serde writes as the type `$form`, so that its bytes can be walked as that. It is
/// replaced whole.
#[cfg(any(feature = "chrono", feature = "jiff"))]
macro_rules! formed {
    ($($ty:ty: $name:literal as $form:ty $(, key: $is_key:literal)?;)*) => {$(
        impl $crate::Shared for $ty {
            $( const IS_KEY: bool = $is_key; )?
            $crate::types::leaf::replaced_whole!();

            fn encode(&self, out: &mut Vec<u8>) {
                $crate::wire::put_formed(out, self);
            }
            fn decode(
                reader: &mut $crate::wire::Reader<'_>,
            ) -> Result<Self, $crate::wire::DecodeError> {
                reader.formed()
            }
            fn describe(schema: &mut $crate::schema::SchemaBuilder) -> $crate::schema::TypeRef {
                schema.tell::<Self>(|schema| {
                    let form = <$form as $crate::Shared>::describe(schema);
                    $crate::schema::Shape::Atom($name.to_owned(), form)
                })
            }
        }
    )*};
}
#[cfg(any(feature = "chrono", feature = "jiff"))]
use formed;
