//! What is shared in most works.

use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
pub(crate) struct State {
    pub(crate) tick: u64,
    pub(crate) tasks: Vec<Task>,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
pub(crate) struct Task {
    pub(crate) name: String,
    pub(crate) done: bool,
    pub(crate) count: u64,
}

impl State {
    pub(crate) fn of(tasks: usize) -> Self {
        let tasks = (0..tasks)
            .map(|number| Task {
                name: format!("task {number}"),
                done: false,
                count: 0,
            })
            .collect();
        Self { tick: 0, tasks }
    }
}
