//! The objects of the schedules: their types, random values, and random changes by the wrappers.

use std::any::Any;

use super::{
    super::deep::{Deep, DeepMut, Share, Task},
    random::Random,
};
use crate::{
    Shared, StringMut, VecMut,
    core::{
        Replica, Typed,
        commit::{self, Applied},
    },
    cursor::Cursor,
    recorder::UndoLog,
    schema::{Schema, schema_of},
};

/// A type of objects.
pub(super) trait Kind: Shared + PartialEq {
    fn random(random: &mut Random) -> Self;
    /// One change; it may be none when there is nothing to change.
    fn change(writer: &mut Self::Mut<'_>, random: &mut Random);
}

/// A value of one of the kinds, as a model has it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Plain {
    Deep(Deep),
    Words(Vec<String>),
}

impl Plain {
    pub(super) fn decode(schema: &Schema, bytes: &[u8]) -> Self {
        fn read<T: Shared>(bytes: &[u8]) -> T {
            let schema = schema_of::<T>().into();
            Typed::from_bytes(bytes, schema)
                .expect("the bytes are a value")
                .value
        }
        if *schema == schema_of::<Deep>() {
            Self::Deep(read(bytes))
        } else {
            assert_eq!(*schema, schema_of::<Vec<String>>());
            Self::Words(read(bytes))
        }
    }

    pub(super) fn shown_by(replica: &Replica) -> Self {
        let mut bytes = Vec::new();
        replica.state().encode(&mut bytes);
        Self::decode(replica.state().schema(), &bytes)
    }

    /// The value after a commit, as far as that has its targets.
    pub(super) fn after(&self, patches: &[u8]) -> (Self, Applied) {
        fn change<T: Shared>(value: &T, patches: &[u8]) -> (T, Applied) {
            let mut state = Typed::new(value.clone());
            let applied = commit::apply(&mut state, patches, &mut UndoLog::default());
            (state.value, applied.expect("commits are well-formed"))
        }
        match self {
            Self::Deep(deep) => {
                let (deep, applied) = change(deep, patches);
                (Self::Deep(deep), applied)
            }
            Self::Words(words) => {
                let (words, applied) = change(words, patches);
                (Self::Words(words), applied)
            }
        }
    }
}

/// Does one to four changes to the open object, in whichever Rust type it is held or comes to be
/// held; gives the bytes that were recorded.
pub(super) fn change_any(replica: &mut Replica, random: &mut Random) -> Vec<u8> {
    fn change<T: Kind>(replica: &mut Replica, random: &mut Random) {
        let (state, recorder) = replica.parts();
        let state: &mut dyn Any = state.as_any_mut();
        let typed: &mut Typed<T> = state.downcast_mut().expect("the caller has made sure");
        for _ in 0..=random.below(4) {
            let cursor = Cursor::new(&mut typed.value, recorder);
            T::change(&mut T::writer(cursor), random);
        }
    }
    if hold_as::<Deep>(replica) {
        change::<Deep>(replica, random);
    } else if random.percent(50) && hold_as::<Box<Vec<String>>>(replica) {
        change::<Box<Vec<String>>>(replica, random);
    } else if hold_as::<Vec<String>>(replica) {
        change::<Vec<String>>(replica, random);
    } else if hold_as::<Box<Vec<String>>>(replica) {
        change::<Box<Vec<String>>>(replica, random);
    }
    replica.recorded().to_vec()
}

/// As a program does that gets a handle.
fn hold_as<T: Shared>(replica: &mut Replica) -> bool {
    replica.fits(&schema_of::<T>()) && replica.retype::<T>()
}

fn text(random: &mut Random) -> String {
    random.pick(&["", "a", "ä", "語🦀", "abc"]).to_owned()
}

impl Kind for Deep {
    fn random(random: &mut Random) -> Self {
        Self {
            title: text(random),
            count: random.small(),
            tasks: (0..random.below(4)).map(|_| task(random)).collect(),
            owners: (0..random.below(4))
                .map(|_| (text(random), vec![random.small()]))
                .collect(),
            tags: (0..random.below(4)).map(|_| random.small()).collect(),
            lead: random.percent(40).then(|| Box::new(Self::random(random))),
            pairs: [((random.small(), true), ('p', None))].into(),
            queue: (0..random.below(3))
                .map(|_| [random.small()].into())
                .collect(),
            units: vec![(); random.below(3)],
            share: Share { part: 0.1 },
        }
    }

    fn change(deep: &mut DeepMut<'_>, random: &mut Random) {
        match random.below(34) {
            0 => deep.set_count(random.small::<i64>()),
            30 | 31 => deep.count_mut().wrapping_add(random.small()),
            32 => deep.count_mut().wrapping_sub(i64::MAX),
            33 => deep.share_mut().part_mut().sub(0.7),
            1 => deep.set_title(text(random)),
            2 | 3 => edit(&mut deep.title_mut(), random),
            4 => deep.set(Self::random(random)),
            5 => deep.tasks_mut().push(task(random)),
            6 => deep.tasks_mut().insert(0, task(random)),
            7 => drop(deep.tasks_mut().pop()),
            8 => deep
                .tasks_mut()
                .for_each_mut(|task| task.set_done(!task.done)),
            9 => deep.tasks_mut().sort_by(|a, b| a.name.cmp(&b.name)),
            10 => deep.tasks_mut().retain(|task| task.done),
            11..15 if !deep.tasks.is_empty() => {
                let at = random.below(deep.tasks.len());
                match random.below(4) {
                    0 => drop(deep.tasks_mut().remove(at)),
                    1 => drop(deep.tasks_mut().drain(at..)),
                    2 => deep.tasks_mut().swap(0, at),
                    _ => edit(&mut deep.tasks_mut().at(at).name_mut(), random),
                }
            }
            15 => drop(deep.owners_mut().insert(text(random), vec![random.small()])),
            16 => drop(deep.owners_mut().remove(text(random).as_str())),
            17 => deep
                .owners_mut()
                .entry(text(random))
                .or_default()
                .push(random.small()),
            18 => {
                if let Some(mut bytes) = deep.owners_mut().get_mut(text(random).as_str()) {
                    bytes.pop();
                }
            }
            19 => drop(deep.tags_mut().insert(random.small())),
            20 => drop(deep.tags_mut().remove(&random.small())),
            21 => deep.set_lead(random.percent(50).then(|| Box::new(Self::random(random)))),
            22..25 => {
                if let Some(mut lead) = deep.lead_mut().as_mut() {
                    Self::change(&mut lead, random);
                }
            }
            25 => {
                let key = (random.small(), random.percent(50));
                deep.pairs_mut()
                    .entry(key)
                    .or_default()
                    ._1_mut()
                    .set(Some(text(random)));
            }
            26 => drop(deep.pairs_mut().remove(&(random.small(), true))),
            27 => deep.queue_mut().push_front([random.small()].into()),
            28 if deep.queue.is_empty() => deep.queue_mut().push_back([].into()),
            28 => {
                if let Some(mut numbers) = deep.queue_mut().last_mut() {
                    numbers.insert(random.small());
                }
            }
            _ => deep.units_mut().push(()),
        }
    }
}

fn task(random: &mut Random) -> Task {
    Task {
        name: text(random),
        done: random.percent(50),
    }
}

/// Edits a text at a place where a character starts.
fn edit(writer: &mut StringMut<'_>, random: &mut Random) {
    let mut places: Vec<usize> = writer.char_indices().map(|(at, _)| at).collect();
    places.push(writer.len());
    let (a, b) = (random.below(places.len()), random.below(places.len()));
    match random.below(4) {
        0 => writer.push_str(&text(random)),
        1 => writer.insert_str(places[a], &text(random)),
        2 => writer.replace_range(places[a.min(b)]..places[a.max(b)], &text(random)),
        _ => drop(writer.pop()),
    }
}

impl Kind for Vec<String> {
    fn random(random: &mut Random) -> Self {
        (0..random.below(4)).map(|_| text(random)).collect()
    }

    fn change(words: &mut VecMut<'_, String>, random: &mut Random) {
        let at = random.below(words.len() + 1);
        match random.below(4) {
            0 => words.insert(at, text(random)),
            1 if at < words.len() => drop(words.remove(at)),
            2 if at < words.len() => edit(&mut words.at(at), random),
            _ => words.push(text(random)),
        }
    }
}

/// The same in form, and another Rust type.
impl Kind for Box<Vec<String>> {
    fn random(random: &mut Random) -> Self {
        Box::new(Kind::random(random))
    }
    fn change(words: &mut VecMut<'_, String>, random: &mut Random) {
        <Vec<String> as Kind>::change(words, random);
    }
}
