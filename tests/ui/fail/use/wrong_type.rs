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
        b.set_title(7);
        b.set_tick("seven");
        b.set_tick(1.5);
        b.set_tick(-1);
        b.set_owner("ada");
        b.set_tasks(Task { name: "x".to_owned(), done: false });
    })
}

fn main() {}
