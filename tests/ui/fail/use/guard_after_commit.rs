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


fn change(board: &SharedHandle<Board>) -> ipos::Result<u32> {
    let mut guard = board.write()?;
    guard.set_tick(1);
    guard.commit()?;
    Ok(guard.tick)
}

fn main() {}
