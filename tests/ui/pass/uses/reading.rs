//! A wrapper reads as the value does.

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

fn title(board: &Board) -> &str {
    &board.title
}

#[test]
fn check() {
    changed(Board::default(), |b| {
        b.set_title(title(b).to_owned() + "x");
        b.tasks_mut().extend([Task::default(), Task::default()]);
        let open = b.tasks.iter().filter(|task| !task.done).count();
        assert_eq!((open, b.tasks.len()), (2, 2));
        let Board { title, tick, .. } = &**b;
        assert_eq!((title.as_str(), *tick), ("x", 0));
        assert!(format!("{b:?}").contains("Board"));
    });
}
