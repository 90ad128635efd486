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
        let mut tasks = b.tasks_mut();
        let mut first = tasks.at(0);
        let mut second = tasks.at(1);
        first.set_done(true);
        second.set_done(true);
    })
}

fn main() {}
