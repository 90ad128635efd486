use std::collections::BTreeMap;

use ipos::{Ipos, SharedHandle};

fn weights(ipos: &Ipos) -> ipos::Result<SharedHandle<BTreeMap<f32, u8>>> {
    ipos.get("weights")
}

fn main() {}
