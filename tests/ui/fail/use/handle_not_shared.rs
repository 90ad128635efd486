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


struct Plain {
    tick: u32,
}

fn change(plain: &SharedHandle<Plain>) {
    plain.read();
}

fn main() {}
