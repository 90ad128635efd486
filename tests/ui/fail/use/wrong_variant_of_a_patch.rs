use ipos::Shared;
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


fn tell(patch: &BoardPatch) -> &str {
    match patch {
        BoardPatch::Title(_) => "title",
        BoardPatch::Tick(_) => "tick",
        BoardPatch::Tasks(_) => "tasks",
    }
}

fn main() {}
