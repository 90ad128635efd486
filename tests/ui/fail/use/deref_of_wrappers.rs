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
        *b.tick_mut() = 1;
        *b.title_mut() += "x";
        b.tasks_mut()[0].done = true;
        b.owner_mut().as_deref_mut();
    })
}

fn main() {}
