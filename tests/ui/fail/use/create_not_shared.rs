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


#[derive(Serialize, Deserialize, Clone, Debug)]
struct Plain {
    tick: u32,
}

fn create(ipos: &ipos::Ipos) -> ipos::Result<()> {
    ipos.create("plain", Plain { tick: 1 })?;
    ipos.create("text", "text")?;
    ipos.get::<Plain>("plain")?;
    Ok(())
}

fn main() {}
