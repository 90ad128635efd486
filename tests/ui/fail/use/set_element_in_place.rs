use ipos::{Shared, SharedHandle};
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Task {
    name: String,
    done: bool,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Board {
    title: String,
    tick: u32,
    tasks: Vec<Task>,
    owner: Option<String>,
}


fn change(names: &SharedHandle<std::collections::BTreeSet<String>>) -> ipos::Result<()> {
    names.update(|names| {
        names.get_mut("ada").push('x');
        for name in names.iter_mut() {
            name.clear();
        }
    })
}

fn main() {}
