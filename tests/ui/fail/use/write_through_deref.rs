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
        b.title = "x".to_owned();
        b.tick += 1;
        b.tasks.push(Task { name: "x".to_owned(), done: false });
        b.tasks_mut().at(0).done = true;
    })
}

fn main() {}
