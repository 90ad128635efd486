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


#[derive(Clone, Debug)]
struct View<'a>(&'a str);

fn look<'a>(ipos: &ipos::Ipos, view: View<'a>) {
    ipos.create("view", view);
}

fn main() {}
