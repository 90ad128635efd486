//! `#[serde(..)]`, as it is written.

use syn::{Attribute, ExprPath, LitStr, Path};

use super::item::Value;

/// A key in a `#[serde(..)]`.
pub(crate) struct Key {
    pub(crate) name: String,
    pub(crate) path: Path,
    value: Value,
}

/// All keys of a thing. What cannot be read is serde's own derive to tell.
pub(crate) fn keys(attrs: &[Attribute]) -> Vec<Key> {
    let mut keys = vec![];
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("serde")) {
        let read = attr.parse_nested_meta(|meta| {
            let value = Value::read(&meta)?;
            if let Some(name) = meta.path.get_ident() {
                keys.push(Key {
                    name: name.to_string(),
                    path: meta.path.clone(),
                    value,
                });
            }
            Ok(())
        });
        drop(read);
    }
    keys
}

/// The function that `default = "path"` names.
pub(crate) fn default_of(attrs: &[Attribute]) -> Option<ExprPath> {
    let keys = keys(attrs).into_iter();
    let mut defaults = keys.filter(|key| key.name == "default");
    defaults.find_map(|key| key.value.text().and_then(|text: &LitStr| text.parse().ok()))
}
