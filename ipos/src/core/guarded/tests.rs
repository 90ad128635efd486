//! What a member may do to types with fields that are for the host alone to write.
#![cfg(not(loom))]

mod schemas;
mod values;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};

use crate::{
    Shared,
    core::{ObjectId, PeerId, Replica, Typed},
    cursor::Cursor,
    recorder::Recorder,
};

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Task {
    name: String,
    #[shared(host_only)]
    approved: bool,
}

/// A struct with something of the host's in it, but none of its own.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
struct Work {
    task: Task,
    hours: u32,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
struct Board {
    title: String,
    #[shared(host_only)]
    log: Vec<String>,
    tasks: Vec<Task>,
    queue: VecDeque<Work>,
    lead: Option<Task>,
    by_name: BTreeMap<String, Task>,
    by_task: BTreeMap<Task, u32>,
    done: BTreeSet<Task>,
    pair: (u32, Task),
    work: Work,
    rows: Vec<Vec<Option<Task>>>,
    plain: BTreeMap<String, Option<Vec<u32>>>,
    #[shared(host_only)]
    rules: Work,
}

/// A board that has one of everything.
fn board() -> Board {
    let task = || Task {
        name: "t".into(),
        approved: true,
    };
    Board {
        title: "board".into(),
        log: vec!["begun".into()],
        tasks: vec![task(), Task::default(), task()],
        queue: [Work::default()].into(),
        lead: Some(task()),
        by_name: [("t".into(), task())].into(),
        by_task: [(task(), 1)].into(),
        done: [task()].into(),
        rows: vec![vec![], vec![None, Some(task())]],
        plain: [("p".into(), Some(vec![1]))].into(),
        ..Board::default()
    }
}

/// The patches that a change of `value` records.
fn recorded<T: Shared>(mut value: T, change: impl FnOnce(&mut T::Mut<'_>)) -> Vec<u8> {
    let mut recorder = Recorder::default();
    change(&mut T::writer(Cursor::new(&mut value, &mut recorder)));
    recorder.patches().to_vec()
}

fn replica<T: Shared>(value: T) -> Replica {
    let id = ObjectId {
        creator: PeerId::HOST,
        number: 1,
    };
    Replica::new(id, 0, Box::new(Typed::new(value)))
}

/// Why a replica on the host refuses these patches to `value` of a member.
fn refused<T: Shared>(value: T, patches: &[u8]) -> Option<String> {
    replica(value).refuses_from_member(patches).unwrap()
}

/// A change, and where it writes what is for the host alone, or what value it puts in where.
type Case<T> = (fn(&mut <T as Shared>::Mut<'_>), Expected);

#[derive(Clone, Copy, Debug)]
enum Expected {
    Allowed,
    Written(&'static str),
    PutIn(&'static str, &'static str),
}
use Expected::{Allowed, PutIn, Written};

impl Expected {
    fn reason(self) -> Option<String> {
        match self {
            Allowed => None,
            Written(place) => Some(format!("`{place}` is for the host alone to write")),
            PutIn(place, field) => Some(format!(
                "a value put into {place} has the field `{field}`, which is for the host alone to \
                 write"
            )),
        }
    }
}

/// Asserts what becomes of changes to `value`, each a commit of its own, and of each behind one that
/// is allowed.
#[track_caller]
fn check<T: Shared>(value: &T, cases: &[Case<T>]) {
    let commits = cases
        .iter()
        .map(|(change, _)| recorded(value.clone(), change));
    let commits: Vec<Vec<u8>> = commits.collect();
    let allowed = cases.iter().zip(&commits);
    let allowed = allowed.filter(|((_, expected), _)| matches!(expected, Allowed));
    let first = allowed
        .map(|(_, patches)| &patches[..])
        .next()
        .unwrap_or_default();
    for (i, ((_, expected), patches)) in cases.iter().zip(&commits).enumerate() {
        assert!(!patches.is_empty(), "case {i} changes something");
        assert_eq!(
            refused(value.clone(), patches),
            expected.reason(),
            "case {i}"
        );
        let behind = [first, patches].concat();
        assert_eq!(
            refused(value.clone(), &behind),
            expected.reason(),
            "case {i} behind another"
        );
    }
}

#[test]
fn a_field_for_the_host_alone_is_not_written_in_any_way() {
    check::<Board>(
        &board(),
        &[
            (|b| b.set_title("t"), Allowed),
            (|b| b.title_mut().push_str("t"), Allowed),
            (|b| b.set_plain(BTreeMap::default()), Allowed),
            (|b| b.set_log(vec!["x".into()]), Written("log")),
            (|b| b.set_log(vec![]), Written("log")),
            (|b| b.log_mut().push("x".into()), Written("log")),
            (|b| b.log_mut().clear(), Written("log")),
            (|b| b.log_mut().at(0).push_str("x"), Written("log")),
            (|b| b.rules_mut().set_hours(1u32), Written("rules")),
            (|b| b.rules_mut().task_mut().set_name("x"), Written("rules")),
            (
                |b| b.rules_mut().task_mut().set_approved(true),
                Written("rules"),
            ),
            (|b| b.work_mut().set_hours(1u32), Allowed),
            (|b| b.work_mut().task_mut().set_name("x"), Allowed),
            (
                |b| b.work_mut().task_mut().set_approved(true),
                Written("work.task.approved"),
            ),
            (
                |b| b.set_work(Work::default()),
                Written("work.task.approved"),
            ),
            (|b| b.set(Board::default()), Written("log")),
            (|b| b.pair_mut()._0_mut().set(7), Allowed),
            (|b| b.pair_mut()._1_mut().set_name("x"), Allowed),
            (
                |b| b.pair_mut()._1_mut().set_approved(true),
                Written("pair.1.approved"),
            ),
            (
                |b| b.set_pair((1, Task::default())),
                Written("pair.1.approved"),
            ),
        ],
    );
}

#[test]
fn elements_of_lists_are_the_hosts_to_put_in_and_everybodys_to_remove() {
    check::<Board>(
        &board(),
        &[
            (|b| b.tasks_mut().at(1).set_name("x"), Allowed),
            (|b| b.tasks_mut().swap(0, 2), Allowed),
            (|b| b.tasks_mut().sort_by(Ord::cmp), Allowed),
            (|b| b.tasks_mut().retain(|task| task.approved), Allowed),
            (|b| drop(b.tasks_mut().remove(0)), Allowed),
            (|b| drop(b.tasks_mut().swap_remove(0)), Allowed),
            (|b| drop(b.tasks_mut().drain(..2)), Allowed),
            (|b| b.tasks_mut().clear(), Allowed),
            (|b| b.set_tasks(vec![]), Allowed),
            (
                |b| b.tasks_mut().at(1).set_approved(true),
                Written("tasks[].approved"),
            ),
            (
                |b| b.tasks_mut().at(1).set(Task::default()),
                Written("tasks[].approved"),
            ),
            (
                |b| b.set_tasks(vec![Task::default()]),
                PutIn("`tasks`", "approved"),
            ),
            (
                |b| b.tasks_mut().push(Task::default()),
                PutIn("`tasks`", "approved"),
            ),
            (
                |b| b.tasks_mut().insert(0, Task::default()),
                PutIn("`tasks`", "approved"),
            ),
            (
                |b| b.tasks_mut().extend([Task::default()]),
                PutIn("`tasks`", "approved"),
            ),
            (
                |b| drop(b.tasks_mut().splice(..2, [Task::default()])),
                PutIn("`tasks`", "approved"),
            ),
            (|b| b.queue_mut().at(0).set_hours(1u32), Allowed),
            (|b| drop(b.queue_mut().pop_front()), Allowed),
            (
                |b| b.queue_mut().push_back(Work::default()),
                PutIn("`queue`", "approved"),
            ),
            (
                |b| b.queue_mut().at(0).task_mut().set_approved(true),
                Written("queue[].task.approved"),
            ),
            (|b| b.rows_mut().at(1).swap(0, 1), Allowed),
            (|b| b.rows_mut().at(1).at(1).set(None), Allowed),
            (|b| b.rows_mut().at(1).set(vec![]), Allowed),
            (|b| b.rows_mut().at(0).push(None), Allowed),
            (|b| b.rows_mut().push(vec![]), Allowed),
            (|b| b.rows_mut().push(vec![None, None]), Allowed),
            (
                |b| b.rows_mut().push(vec![None, Some(Task::default())]),
                PutIn("`rows`", "approved"),
            ),
            (
                |b| b.rows_mut().at(1).at(0).set(Some(Task::default())),
                PutIn("`rows[][]`", "approved"),
            ),
            (
                |b| {
                    b.rows_mut()
                        .at(1)
                        .at(1)
                        .as_mut()
                        .unwrap()
                        .set_approved(false);
                },
                Written("rows[][].approved"),
            ),
        ],
    );
}

#[test]
fn what_is_in_options_maps_and_sets_is_guarded_alike() {
    check::<Board>(
        &board(),
        &[
            (|b| drop(b.lead_mut().take()), Allowed),
            (|b| b.set_lead(None), Allowed),
            (|b| b.lead_mut().as_mut().unwrap().set_name("x"), Allowed),
            (
                |b| b.set_lead(Some(Task::default())),
                PutIn("`lead`", "approved"),
            ),
            (
                |b| drop(b.lead_mut().replace(Task::default())),
                PutIn("`lead`", "approved"),
            ),
            (
                |b| b.lead_mut().as_mut().unwrap().set_approved(false),
                Written("lead.approved"),
            ),
            (
                |b| b.by_name_mut().get_mut("t").unwrap().set_name("x"),
                Allowed,
            ),
            (|b| b.by_name_mut().clear(), Allowed),
            (|b| b.by_name_mut().retain(|_, _| false), Allowed),
            (|b| drop(b.by_name_mut().remove("t")), Allowed),
            (
                |b| b.by_name_mut().get_mut("t").unwrap().set_approved(false),
                Written("by_name[].approved"),
            ),
            (
                |b| drop(b.by_name_mut().insert("t".into(), Task::default())),
                PutIn("`by_name`", "approved"),
            ),
            (
                |b| drop(b.by_name_mut().entry("new".into()).or_default()),
                PutIn("`by_name`", "approved"),
            ),
            (
                |b| b.set_by_name(BTreeMap::from([("t".into(), Task::default())])),
                PutIn("`by_name`", "approved"),
            ),
            // A value under a key that is there may be changed; a key may not be put in.
            (|b| b.by_task_mut().for_each_mut(|_, n| n.set(2)), Allowed),
            (|b| b.by_task_mut().retain(|_, _| false), Allowed),
            (
                |b| _ = b.by_task_mut().insert(Task::default(), 1),
                PutIn("`by_task`", "approved"),
            ),
            (|b| b.done_mut().clear(), Allowed),
            (|b| b.done_mut().retain(|_| false), Allowed),
            (
                |b| _ = b.done_mut().insert(Task::default()),
                PutIn("`done`", "approved"),
            ),
            (
                |b| b.set_done(BTreeSet::from([Task::default()])),
                PutIn("`done`", "approved"),
            ),
            (
                |b| drop(b.plain_mut().insert("x".into(), Some(vec![1]))),
                Allowed,
            ),
        ],
    );
}

/// A tree of which each node has a list for the host alone.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
struct Tree {
    #[shared(host_only)]
    marks: Vec<u32>,
    children: Vec<Tree>,
    next: Option<Box<Tree>>,
    label: String,
}

#[test]
fn types_may_hold_themselves() {
    let tree = || Tree {
        children: vec![Tree::default()],
        next: Some(Box::default()),
        ..Tree::default()
    };
    let tree = Tree {
        marks: vec![1],
        children: vec![tree(), tree()],
        next: Some(Box::new(tree())),
        ..Tree::default()
    };
    check::<Tree>(
        &tree,
        &[
            (
                |t| t.children_mut().at(1).children_mut().at(0).set_label("x"),
                Allowed,
            ),
            (|t| t.children_mut().at(1).children_mut().clear(), Allowed),
            (|t| t.next_mut().as_mut().unwrap().set_next(None), Allowed),
            (|t| t.marks_mut().push(1), Written("marks")),
            (
                |t| {
                    t.children_mut()
                        .at(1)
                        .children_mut()
                        .at(0)
                        .marks_mut()
                        .push(1);
                },
                Written("children[].children[].marks"),
            ),
            (
                |t| {
                    t.next_mut()
                        .as_mut()
                        .unwrap()
                        .children_mut()
                        .at(0)
                        .set_marks(vec![]);
                },
                Written("next.children[].marks"),
            ),
            (
                |t| {
                    t.next_mut()
                        .as_mut()
                        .unwrap()
                        .children_mut()
                        .push(Tree::default());
                },
                PutIn("`next.children`", "marks"),
            ),
            (
                |t| t.children_mut().at(0).set_next(Some(Box::default())),
                PutIn("`children[].next`", "marks"),
            ),
        ],
    );
}

#[test]
fn the_root_may_be_of_any_type() {
    check::<Vec<Task>>(
        &vec![Task::default()],
        &[
            (|w| w.at(0).set_name("x"), Allowed),
            (|w| w.set(vec![]), Allowed),
            (|w| w.at(0).set_approved(true), Written("[].approved")),
            (|w| w.push(Task::default()), PutIn("the object", "approved")),
            (
                |w| w.set(vec![Task::default()]),
                PutIn("the object", "approved"),
            ),
        ],
    );
    check::<Option<(u32, Task)>>(
        &Some((1, Task::default())),
        &[
            (|w| w.set(None), Allowed),
            (|w| w.as_mut().unwrap()._0_mut().set(2), Allowed),
            (
                |w| w.as_mut().unwrap()._1_mut().set_approved(true),
                Written("1.approved"),
            ),
            (
                |w| w.set(Some((1, Task::default()))),
                PutIn("the object", "approved"),
            ),
        ],
    );
}
