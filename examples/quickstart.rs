//! One struct, live in a parent and its child: both read it as a plain value, both write it.
//!
//! The program starts itself as its own child. Run it with `cargo run --example quickstart`.

use std::{collections::HashMap, env, error::Error, process::Command, time::Duration};

use ipos::{Ipos, Shared};
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
struct Task {
    name: String,
    done: bool,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
struct Board {
    title: String,
    tick: u64,
    tasks: Vec<Task>,
    owners: HashMap<String, u32>,
}

const PATIENCE: Duration = Duration::from_secs(10);

fn main() -> Result<(), Box<dyn Error>> {
    if env::args().nth(1).as_deref() == Some("worker") {
        worker()
    } else {
        parent()
    }
}

fn parent() -> Result<(), Box<dyn Error>> {
    let ipos = Ipos::host()?;
    let board = ipos.create("board", Board::default())?;
    let worker = ipos.spawn(Command::new(env::current_exe()?).arg("worker"))?;
    println!("parent: process {} is in sync", worker.id());

    board.update(|b| {
        b.set_title("release");
        b.set_tick(b.tick + 1);
        b.tasks_mut().push(Task {
            name: "build".into(),
            done: false,
        });
        b.tasks_mut().push(Task {
            name: "test".into(),
            done: false,
        });
        b.owners_mut().insert("ada".into(), 7);
    })?;
    println!("parent: wrote the title and two tasks");

    board.wait_until(PATIENCE, |b| {
        !b.tasks.is_empty() && b.tasks.iter().all(|t| t.done)
    })?;
    println!("parent: the worker has done {:?}", board.read().tasks);
    println!("parent: and renamed the board to {:?}", board.read().title);

    let status = worker.wait()?;
    println!("parent: the worker ended with {status}");
    Ok(())
}

fn worker() -> Result<(), Box<dyn Error>> {
    let ipos = Ipos::join()?;
    let board = ipos.get::<Board>("board")?;
    board.wait_until(PATIENCE, |b| b.tick == 1)?;
    println!(
        "worker: sees {:?} with {} tasks",
        board.read().title,
        board.read().tasks.len()
    );

    board.update(|b| {
        b.tasks_mut().for_each_mut(|task| task.set_done(true));
        b.set_title("done by the worker");
    })?;
    board.flush(PATIENCE)?;
    Ok(())
}
