//! The types whose values are attacked: one that has every shape, one with a part for the host alone, and one
//! that refuses what its form allows.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque},
    hash::{BuildHasherDefault, DefaultHasher},
    net::{IpAddr, Ipv4Addr, SocketAddr},
    num::NonZero,
    ops::Bound,
    path::PathBuf,
    sync::Arc,
    time::{Duration, SystemTime},
};

use fastrand::Rng;
use ipos::{Events, Schema, Shared, schema_of};
use serde::{Deserialize, Serialize};

/// In the same order in every run.
type Fixed = BuildHasherDefault<DefaultHasher>;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Task {
    pub name: String,
    pub done: bool,
    pub place: (u8, Option<char>),
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub enum Figure {
    Nothing,
    Circle(f64),
    Rect { of: Task, inner: Vec<Figure> },
}

/// Serde and postcard alone know its bytes.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
#[serde(into = "String", try_from = "String")]
#[shared(atomic)]
pub struct Even(String);

impl From<Even> for String {
    fn from(even: Even) -> Self {
        even.0
    }
}

impl TryFrom<String> for Even {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.len() % 2 {
            0 => Ok(Self(text)),
            _ => Err("it is odd"),
        }
    }
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Leaves {
    pub small: u8,
    pub wide: u128,
    pub low: i16,
    pub ratio: f32,
    pub letter: char,
    pub unit: (),
    pub time: Duration,
    pub since: SystemTime,
    pub path: PathBuf,
    pub ip: IpAddr,
    pub socket: SocketAddr,
    pub some: NonZero<i32>,
    pub end: Bound<u16>,
}

impl Default for Leaves {
    fn default() -> Self {
        Self {
            small: 1,
            wide: 2,
            low: -3,
            ratio: 0.5,
            letter: 'ä',
            unit: (),
            time: Duration::from_millis(1500),
            since: SystemTime::UNIX_EPOCH,
            path: "a/b".into(),
            ip: IpAddr::V4(Ipv4Addr::LOCALHOST),
            socket: SocketAddr::from(([127, 0, 0, 1], 7)),
            some: NonZero::<i32>::MIN,
            end: Bound::Unbounded,
        }
    }
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Deep {
    pub title: String,
    pub count: i64,
    pub ratio: f64,
    pub tasks: Vec<Task>,
    pub queue: VecDeque<HashSet<u16, Fixed>>,
    pub owners: HashMap<String, Vec<u8>, Fixed>,
    pub pairs: BTreeMap<(u8, bool), (char, Option<String>)>,
    pub tags: BTreeSet<u8>,
    pub lead: Option<Box<Deep>>,
    pub units: Vec<()>,
    pub grid: [i32; 4],
    pub figure: Figure,
    pub outcome: Result<String, BTreeMap<u8, u32>>,
    pub leaves: Leaves,
    #[shared(atomic)]
    pub words: BTreeMap<String, Vec<u8>>,
    pub even: Even,
    pub nested: BTreeMap<u8, Vec<Vec<i16>>>,
    pub sets: BTreeSet<BTreeSet<u8>>,
    pub news: Events<Task>,
}

impl Default for Deep {
    fn default() -> Self {
        let task = |name: &str| Task {
            name: name.to_owned(),
            ..Task::default()
        };
        Self {
            title: "aä語".to_owned(),
            count: 3,
            ratio: 1.5,
            tasks: vec![task("one"), task("two"), task("")],
            queue: [[1, 2].into_iter().collect(), HashSet::default()].into(),
            owners: [("a".to_owned(), vec![1, 2])].into_iter().collect(),
            pairs: [
                ((1, true), ('p', None)),
                ((2, false), ('q', Some("r".into()))),
            ]
            .into(),
            tags: [1, 2, 3].into(),
            lead: None,
            units: vec![(), ()],
            grid: [1, -1, 0, i32::MAX],
            figure: Figure::Nothing,
            outcome: Ok("ok".to_owned()),
            leaves: Leaves::default(),
            words: BTreeMap::new(),
            even: Even::default(),
            nested: [(1, vec![vec![1, 2, 3], vec![]])].into(),
            sets: [[1].into(), BTreeSet::new()].into(),
            news: Events::new(),
        }
    }
}

#[ipos::actions]
impl Deep {
    /// What a script says; it fails at times.
    pub fn play(deep: &mut DeepMut<'_>, script: u64) -> Result<usize, String> {
        let mut rng = Rng::with_seed(script);
        edit(deep, &mut rng);
        match deep.tasks.len() {
            many if many > 12 => Err("too many".to_owned()),
            many => Ok(many),
        }
    }

    /// Takes another title, or panics.
    pub fn name(deep: &mut DeepMut<'_>, name: String) {
        assert!(name.len() < 16, "a title is short");
        deep.set_title(name);
    }
}

/// A part of it is for the host alone.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Guarded {
    pub open: Vec<String>,
    #[shared(host_only)]
    pub audited: u64,
    pub parts: Vec<Part>,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Part {
    #[shared(host_only)]
    pub seal: String,
    pub note: String,
}

/// The form of [`Deep`].
pub fn deep() -> Arc<Schema> {
    Arc::new(schema_of::<Deep>())
}

fn text(rng: &mut Rng) -> String {
    let texts = ["", "a", "ä", "語🦀", "abc"];
    texts[rng.usize(..texts.len())].to_owned()
}

fn task(rng: &mut Rng) -> Task {
    Task {
        name: text(rng),
        done: rng.bool(),
        place: (rng.u8(..5), rng.bool().then_some('ö')),
    }
}

/// Does some things by wrappers.
pub fn edit(deep: &mut DeepMut<'_>, rng: &mut Rng) {
    for _ in 0..1 + rng.usize(..3) {
        edit_once(deep, rng);
    }
}

fn edit_once(deep: &mut DeepMut<'_>, rng: &mut Rng) {
    let at = rng.usize(..=deep.tasks.len());
    match rng.u8(..24) {
        0 => deep.set_title(text(rng)),
        1 => deep.title_mut().push_str(&text(rng)),
        2 => deep.title_mut().insert_str(0, &text(rng)),
        3 => deep.count_mut().wrapping_add(rng.i64(-3..3)),
        4 => deep.ratio_mut().set(f64::from(rng.u8(..))),
        5 if deep.tasks.len() < 16 => deep.tasks_mut().insert(at, task(rng)),
        6 if deep.tasks.len() < 16 => deep.tasks_mut().extend([task(rng), task(rng)]),
        7 if at < deep.tasks.len() => drop(deep.tasks_mut().remove(at)),
        8 if at < deep.tasks.len() => deep.tasks_mut().at(at).name_mut().push('x'),
        9 => deep.tasks_mut().sort_by(|a, b| a.name.cmp(&b.name)),
        10 => deep.tasks_mut().retain(|task| !task.done),
        11 if at < deep.tasks.len() => {
            let other = rng.usize(..deep.tasks.len());
            deep.tasks_mut().swap(at, other);
        }
        12 => drop(deep.owners_mut().insert(text(rng), vec![rng.u8(..)])),
        13 => drop(deep.owners_mut().remove(text(rng).as_str())),
        14 => deep.tags_mut().extend([rng.u8(..5), rng.u8(..5)]),
        15 => deep.tags_mut().retain(|tag| tag % 2 == 0),
        16 if deep.lead.is_none() => drop(deep.lead_mut().replace(Box::default())),
        16 => {
            if let Some(mut lead) = deep.lead_mut().as_mut() {
                edit_once(&mut lead, rng);
            }
        }
        17 => deep.figure_mut().set(Figure::Rect {
            of: task(rng),
            inner: vec![Figure::Circle(1.0)],
        }),
        18 => {
            if let Some(mut rect) = deep.figure_mut().rect_mut() {
                rect.of_mut().name_mut().push('y');
            }
        }
        19 => deep.news_mut().emit(task(rng)),
        20 => deep.grid_mut().swap(0, rng.usize(..4)),
        21 => drop(deep.queue_mut().pop_front()),
        22 => deep
            .queue_mut()
            .push_back([rng.u16(..9)].into_iter().collect()),
        _ => {
            let mut pairs = deep.pairs_mut();
            pairs
                .entry((rng.u8(..4), true))
                .or_default()
                ._1_mut()
                .set(Some(text(rng)));
        }
    }
}
