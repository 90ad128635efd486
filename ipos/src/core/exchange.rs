//! The tables of types that cross a connection: each once each way. Objects name them by their hashes.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
};

use super::Violation;
use crate::{
    breaks::{Break, broken},
    schema::{Schema, SchemaHash},
};

/// How many of the tables that one side has told are remembered.
pub(crate) const TOLD: usize = 4096;

/// Which tables the two sides of a connection have of each other, as one of them sees it.
#[derive(Debug, Default)]
pub(crate) struct Exchange {
    /// What the other side has.
    there: Tables<()>,
    /// What the other side may name.
    here: Tables<Arc<Schema>>,
    /// How many bytes those of them have that it has told.
    told: usize,
}

impl Exchange {
    /// Of a connection at whose beginning the other side has said that it has the tables `there`, and
    /// this one that it has those `here`.
    pub(crate) fn new(
        there: impl IntoIterator<Item = SchemaHash>,
        here: impl IntoIterator<Item = Arc<Schema>>,
    ) -> Self {
        let here = here.into_iter().map(|table| (table.hash(), table));
        Self {
            there: Tables::with(there.into_iter().map(|hash| (hash, ()))),
            here: Tables::with(here),
            told: 0,
        }
    }

    /// Whether a table is to be told before what names it. The caller tells it then.
    pub(crate) fn must_tell(&mut self, hash: SchemaHash) -> bool {
        let is_new = self.there.get(hash).is_none();
        if is_new {
            self.there.tell(hash, ());
        }
        is_new
    }

    /// Takes a table that the other side tells.
    pub(crate) fn learn(&mut self, table: Schema) -> Result<(), Violation> {
        if !table.is_sound() {
            return Err(Violation::UnsoundSchema);
        }
        let hash = table.hash();
        if self.here.get(hash).is_some() {
            return Err(Violation::ToldTwice(hash));
        }
        self.told += table.wire_size();
        let forgotten = self.here.tell(hash, Arc::new(table));
        self.told -= forgotten.map_or(0, |table| table.wire_size());
        Ok(())
    }

    /// How many bytes the tables have that the other side has told and that are remembered.
    pub(crate) fn told_bytes(&self) -> usize {
        self.told
    }

    /// The table that the other side names.
    pub(crate) fn table(&self, hash: SchemaHash) -> Result<Arc<Schema>, Violation> {
        let table = self.here.get(hash).cloned();
        table.ok_or(Violation::UnknownSchema(hash))
    }

    /// Notes that what was told may have been dropped.
    pub(crate) fn was_dropped(&mut self) {
        if !broken(Break::DroppedSchema) {
            self.there.forget();
        }
    }

    /// Notes that the other side has dropped what it told.
    pub(crate) fn has_missed(&mut self) {
        self.here.forget();
        self.told = 0;
    }
}

/// Tables by their hashes. The two sides of a connection note the same ones in the same order, and so
/// forget alike.
#[derive(Debug)]
struct Tables<V> {
    /// Known from the beginning.
    named: BTreeMap<SchemaHash, V>,
    told: BTreeMap<SchemaHash, V>,
    /// Those that were told, the oldest first.
    order: VecDeque<SchemaHash>,
}

impl<V> Default for Tables<V> {
    fn default() -> Self {
        Self::with([])
    }
}

impl<V> Tables<V> {
    fn with(named: impl IntoIterator<Item = (SchemaHash, V)>) -> Self {
        Self {
            named: named.into_iter().collect(),
            told: BTreeMap::new(),
            order: VecDeque::new(),
        }
    }

    fn get(&self, hash: SchemaHash) -> Option<&V> {
        self.named.get(&hash).or_else(|| self.told.get(&hash))
    }

    /// Notes one that was not known. Gives the oldest, which is forgotten when there are too many.
    fn tell(&mut self, hash: SchemaHash, table: V) -> Option<V> {
        let is_full = self.order.len() == TOLD;
        let oldest = if is_full {
            self.order.pop_front()
        } else {
            None
        };
        self.order.push_back(hash);
        self.told.insert(hash, table);
        oldest.and_then(|oldest| self.told.remove(&oldest))
    }

    /// Forgets all that were told.
    fn forget(&mut self) {
        self.told.clear();
        self.order.clear();
    }
}
