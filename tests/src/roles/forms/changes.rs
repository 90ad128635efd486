//! The changes.

use std::error::Error;

use ipos::Ipos;

use super::round;

/// A single change of the type.
pub struct Change {
    /// What is told where the plain type is *here*. `{there}` stands for where the other one is from.
    pub plain_here: &'static str,
    /// The same where the changed type is *here*.
    pub changed_here: &'static str,
    /// What the child does with the changed type.
    pub round: fn(&Ipos) -> Result<(), Box<dyn Error>>,
}

/// A board, its tasks and its state, in a module of their own.
macro_rules! form {
    ($name:ident, { $($board:tt)* }, { $($task:tt)* }, { $($state:tt)* }) => {
        #[allow(missing_docs)]
        pub mod $name {
            #[allow(unused_imports)] // not every form has all
            use std::collections::{BTreeMap, HashMap, VecDeque};

            use ipos::Shared;
            use serde::{Deserialize, Serialize};

            #[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
            pub struct Board {
                $($board)*
            }

            #[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
            pub struct Task {
                $($task)*
            }

            #[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
            pub enum State {
                $($state)*
            }
        }
    };
}

form!(
    plain,
    { pub title: String, pub tasks: Vec<Task>, pub state: State, pub ages: BTreeMap<String, u32> },
    { pub name: String, pub done: bool },
    { #[default] Idle, Busy(u32), Late { days: u8 } }
);

/// The changes: a name, what is told on both sides, and the three types.
macro_rules! changes {
    ($($name:ident: $plain_here:literal, $changed_here:literal, $board:tt, $task:tt, $state:tt;)*) => {
        $(form!($name, $board, $task, $state);)*

        /// Each single change.
        pub const CHANGES: &[Change] = &[$(Change {
            plain_here: $plain_here,
            changed_here: $changed_here,
            round: round::<$name::Board>,
        }),*];
    };
}

changes! {
    field_of_another_type:
        "Board.tasks[].done is bool here and u8 {there}",
        "Board.tasks[].done is u8 here and bool {there}",
        { pub title: String, pub tasks: Vec<Task>, pub state: State, pub ages: BTreeMap<String, u32> },
        { pub name: String, pub done: u8 },
        { #[default] Idle, Busy(u32), Late { days: u8 } };
    field_more:
        "Board.owner exists only {there}",
        "Board.owner exists only here",
        { pub title: String, pub tasks: Vec<Task>, pub state: State, pub ages: BTreeMap<String, u32>, pub owner: String },
        { pub name: String, pub done: bool },
        { #[default] Idle, Busy(u32), Late { days: u8 } };
    field_less:
        "Board.tasks[].done exists only here",
        "Board.tasks[].done exists only {there}",
        { pub title: String, pub tasks: Vec<Task>, pub state: State, pub ages: BTreeMap<String, u32> },
        { pub name: String },
        { #[default] Idle, Busy(u32), Late { days: u8 } };
    fields_in_another_order:
        "Board.tasks[].name and Board.tasks[].done stand in another order",
        "Board.tasks[].done and Board.tasks[].name stand in another order",
        { pub title: String, pub tasks: Vec<Task>, pub state: State, pub ages: BTreeMap<String, u32> },
        { pub done: bool, pub name: String },
        { #[default] Idle, Busy(u32), Late { days: u8 } };
    field_of_another_name:
        "Board.title is called name {there}",
        "Board.name is called title {there}",
        { pub name: String, pub tasks: Vec<Task>, pub state: State, pub ages: BTreeMap<String, u32> },
        { pub name: String, pub done: bool },
        { #[default] Idle, Busy(u32), Late { days: u8 } };
    field_renamed_in_the_schema:
        "Board.title is called name {there}",
        "Board.name is called title {there}",
        { #[shared(rename = "name")] pub title: String, pub tasks: Vec<Task>, pub state: State, pub ages: BTreeMap<String, u32> },
        { pub name: String, pub done: bool },
        { #[default] Idle, Busy(u32), Late { days: u8 } };
    field_that_is_skipped:
        "Board.tasks[].done exists only here",
        "Board.tasks[].done exists only {there}",
        { pub title: String, pub tasks: Vec<Task>, pub state: State, pub ages: BTreeMap<String, u32> },
        { pub name: String, #[shared(skip)] pub done: bool },
        { #[default] Idle, Busy(u32), Late { days: u8 } };
    another_list:
        "Board.tasks is Vec<Task> here and VecDeque<Task> {there}",
        "Board.tasks is VecDeque<Task> here and Vec<Task> {there}",
        { pub title: String, pub tasks: VecDeque<Task>, pub state: State, pub ages: BTreeMap<String, u32> },
        { pub name: String, pub done: bool },
        { #[default] Idle, Busy(u32), Late { days: u8 } };
    another_map:
        "Board.ages is BTreeMap<String, u32> here and HashMap<String, u32> {there}",
        "Board.ages is HashMap<String, u32> here and BTreeMap<String, u32> {there}",
        { pub title: String, pub tasks: Vec<Task>, pub state: State, pub ages: HashMap<String, u32> },
        { pub name: String, pub done: bool },
        { #[default] Idle, Busy(u32), Late { days: u8 } };
    keys_of_another_type:
        "Board.ages[key] is String here and char {there}",
        "Board.ages[key] is char here and String {there}",
        { pub title: String, pub tasks: Vec<Task>, pub state: State, pub ages: BTreeMap<char, u32> },
        { pub name: String, pub done: bool },
        { #[default] Idle, Busy(u32), Late { days: u8 } };
    values_of_another_type:
        "Board.ages[] is u32 here and Option<u32> {there}",
        "Board.ages[] is Option<u32> here and u32 {there}",
        { pub title: String, pub tasks: Vec<Task>, pub state: State, pub ages: BTreeMap<String, Option<u32>> },
        { pub name: String, pub done: bool },
        { #[default] Idle, Busy(u32), Late { days: u8 } };
    array_in_place_of_a_list:
        "Board.tasks is Vec<Task> here and [Task; 2] {there}",
        "Board.tasks is [Task; 2] here and Vec<Task> {there}",
        { pub title: String, pub tasks: [Task; 2], pub state: State, pub ages: BTreeMap<String, u32> },
        { pub name: String, pub done: bool },
        { #[default] Idle, Busy(u32), Late { days: u8 } };
    variant_more:
        "Board.state::Done exists only {there}",
        "Board.state::Done exists only here",
        { pub title: String, pub tasks: Vec<Task>, pub state: State, pub ages: BTreeMap<String, u32> },
        { pub name: String, pub done: bool },
        { #[default] Idle, Busy(u32), Late { days: u8 }, Done };
    variant_less:
        "Board.state::Busy exists only here",
        "Board.state::Busy exists only {there}",
        { pub title: String, pub tasks: Vec<Task>, pub state: State, pub ages: BTreeMap<String, u32> },
        { pub name: String, pub done: bool },
        { #[default] Idle, Late { days: u8 } };
    variant_of_another_name:
        "Board.state::Idle is called Free {there}",
        "Board.state::Free is called Idle {there}",
        { pub title: String, pub tasks: Vec<Task>, pub state: State, pub ages: BTreeMap<String, u32> },
        { pub name: String, pub done: bool },
        { #[default] Free, Busy(u32), Late { days: u8 } };
    variants_in_another_order:
        "Board.state::Idle and Board.state::Busy stand in another order",
        "Board.state::Busy and Board.state::Idle stand in another order",
        { pub title: String, pub tasks: Vec<Task>, pub state: State, pub ages: BTreeMap<String, u32> },
        { pub name: String, pub done: bool },
        { Busy(u32), #[default] Idle, Late { days: u8 } };
    variant_of_another_type:
        "Board.state::Busy.0 is u32 here and u64 {there}",
        "Board.state::Busy.0 is u64 here and u32 {there}",
        { pub title: String, pub tasks: Vec<Task>, pub state: State, pub ages: BTreeMap<String, u32> },
        { pub name: String, pub done: bool },
        { #[default] Idle, Busy(u64), Late { days: u8 } };
    variant_with_a_field_more:
        "Board.state::Late.why exists only {there}",
        "Board.state::Late.why exists only here",
        { pub title: String, pub tasks: Vec<Task>, pub state: State, pub ages: BTreeMap<String, u32> },
        { pub name: String, pub done: bool },
        { #[default] Idle, Busy(u32), Late { days: u8, why: String } };
    all_at_once:
        "Board.owner exists only {there}; Board.state::Done exists only {there}; Board.tasks[].done is bool here and u8 {there}",
        "Board.owner exists only here; Board.state::Done exists only here; Board.tasks[].done is u8 here and bool {there}",
        { pub title: String, pub tasks: Vec<Task>, pub state: State, pub ages: BTreeMap<String, u32>, pub owner: String },
        { pub name: String, pub done: u8 },
        { #[default] Idle, Busy(u32), Late { days: u8 }, Done };
}
