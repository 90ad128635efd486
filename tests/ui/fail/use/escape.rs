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
    let mut kept = None;
    board.update(|b| {
        kept = Some(b.tasks_mut());
    })?;
    let tasks = board.update(|b| b.tasks_mut())?;
    Ok(())
}

fn main() {}
