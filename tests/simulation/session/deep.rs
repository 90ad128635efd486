//! A deep mixed type, and changes of it by every operation of its wrappers.

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque},
};

use ipos::{
    __private::Reader, Events, EventsPatch, MapMut, NumberMut, OptionPatch, Patch, SetMut, Shared,
    StringMut, VecDequeMut, VecMut,
};
use serde::{Deserialize, Serialize};

use super::{
    random::Random,
    rows::{self, Row},
};

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Task {
    pub name: String,
    pub done: bool,
    pub place: (u8, Option<char>),
}

pub type Pairs = BTreeMap<(u8, bool), (char, Option<String>)>;

/// What it holds is of two sorts: what anything is done to, and what tells by itself whether edits
/// meant for it have landed on it; see [`rows`].
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Deep {
    pub title: String,
    pub count: i64,
    pub tasks: Vec<Task>,
    pub owners: HashMap<String, Vec<u8>>,
    pub tags: BTreeSet<u8>,
    pub lead: Option<Box<Deep>>,
    pub pairs: Pairs,
    pub queue: VecDeque<HashSet<u16>>,
    pub units: Vec<()>,
    /// Rows in a list.
    pub rows: Vec<Row>,
    /// Rows under keys.
    pub shelf: BTreeMap<u8, Row>,
    /// Marks that are put in and taken out whole.
    pub line: String,
    /// Numbers that are added at the end and never removed.
    pub log: Vec<u64>,
    /// What is said, and leaves nothing behind.
    pub news: Events<u64>,
}

thread_local! {
    static WHIMS: Cell<u64> = const { Cell::new(0) };
}

/// A number that is another one each time, so that no two runs of an action do the same.
fn whim() -> u64 {
    WHIMS.set(WHIMS.get() + 1);
    WHIMS.get()
}

/// The whims begin anew.
pub fn forget_whims() {
    WHIMS.set(0);
}

/// What an update is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// Also replacing what is there whole. How edits that are made at the same time go together with
    /// that is for the host to say.
    Wholes,
    Everything,
    Rows,
    Text,
    /// Rows that are put in other orders as well.
    Orders,
    /// Taking single rows out, or doing something to them: each is done to as a whole.
    Takes,
    /// The same and more by actions, which the host runs again.
    Acts,
}

pub fn text(random: &mut Random) -> String {
    random.pick(&["", "a", "ä", "語🦀", "abc"]).to_owned()
}

fn task(random: &mut Random) -> Task {
    Task {
        name: text(random),
        done: random.percent(50),
        place: (random.small(), random.percent(50).then_some('ä')),
    }
}

fn some<T>(random: &mut Random, most: usize, make: impl Fn(&mut Random) -> T) -> Vec<T> {
    (0..random.below(most + 1)).map(|_| make(random)).collect()
}

#[ipos::actions]
impl Deep {
    /// What a script says, on what is there; it fails at times, when much is there.
    pub fn play(deep: &mut DeepMut<'_>, script: u64) -> Result<usize, u64> {
        let mut random = Random::new(script);
        let focus = if random.percent(40) {
            Focus::Takes
        } else {
            Focus::Rows
        };
        Self::change(deep, focus, &mut random);
        let mut aside = Random::aside(script);
        Self::report(deep, &mut aside);
        if aside.percent(20) {
            deep.log_mut().push(whim());
        }
        if random.percent(10) && deep.rows.len() > 3 {
            return Err(script);
        }
        Ok(deep.rows.len())
    }
}

impl Deep {
    pub fn random(random: &mut Random) -> Self {
        Self {
            title: text(random),
            count: random.small(),
            tasks: some(random, 3, task),
            owners: some(random, 2, |random| (text(random), vec![random.small()]))
                .into_iter()
                .collect(),
            tags: some(random, 3, Random::small).into_iter().collect(),
            lead: random.percent(30).then(|| Box::new(Self::random(random))),
            pairs: [((random.small(), true), ('p', None))].into(),
            queue: some(random, 2, |random| [random.small()].into()).into(),
            units: some(random, 2, |_| ()),
            rows: some(random, 4, Row::random),
            shelf: some(random, 2, |random| (random.small(), Row::random(random)))
                .into_iter()
                .collect(),
            line: some(random, 3, rows::mark).concat(),
            log: vec![],
            news: Events::new(),
        }
    }

    /// Does one thing, or none when there is nothing to do it to.
    pub fn change(deep: &mut DeepMut<'_>, focus: Focus, random: &mut Random) {
        let weights = match focus {
            Focus::Takes => return Self::take(deep, random),
            Focus::Acts => return Self::act(deep, random),
            Focus::Wholes => [3, 2, 4, 2, 8, 5, 3, 3, 2, 3, 2, 6, 3, 3, 2],
            Focus::Everything => [3, 2, 4, 0, 8, 5, 3, 3, 2, 3, 2, 6, 3, 3, 2],
            Focus::Rows => [0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 0, 20, 4, 2, 2],
            Focus::Orders => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 20, 0, 0, 1],
            Focus::Text => [0, 0, 8, 0, 2, 1, 0, 0, 0, 0, 0, 2, 0, 10, 2],
        };
        match random.weighted(&weights) {
            0 => count(&mut deep.count_mut(), random),
            1 => deep.set_title(text(random)),
            2 => edit(&mut deep.title_mut(), random),
            3 => deep.set(Self::random(random)),
            4 => Self::lead(deep, focus, random),
            5 => change_tasks(&mut deep.tasks_mut(), random),
            6 => owners(deep, random),
            7 => tags(&mut deep.tags_mut(), random),
            8 => pairs(&mut deep.pairs_mut(), random),
            9 => queue(&mut deep.queue_mut(), random),
            10 => units(&mut deep.units_mut(), random),
            11 => rows::change(&mut deep.rows_mut(), focus, random),
            12 => rows::shelve(&mut deep.shelf_mut(), random),
            13 => rows::rewrite(&mut deep.line_mut(), focus, random),
            _ => match random.percent(60) {
                true => deep.log_mut().push(random.next() >> 32),
                false => deep
                    .log_mut()
                    .extend([random.next() >> 32, random.next() >> 32]),
            },
        }
    }

    /// Says something at times.
    pub fn report(deep: &mut DeepMut<'_>, random: &mut Random) {
        let news = random.next();
        match random.below(20) {
            0 | 1 => deep.news_mut().emit(news),
            2 => {
                if let Some(mut lead) = deep.lead_mut().as_mut() {
                    lead.news_mut().emit(news);
                }
            }
            3 => {
                deep.news_mut().emit(news);
                deep.news_mut().emit(news / 2);
            }
            _ => {}
        }
    }

    /// What is said in the patches of a commit.
    pub fn news(mut patches: &[u8]) -> Vec<u64> {
        let mut news = vec![];
        while !patches.is_empty() {
            let mut reader = Reader::new(patches);
            let patch = DeepPatch::decode(&mut reader).expect("1: a commit can be read");
            news.extend(said(&patch));
            patches = &patches[reader.position()..];
        }
        news
    }

    /// Runs an action, beside changes of other sorts; one that fails here is not told.
    fn act(deep: &mut DeepMut<'_>, random: &mut Random) {
        let script = random.next();
        match random.below(4) {
            // Nothing that was there is removed by anything but actions.
            0 => deep.log_mut().push(script >> 32),
            1 if script.is_multiple_of(16) && deep.lead.is_some() => {
                let mut lead = deep.lead_mut();
                let mut lead = lead.as_mut().expect("it was just seen");
                drop(lead.call(Self::play_action(script)));
            }
            // Then does something to a row, wherever that is by then.
            2 => {
                drop(deep.call(Self::play_action(script)));
                if !deep.rows.is_empty() {
                    let at = random.below(deep.rows.len());
                    rows::edit(&mut deep.rows_mut().at(at), random);
                }
            }
            _ => drop(deep.call(Self::play_action(script))),
        }
    }

    fn take(deep: &mut DeepMut<'_>, random: &mut Random) {
        match random.below(8) {
            0 => rows::unmark(&mut deep.line_mut(), random),
            1 => {
                deep.count_mut().add(2);
                rows::take(&mut deep.rows_mut(), random);
            }
            _ => rows::take(&mut deep.rows_mut(), random),
        }
    }

    fn lead(deep: &mut DeepMut<'_>, focus: Focus, random: &mut Random) {
        match random.below(8) {
            0 => deep.set_lead(random.percent(50).then(|| Box::new(Self::random(random)))),
            1 => drop(deep.lead_mut().replace(Box::new(Self::random(random)))),
            2 => drop(deep.lead_mut().take()),
            _ => {
                if let Some(mut lead) = deep.lead_mut().as_mut() {
                    Self::change(&mut lead, focus, random);
                }
            }
        }
    }
}

/// What a patch says.
pub fn said(patch: &DeepPatch) -> Option<u64> {
    match patch {
        DeepPatch::News(EventsPatch::Emit(news)) => Some(*news),
        DeepPatch::Lead(OptionPatch::Some(lead)) => said(lead),
        _ => None,
    }
}

fn count(count: &mut NumberMut<'_, i64>, random: &mut Random) {
    match random.below(4) {
        0 => count.set(**count + 1),
        1 => count.add(random.small::<i64>()),
        2 => count.sub(random.small::<i64>()),
        _ => count.modify(|count| *count ^= random.small::<i64>()),
    }
}

/// Edits a text at places where characters start.
pub fn edit(text: &mut StringMut<'_>, random: &mut Random) {
    let mut places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    places.push(text.len());
    let (a, b) = (random.below(places.len()), random.below(places.len()));
    let new = self::text(random);
    match random.below(if text.len() > 20 { 12 } else { 16 }) {
        0 | 1 => text.replace_range(places[a.min(b)]..places[a.max(b)], &new),
        2 => drop(text.pop()),
        3 if a + 1 < places.len() => drop(text.remove(places[a])),
        4 => text.truncate(places[a]),
        5 => text.clear(),
        6 => text.modify(|text| text.insert_str(0, &new)),
        7 => text.set(new),
        8 | 9 => text.push_str(&new),
        10 => text.push('x'),
        11 => text.insert(places[a], 'ö'),
        _ => text.insert_str(places[a], &new),
    }
}

fn change_task(task: &mut TaskMut<'_>, random: &mut Random) {
    match random.below(6) {
        0 => task.set_done(!task.done),
        1 => task.set_place((random.small(), None)),
        2 => task.place_mut()._1_mut().set(Some('ö')),
        3 => task.place_mut()._0_mut().set(random.small::<u8>()),
        _ => edit(&mut task.name_mut(), random),
    }
}

fn change_tasks(tasks: &mut VecMut<'_, Task>, random: &mut Random) {
    let length = tasks.len();
    let at = random.below(length + 1);
    let from = random.below(at + 1);
    match random.below(if length > 6 { 14 } else { 19 }) {
        0 => drop(tasks.pop()),
        1 => tasks.retain(|task| task.done),
        2 => drop(tasks.drain(from..at)),
        3 => drop(tasks.splice(from..at, some(random, 2, task))),
        4 if at < length => drop(tasks.remove(at)),
        5 if at < length => drop(tasks.swap_remove(at)),
        6 => tasks.truncate(at),
        7 => match random.percent(20) {
            true => tasks.clear(),
            false => tasks.sort_by(|a, b| b.name.cmp(&a.name)),
        },
        8 if at < length => tasks.swap(from, at),
        9 => tasks.sort_by(|a, b| a.name.cmp(&b.name)),
        10 => tasks.for_each_mut(|task| task.set_done(!task.done)),
        11 => tasks
            .first_mut()
            .iter_mut()
            .for_each(|task| change_task(task, random)),
        12 => tasks
            .last_mut()
            .iter_mut()
            .for_each(|task| change_task(task, random)),
        13 if random.percent(30) => tasks.set(some(random, 3, task)),
        14 => tasks.push(task(random)),
        15 => tasks.extend(some(random, 2, task)),
        16 => tasks.insert(at, task(random)),
        _ if at < length => change_task(&mut tasks.at(at), random),
        _ => tasks.push(task(random)),
    }
}

fn bytes(bytes: &mut VecMut<'_, u8>, random: &mut Random) {
    match random.below(3) {
        0 => drop(bytes.pop()),
        _ => bytes.push(random.small()),
    }
}

fn owners(deep: &mut DeepMut<'_>, random: &mut Random) {
    let mut owners = deep.owners_mut();
    let key = text(random);
    match random.below(9) {
        0 => drop(owners.insert(key, vec![random.small()])),
        1 => drop(owners.remove(key.as_str())),
        2 => bytes(&mut owners.entry(key).or_default(), random),
        3 => drop(owners.entry(key).or_insert_with(|| vec![random.small()])),
        4 => drop(owners.entry(key).and_modify(|list| bytes(list, random))),
        5 => owners.retain(|key, _| key.len() < 3),
        6 => owners.extend([(key, vec![]), (text(random), vec![1])]),
        7 if random.percent(30) => match random.percent(50) {
            true => owners.clear(),
            false => owners.set(HashMap::from([(key, vec![random.small()])])),
        },
        _ => {
            if let Some(mut list) = owners.get_mut(key.as_str()) {
                bytes(&mut list, random);
            }
        }
    }
}

fn tags(tags: &mut SetMut<'_, u8, BTreeSet<u8>>, random: &mut Random) {
    match random.below(8) {
        0 => drop(tags.remove(&random.small())),
        1 => tags.extend([random.small(), random.small()]),
        2 => tags.retain(|tag| tag % 2 == 0),
        3 if random.percent(30) => tags.clear(),
        4 if random.percent(30) => tags.set(BTreeSet::from([random.small()])),
        _ => drop(tags.insert(random.small())),
    }
}

fn pairs(pairs: &mut MapMut<'_, (u8, bool), (char, Option<String>), Pairs>, random: &mut Random) {
    let key = (random.small(), random.percent(50));
    match random.below(6) {
        0 => drop(pairs.remove(&key)),
        1 => pairs.for_each_mut(|_, pair| pair._0_mut().set('q')),
        2 => drop(pairs.insert(key, ('r', None))),
        3 => {
            if let Some(mut pair) = pairs.get_mut(&key)
                && let Some(mut text) = pair._1_mut().as_mut()
            {
                edit(&mut text, random);
            }
        }
        _ => pairs
            .entry(key)
            .or_default()
            ._1_mut()
            .set(Some(text(random))),
    }
}

fn queue(queue: &mut VecDequeMut<'_, HashSet<u16>>, random: &mut Random) {
    let at = random.below(queue.len() + 1);
    match random.below(8) {
        0 => drop(queue.pop_front()),
        1 => drop(queue.pop_back()),
        2 => drop(queue.remove(at)),
        3 if queue.len() < 6 => queue.push_front([random.small()].into()),
        4 if queue.len() < 6 => queue.push_back([].into()),
        5 => {
            if let Some(mut numbers) = queue.front_mut() {
                numbers.retain(|number| number % 2 == 0);
            }
        }
        _ if queue.is_empty() => queue.push_back([].into()),
        _ => {
            if let Some(mut numbers) = queue.back_mut() {
                numbers.insert(random.small());
            }
        }
    }
}

fn units(units: &mut VecMut<'_, ()>, random: &mut Random) {
    match random.below(3) {
        0 => drop(units.pop()),
        1 if units.len() > 5 => units.clear(),
        _ => units.push(()),
    }
}
