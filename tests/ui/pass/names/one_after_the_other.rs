//! Types whose generated names begin with each other.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Task {
    name: String,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct TaskList {
    tasks: Vec<Task>,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
enum Shape {
    #[default]
    None,
    Rect {
        w: u8,
    },
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Shapes {
    rect: Shape,
}

#[test]
fn check() {
    let list = changed(TaskList::default(), |list| {
        list.tasks_mut().push(Task::default())
    });
    assert_eq!(list.tasks.len(), 1);
    let shapes = changed(Shapes::default(), |shapes| {
        shapes.set_rect(Shape::Rect { w: 1 })
    });
    assert_eq!(shapes.rect, Shape::Rect { w: 1 });
}
