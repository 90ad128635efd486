//! The table: every kind of value. A row more is a kind more, in every test.
//!
//! Every type of the [one list](crate::types) has its row in [`listed`]. Those that stand here have values
//! that matter: nothing, zero and false, the largest, the longest, and texts that look like code.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use ipos::Shared;
use serde::{Deserialize, Serialize};

use super::{
    kind::{Kind, kind},
    listed,
};

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Task {
    pub name: String,
    pub done: bool,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Board {
    pub title: String,
    pub tick: u64,
    pub tasks: Vec<Task>,
    pub owners: HashMap<String, u32>,
    pub lead: Option<Task>,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Team {
    pub board: Board,
    pub boards: BTreeMap<u32, Board>,
    pub inner: Option<Box<Team>>,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Falsy {
    pub number: i32,
    pub float: f64,
    pub text: String,
    pub flag: bool,
    pub option: Option<u8>,
    pub list: Vec<u8>,
    pub map: BTreeMap<u8, u8>,
    pub unit: (),
}

impl Falsy {
    fn truthy() -> Self {
        Self {
            number: -1,
            float: 0.5,
            text: "text".into(),
            flag: true,
            option: Some(0),
            list: vec![0],
            map: BTreeMap::from([(0, 0)]),
            unit: (),
        }
    }
}

/// Something to look up by.
#[derive(
    Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord,
)]
pub struct Spot {
    pub x: i32,
    pub y: i32,
}

/// What an object of another kind is reset to. It is a kind as the others.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Other {
    pub note: String,
}

fn task(name: &str) -> Task {
    Task {
        name: name.into(),
        done: false,
    }
}

fn board(tick: u64) -> Board {
    Board {
        title: "board".into(),
        tick,
        tasks: vec![task("plan"), task("build")],
        owners: HashMap::from([("ada".into(), 7), ("bob".into(), 0)]),
        lead: Some(task("lead")),
    }
}

fn team(tick: u64) -> Team {
    Team {
        board: board(0),
        boards: BTreeMap::from([(0, Board::default()), (9, board(9))]),
        inner: Some(Box::new(Team {
            board: board(tick),
            ..Team::default()
        })),
    }
}

/// 200 KB of text, which does not go into one piece.
fn long(text: &str) -> String {
    text.repeat(200_000 / text.len())
}

fn text(text: &str) -> String {
    text.to_owned()
}

/// A list with everything from nothing to something in it.
type Deep = Vec<Option<HashMap<String, Vec<u8>>>>;

fn deep(bytes: &[u8]) -> Deep {
    let map = HashMap::from([(text(""), vec![]), (text("bytes"), bytes.to_vec())]);
    vec![None, Some(HashMap::new()), Some(map)]
}

/// Every kind.
pub fn kinds() -> Vec<Box<dyn Kind>> {
    [
        listed::kinds(),
        leaves(),
        texts(),
        lists(),
        maps(),
        others(),
        structs(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn leaves() -> Vec<Box<dyn Kind>> {
    vec![
        kind!("u8", u8, first: u8::MAX, second: 0, update: |w| w.set(3), updated: 3),
        kind!("u16", u16, first: u16::MAX, second: 0, update: |w| w.set(3), updated: 3),
        kind!("u32", u32, first: u32::MAX, second: 0, update: |w| w.set(3), updated: 3),
        kind!("u64", u64, first: u64::MAX, second: 0, update: |w| w.set(3), updated: 3),
        kind!("u128", u128, first: u128::MAX, second: 0, update: |w| w.set(3), updated: 3),
        kind!("usize", usize, first: usize::MAX, second: 0, update: |w| w.set(3), updated: 3),
        kind!("i8", i8, first: i8::MIN, second: 0, update: |w| w.set(-3), updated: -3),
        kind!("i16", i16, first: i16::MIN, second: 0, update: |w| w.set(-3), updated: -3),
        kind!("i32", i32, first: i32::MIN, second: 0, update: |w| w.set(-3), updated: -3),
        kind!("i64", i64, first: i64::MIN, second: 0, update: |w| w.set(-3), updated: -3),
        kind!("i128", i128, first: i128::MIN, second: 0, update: |w| w.set(-3), updated: -3),
        kind!("isize", isize, first: isize::MIN, second: 0, update: |w| w.set(-3), updated: -3),
        kind!("f32", f32,
            first: f32::MIN_POSITIVE, second: 0.0,
            update: |w| w.set(0.1), updated: 0.1),
        kind!("f64", f64, first: f64::INFINITY, second: 0.0, update: |w| w.set(0.1), updated: 0.1),
        kind!("f64-below-0", f64, first: 0.0, second: -0.5, update: |w| w.set(-0.0), updated: -0.0),
        kind!("bool", bool, first: true, second: false, update: |w| w.set(false), updated: false),
        kind!("bool-from-false", bool,
            first: false, second: true,
            update: |w| w.modify(|b| *b = !*b), updated: true),
        kind!("char", char,
            first: '\u{10ffff}', second: '\0',
            update: |w| w.set('ä'), updated: 'ä'),
        kind!("u32-to-0", u32, first: 7, second: 1, update: |w| w.set(0), updated: 0),
        kind!("u32-from-0", u32,
            first: 0, second: 1,
            update: |w| w.modify(|n| *n += 7), updated: 7),
        kind!("i64-to-0", i64, first: -7, second: 1, update: |w| w.modify(|n| *n += 7), updated: 0),
        kind!("u8-added-to", u8, first: 7, second: 1, update: |w| w.add(248), updated: 255),
        kind!("u16-wrapped", u16, first: 7, second: 1, update: |w| w.wrapping_sub(8), updated: 65_535),
        kind!("u128-added-to", u128,
            first: 1, second: 0,
            update: |w| w.add(u128::MAX - 1), updated: u128::MAX),
        kind!("i128-subtracted-from", i128,
            first: 0, second: 1,
            update: |w| w.sub(i128::MAX), updated: -i128::MAX),
        kind!("usize-added-to", usize, first: 300, second: 0, update: |w| { w.add(5); w.sub(305) }, updated: 0),
        kind!("f32-added-to", f32, first: 0.1, second: 0.0, update: |w| w.add(0.2), updated: 0.1 + 0.2),
        kind!("f64-subtracted-from", f64,
            first: 0.0, second: 0.5,
            update: |w| { w.sub(1e300); w.add(f64::INFINITY) }, updated: f64::INFINITY),
        kind!("unit", (), first: (), second: (), update: |w| w.set(()), updated: ()),
    ]
}

fn texts() -> Vec<Box<dyn Kind>> {
    vec![
        kind!("String", String,
            first: text("one"), second: text(""),
            update: |w| w.set("two"), updated: text("two")),
        kind!("String-to-nothing", String,
            first: text("one"), second: text("two"),
            update: |w| w.clear(), updated: text("")),
        kind!("String-from-nothing", String,
            first: text(""), second: text("two"),
            update: |w| w.push('ä'), updated: text("ä")),
        kind!("String-edited", String,
            first: text("äöü"), second: text("\0"),
            update: |w| {
                w.push_str("!");
                w.insert_str(2, "-");
                w.replace_range(0..2, "A");
                w.pop()
            },
            updated: text("A-öü")),
        kind!("String-in-pieces", String,
            first: long("one"), second: long("ä"),
            update: |w| w.insert(3, '|'), updated: format!("one|{}", &long("one")[3..])),
        kind!("String-of-code", String,
            first: text("() => process.exit(1)"), second: text("__proto__"),
            update: |w| w.set("$(exit 1); constructor"), updated: text("$(exit 1); constructor")),
    ]
}

fn lists() -> Vec<Box<dyn Kind>> {
    vec![
        kind!("Vec<u8>", Vec<u8>,
            first: vec![1, 0, 255], second: vec![],
            update: |w| w.push(0), updated: vec![1, 0, 255, 0]),
        kind!("Vec<u8>-to-nothing", Vec<u8>,
            first: vec![1, 2], second: vec![0],
            update: |w| { w.pop(); w.remove(0) }, updated: vec![]),
        kind!("Vec<u8>-from-nothing", Vec<u8>,
            first: vec![], second: vec![0],
            update: |w| w.extend([0, 0]), updated: vec![0, 0]),
        kind!("Vec<i16>-edited", Vec<i16>,
            first: vec![5, 4, 3, 2, 1], second: vec![0; 300],
            update: |w| {
                w.sort_by(i16::cmp);
                w.swap(0, 4);
                w.retain(|n| n % 2 == 1);
                w.splice(1..2, [7, 8]);
                w.insert(0, -9)
            },
            updated: vec![-9, 5, 7, 8, 1]),
        kind!("Vec<String>", Vec<String>,
            first: vec![text("one")], second: vec![text("")],
            update: |w| w.at(0).push_str(" more"), updated: vec![text("one more")]),
        kind!("Vec<unit>", Vec<()>,
            first: vec![(); 3], second: vec![],
            update: |w| w.push(()), updated: vec![(); 4]),
        kind!("Vec<Vec<Vec<u32>>>", Vec<Vec<Vec<u32>>>,
            first: vec![vec![], vec![vec![], vec![0]]], second: vec![vec![]],
            update: |w| w.at(1).at(1).push(1), updated: vec![vec![], vec![vec![], vec![0, 1]]]),
        kind!("VecDeque<u8>", VecDeque<u8>,
            first: VecDeque::from([1, 2]), second: VecDeque::new(),
            update: |w| { w.push_front(0); w.pop_back() }, updated: VecDeque::from([0, 1])),
        kind!("VecDeque<String>", VecDeque<String>,
            first: VecDeque::from([text("")]), second: VecDeque::from([text("a"), text("b")]),
            update: |w| { w.push_back(text("c")); w.for_each_mut(|text| text.push('!')) },
            updated: VecDeque::from([text("!"), text("c!")])),
    ]
}

fn maps() -> Vec<Box<dyn Kind>> {
    vec![
        kind!("HashMap<String,u32>", HashMap<String, u32>,
            first: HashMap::from([(text("a"), 1), (text(""), 0)]), second: HashMap::new(),
            update: |w| { w.insert(text("b"), 0); w.remove("a") },
            updated: HashMap::from([(text("b"), 0), (text(""), 0)])),
        kind!("HashMap<u32,String>", HashMap<u32, String>,
            first: HashMap::from([(0, text("")), (10, text("ten"))]),
            second: HashMap::from([(9, text("nine"))]),
            update: |w| w.get_mut(&10).unwrap().push('!'),
            updated: HashMap::from([(0, text("")), (10, text("ten!"))])),
        kind!("HashMap<(i8,char),bool>", HashMap<(i8, char), bool>,
            first: HashMap::from([((-1, 'ä'), true)]), second: HashMap::new(),
            update: |w| w.entry((0, '\0')).or_default().set(false),
            updated: HashMap::from([((-1, 'ä'), true), ((0, '\0'), false)])),
        kind!("HashMap<Spot,Task>", HashMap<Spot, Task>,
            first: HashMap::from([(Spot::default(), Task::default())]), second: HashMap::new(),
            update: |w| w.for_each_mut(|_, task| task.set_done(true)),
            updated: HashMap::from([(Spot::default(), Task { done: true, ..Task::default() })])),
        kind!("HashMap<bool,unit>", HashMap<bool, ()>,
            first: HashMap::from([(false, ())]), second: HashMap::new(),
            update: |w| w.insert(true, ()), updated: HashMap::from([(false, ()), (true, ())])),
        kind!("BTreeMap<String,String>", BTreeMap<String, String>,
            first: BTreeMap::from([(text("a"), text("b"))]), second: BTreeMap::new(),
            update: |w| w.clear(), updated: BTreeMap::new()),
        kind!("BTreeMap<i64,f64>", BTreeMap<i64, f64>,
            first: BTreeMap::from([(i64::MIN, 0.0), (0, 1.5)]),
            second: BTreeMap::from([(10, -1.0), (9, 0.0)]),
            update: |w| w.get_mut(&0).unwrap().set(0.0),
            updated: BTreeMap::from([(i64::MIN, 0.0), (0, 0.0)])),
        kind!("BTreeMap<Vec<u8>,Option<u8>>", BTreeMap<Vec<u8>, Option<u8>>,
            first: BTreeMap::from([(vec![], None), (vec![0], Some(0))]), second: BTreeMap::new(),
            update: |w| w.retain(|key, _| key.is_empty()),
            updated: BTreeMap::from([(vec![], None)])),
        kind!("BTreeMap<Option<u8>,BTreeMap<u8,Vec<u8>>>",
            BTreeMap<Option<u8>, BTreeMap<u8, Vec<u8>>>,
            first: BTreeMap::from([(None, BTreeMap::from([(0, vec![])]))]), second: BTreeMap::new(),
            update: |w| w.get_mut(&None).unwrap().get_mut(&0).unwrap().push(0),
            updated: BTreeMap::from([(None, BTreeMap::from([(0, vec![0])]))])),
        kind!("HashSet<String>", HashSet<String>,
            first: HashSet::from([text("a"), text("")]), second: HashSet::new(),
            update: |w| { w.insert(text("b")); w.remove("") },
            updated: HashSet::from([text("a"), text("b")])),
        kind!("HashSet<(u8,u8)>", HashSet<(u8, u8)>,
            first: HashSet::from([(0, 0), (0, 1)]), second: HashSet::from([(1, 0)]),
            update: |w| w.clear(), updated: HashSet::new()),
        kind!("BTreeSet<i32>", BTreeSet<i32>,
            first: BTreeSet::from([-1, 0, 10, 9]), second: BTreeSet::new(),
            update: |w| w.retain(|n| *n > 0), updated: BTreeSet::from([9, 10])),
        kind!("BTreeSet<Spot>", BTreeSet<Spot>,
            first: BTreeSet::new(), second: BTreeSet::from([Spot { x: 1, y: -1 }]),
            update: |w| w.insert(Spot::default()), updated: BTreeSet::from([Spot::default()])),
    ]
}

fn others() -> Vec<Box<dyn Kind>> {
    vec![
        kind!("Option<u8>", Option<u8>,
            first: Some(0), second: None,
            update: |w| w.take(), updated: None),
        kind!("Option<String>", Option<String>,
            first: None, second: Some(text("")),
            update: |w| w.set(Some("some")), updated: Some(text("some"))),
        kind!("Option<Vec<bool>>", Option<Vec<bool>>,
            first: Some(vec![]), second: None,
            update: |w| w.as_mut().unwrap().push(false), updated: Some(vec![false])),
        kind!("Option<Option<unit>>", Option<Option<()>>,
            first: Some(None), second: None,
            update: |w| w.set(Some(Some(()))), updated: Some(Some(()))),
        kind!("Box<u64>", Box<u64>,
            first: Box::new(1), second: Box::new(0),
            update: |w| w.set(2), updated: Box::new(2)),
        kind!("Box<Vec<Box<String>>>", Box<Vec<Box<String>>>,
            first: Box::new(vec![Box::new(text("a"))]), second: Box::default(),
            update: |w| w.at(0).push('b'), updated: Box::new(vec![Box::new(text("ab"))])),
        kind!("(u8,)", (u8,), first: (1,), second: (0,), update: |w| w.set_0(2), updated: (2,)),
        kind!("(u32,String,bool)", (u32, String, bool),
            first: (1, text("a"), true), second: (0, text(""), false),
            update: |w| { w.set_0(0); w._1_mut().push('b'); w.set_2(false) },
            updated: (0, text("ab"), false)),
        kind!("((i8,(char,)),Option<(u8,u8)>)", ((i8, (char,)), Option<(u8, u8)>),
            first: ((-1, ('a',)), Some((0, 0))), second: ((0, ('\0',)), None),
            update: |w| { w._0_mut()._1_mut().set_0('b'); w._1_mut().as_mut().unwrap().set_1(1) },
            updated: ((-1, ('b',)), Some((0, 1)))),
        kind!("tuple-of-twelve", (u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, String),
            first: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, text("12")), second: Default::default(),
            update: |w| { w.set_10(0); w._11_mut().clear() },
            updated: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0, text(""))),
        kind!("Vec<Option<HashMap<String,Vec<u8>>>>", Deep,
            first: deep(&[1]), second: vec![None],
            update: |w| w.at(2).as_mut().unwrap().get_mut("bytes").unwrap().push(0),
            updated: deep(&[1, 0])),
        kind!("Vec<(Task,BTreeSet<u8>)>", Vec<(Task, BTreeSet<u8>)>,
            first: vec![(task("a"), BTreeSet::new())], second: vec![],
            update: |w| { w.at(0)._0_mut().set_done(true); w.at(0)._1_mut().insert(0) },
            updated: vec![(Task { name: text("a"), done: true }, BTreeSet::from([0]))]),
    ]
}

fn structs() -> Vec<Box<dyn Kind>> {
    vec![
        kind!("Task", Task,
            first: task("a"), second: Task::default(),
            update: |w| { w.set_name("b"); w.set_done(true) },
            updated: Task { name: text("b"), done: true }),
        kind!("Board", Board,
        first: board(1), second: Board::default(),
        update: |w| {
            w.tick_mut().add(1);
            w.tasks_mut().at(1).set_done(true);
            w.owners_mut().get_mut("ada").unwrap().set(0);
            w.lead_mut().as_mut().unwrap().set_name("")
        },
        updated: Board {
            tasks: vec![task("plan"), Task { name: text("build"), done: true }],
            owners: HashMap::from([(text("ada"), 0), (text("bob"), 0)]),
            lead: Some(task("")),
            ..board(2)
        }),
        kind!("Team", Team,
            first: team(1), second: Team::default(),
            update: |w| {
                w.inner_mut().as_mut().unwrap().board_mut().set_tick(2);
                w.board_mut().set_tick(0)
            },
            updated: team(2)),
        kind!("Team-in-a-map", Team,
        first: team(1), second: Team { inner: Some(Box::default()), ..Team::default() },
        update: |w| w.boards_mut().get_mut(&9).unwrap().tasks_mut().clear(),
        updated: Team {
            boards: BTreeMap::from([
                (0, Board::default()),
                (9, Board { tasks: vec![], ..board(9) }),
            ]),
            ..team(1)
        }),
        kind!("Falsy", Falsy,
            first: Falsy::truthy(), second: Falsy::default(),
            update: |w| {
                w.set_number(0);
                w.set_float(0.0);
                w.set_text("");
                w.set_flag(false);
                w.set_option(None);
                w.list_mut().clear();
                w.map_mut().remove(&0)
            },
            updated: Falsy::default()),
        kind!("Falsy-to-truthy", Falsy,
            first: Falsy::default(), second: Falsy { option: Some(0), ..Falsy::default() },
            update: |w| w.set(Falsy::truthy()), updated: Falsy::truthy()),
        kind!("Vec<Falsy>", Vec<Falsy>,
            first: vec![Falsy::default()], second: vec![],
            update: |w| w.at(0).set_flag(true),
            updated: vec![Falsy { flag: true, ..Falsy::default() }]),
        kind!("Other", Other,
            first: Other { note: text("first") }, second: Other::default(),
            update: |w| w.set_note("updated"), updated: Other { note: text("updated") }),
    ]
}
