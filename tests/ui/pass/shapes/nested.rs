//! Structs and enums within each other, in lists and maps.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

use std::collections::{BTreeMap, HashMap};

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Task {
    name: String,
    done: bool,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
enum State {
    #[default]
    Open,
    Taken {
        by: String,
        tasks: Vec<Task>,
    },
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Board {
    states: BTreeMap<u8, State>,
    tasks: HashMap<String, Vec<Option<Task>>>,
}

#[test]
fn check() {
    let board = changed(Board::default(), |b| {
        let taken = State::Taken {
            by: "ada".to_owned(),
            tasks: vec![Task::default()],
        };
        b.states_mut().insert(1, taken);
        if let Some(mut state) = b.states_mut().get_mut(&1) {
            let mut taken = state.taken_mut().expect("it was put there");
            taken.tasks_mut().at(0).set_name("build");
        }
        b.tasks_mut()
            .insert("all".to_owned(), vec![None, Some(Task::default())]);
        let mut tasks = b.tasks_mut();
        let mut all = tasks.get_mut("all").expect("it was put there");
        all.at(1).as_mut().expect("it is one").set_done(true);
    });
    assert!(matches!(&board.states[&1], State::Taken { tasks, .. } if tasks[0].name == "build"));
    assert!(board.tasks["all"][1].as_ref().is_some_and(|task| task.done));
}
