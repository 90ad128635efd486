//! The tables of the types that this program has named.

use std::{any::TypeId, collections::BTreeMap, sync::Arc};

use parking_lot::Mutex;

use super::{Schema, schema_of};
use crate::Shared;

/// How many types are remembered. The table of one that is named later is made each time.
const TYPES: usize = 1024;

/// How many tables are told at the beginning of a connection.
const FIRST: usize = 128;

static NAMED: Mutex<Named> = Mutex::new(Named {
    types: BTreeMap::new(),
    tables: Vec::new(),
});

struct Named {
    types: BTreeMap<TypeId, Arc<Schema>>,
    /// The same, each once, as they were named.
    tables: Vec<Arc<Schema>>,
}

/// The form of a type that the program names.
pub(crate) fn table_of<T: Shared>() -> Arc<Schema> {
    let ty = TypeId::of::<T>();
    if let Some(table) = NAMED.lock().types.get(&ty) {
        return table.clone();
    }
    let table = Arc::new(schema_of::<T>());
    let hash = table.hash();
    let mut named = NAMED.lock();
    let same = named.tables.iter().find(|other| other.hash() == hash);
    let (table, is_new) = match same {
        Some(same) => (same.clone(), false),
        None => (table, true),
    };
    if named.types.len() < TYPES {
        named.types.insert(ty, table.clone());
        if is_new {
            named.tables.push(table.clone());
        }
    }
    table
}

/// The first tables that the program has named, as many as are told at the beginning of a connection.
pub(crate) fn first_tables() -> Vec<Arc<Schema>> {
    let named = NAMED.lock();
    named.tables.iter().take(FIRST).cloned().collect()
}
