//! What setters take: literals, texts, options, the type itself.

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

#[test]
fn check() {
    let text = String::from("text");
    let board = changed(Board::default(), |b| {
        b.set_title("x");
        b.set_title(&text);
        b.set_title(text.clone() + "!");
        b.set_title(format!("{}?", b.title));
        b.set_tick(1);
        b.set_tick(b.tick + 1);
        b.set_tick(u32::from(b.small.unsigned_abs()) + 7);
        b.set_small(-1);
        b.set_ratio(0.5);
        b.set_mark('x');
        b.set_owner(Some("ada"));
        b.set_owner(Some(text.clone()));
        b.set_owner(None::<String>);
        b.set_best(Some(1));
        b.set_tasks(vec![Task::default()]);
        b.set_bytes(Box::new(1));
    });
    assert_eq!((board.title.as_str(), board.tick), ("text!?", 7));
}
