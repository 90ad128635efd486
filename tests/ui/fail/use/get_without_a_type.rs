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


fn title(ipos: &ipos::Ipos) -> ipos::Result<()> {
    let board = ipos.get("board")?;
    println!("{}", board.read().title);
    Ok(())
}

fn main() {}
