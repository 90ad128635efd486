use ipos::Shared;
use serde::{Deserialize, Serialize};

use std::{
    cell::{Cell, RefCell},
    sync::{Arc, Mutex, OnceLock, RwLock},
};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Board {
    count: Cell<u8>,
    list: RefCell<Vec<u8>>,
    locked: Arc<Mutex<u8>>,
    other: RwLock<u8>,
    once: OnceLock<u8>,
}

fn main() {}
