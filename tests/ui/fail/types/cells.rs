use ipos::Shared;

use std::{
    cell::{Cell, RefCell},
    sync::{Arc, Mutex, OnceLock, RwLock},
};

#[derive(Shared)]
struct Board {
    count: Cell<u8>,
    list: RefCell<Vec<u8>>,
    locked: Arc<Mutex<u8>>,
    other: RwLock<u8>,
    once: OnceLock<u8>,
}

fn main() {}
