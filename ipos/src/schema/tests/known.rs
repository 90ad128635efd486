//! The tables of the types that this program has named.

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    Shared,
    schema::{first_tables, schema_of, table_of},
};

fn check<T: Shared, Same: Shared>() {
    let table = table_of::<T>();
    assert_eq!(*table, schema_of::<T>());
    assert!(Arc::ptr_eq(&table, &table_of::<T>()), "it is made once");
    assert!(Arc::ptr_eq(&table, &table_of::<Same>()), "a form has one");
}

#[test]
fn each_form_that_was_named_has_one_table() {
    check::<u8, Box<u8>>();
    check::<Vec<(u8, String)>, Vec<(u8, Box<String>)>>();
    check::<Option<u16>, Box<Option<u16>>>();
    let first = first_tables();
    let hashes: BTreeSet<_> = first.iter().map(|table| table.hash()).collect();
    assert_eq!(hashes.len(), first.len());
    assert!((3..=128).contains(&first.len()));
}
