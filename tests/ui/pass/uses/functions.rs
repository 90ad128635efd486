//! Wrappers can be given to functions, and named in them.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Task {
    name: String,
    done: bool,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Board {
    title: String,
    tick: u32,
    small: i8,
    ratio: f32,
    mark: char,
    owner: Option<String>,
    best: Option<u8>,
    tasks: Vec<Task>,
    bytes: Box<u8>,
}

fn finish(task: &mut TaskMut<'_>) {
    task.set_done(true);
}

fn all(mut tasks: ipos::VecMut<'_, Task>) {
    tasks.for_each_mut(|mut task| finish(&mut task));
}

fn add<T: Shared>(mut list: ipos::VecMut<'_, T>, item: T) {
    list.push(item);
}

impl BoardMut<'_> {
    fn restart(&mut self) {
        self.set_tick(0);
        self.tasks_mut().clear();
    }
}

#[test]
fn check() {
    let board = changed(Board::default(), |b| {
        b.set_tick(3);
        b.restart();
        add(b.tasks_mut(), Task::default());
        all(b.tasks_mut());
    });
    assert_eq!((board.tick, board.tasks[0].done), (0, true));
}
