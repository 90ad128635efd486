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


fn change(board: &SharedHandle<Board>) -> ipos::Result<()> {
    board.update(|b| {
        b.set_tick(5_000_000_000);
    })
}

fn main() {}
