//! The objects of a session: their types, their values as the model has them, and updates of them.

use std::sync::{Arc, OnceLock};

use ipos::{
    __private::Finish,
    Schema, Shared, VecMut, schema_of,
    simulation::{self, Applied, Written},
};

use super::{
    deep::{self, Deep, text},
    random::Random,
    rows,
    step::Edits,
};

/// A type of objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Deep,
    Words,
    /// The same in form as words, and another Rust type.
    BoxedWords,
}

pub type Words = Vec<String>;

/// A process, as far as the type of what it writes matters.
pub trait Process {
    fn create_object<T: Shared>(&mut self, key: &str, value: T);
    fn update_object<T: Shared>(
        &mut self,
        key: &str,
        change: impl FnOnce(&mut T::Mut<'_>) -> Finish,
    ) -> Written;
}

impl Process for simulation::Host {
    fn create_object<T: Shared>(&mut self, key: &str, value: T) {
        self.create(key, value);
    }
    fn update_object<T: Shared>(
        &mut self,
        key: &str,
        change: impl FnOnce(&mut T::Mut<'_>) -> Finish,
    ) -> Written {
        self.update::<T>(key, change)
    }
}

impl Process for simulation::Member {
    fn create_object<T: Shared>(&mut self, key: &str, value: T) {
        self.create(key, value)
            .expect("nothing is reserved for the host");
    }
    fn update_object<T: Shared>(
        &mut self,
        key: &str,
        change: impl FnOnce(&mut T::Mut<'_>) -> Finish,
    ) -> Written {
        self.update::<T>(key, false, change)
    }
}

/// Creates an object with a value that the script tells.
pub fn create(process: &mut impl Process, key: &str, kind: Kind, script: u64) {
    let mut random = Random::new(script);
    match kind {
        Kind::Deep => process.create_object(key, Deep::random(&mut random)),
        Kind::Words => process.create_object(key, words(&mut random)),
        Kind::BoxedWords => process.create_object(key, Box::new(words(&mut random))),
    }
}

/// Changes the object under a key, in whichever Rust type it is held.
pub fn update(process: &mut impl Process, key: &str, edits: Edits) -> Written {
    let Edits { focus, script, .. } = edits;
    let deep = process.update_object::<Deep>(key, |deep| {
        run(edits, |random| Deep::change(deep, focus, random))
    });
    if deep != Written::OtherType {
        return deep;
    }
    let words = |process: &mut _| {
        Process::update_object::<Words>(process, key, |words| {
            run(edits, |random| change_words(words, random))
        })
    };
    let boxed = |process: &mut _| {
        Process::update_object::<Box<Words>>(process, key, |words| {
            run(edits, |random| change_words(words, random))
        })
    };
    // The first to write decides the type.
    let first = if script % 2 == 0 {
        words(process)
    } else {
        boxed(process)
    };
    match first {
        Written::OtherType if script % 2 == 0 => boxed(process),
        Written::OtherType => words(process),
        first => first,
    }
}

/// Some changes, sometimes taken back.
fn run(edits: Edits, mut change: impl FnMut(&mut Random)) -> Finish {
    let mut random = Random::new(edits.script);
    let is_rolled_back = random.percent(5);
    (0..edits.count).for_each(|_| change(&mut random));
    if is_rolled_back {
        Finish::Rollback
    } else {
        Finish::Commit
    }
}

fn words(random: &mut Random) -> Words {
    (0..random.below(4)).map(|_| text(random)).collect()
}

fn change_words(words: &mut VecMut<'_, String>, random: &mut Random) {
    let at = random.below(words.len() + 1);
    match random.below(if words.len() > 8 { 3 } else { 6 }) {
        0 | 1 if at < words.len() => drop(words.remove(at)),
        2 => {
            if let Some(mut word) = words.get_mut(at) {
                deep::edit(&mut word, random);
            }
        }
        3 if at < words.len() => words.swap(0, at),
        4 => words.push(text(random)),
        _ => words.insert(at, text(random)),
    }
}

fn deep_form() -> &'static Arc<Schema> {
    static FORM: OnceLock<Arc<Schema>> = OnceLock::new();
    FORM.get_or_init(|| schema_of::<Deep>().into())
}

fn words_form() -> &'static Arc<Schema> {
    static FORM: OnceLock<Arc<Schema>> = OnceLock::new();
    FORM.get_or_init(|| schema_of::<Words>().into())
}

/// A value, as the model has it.
#[derive(Clone, Debug, PartialEq)]
pub enum Plain {
    Deep(Box<Deep>),
    Words(Words),
}

impl Plain {
    pub fn decode(schema: &Schema, bytes: &[u8]) -> Self {
        let read = if schema == &**deep_form() {
            let deep = simulation::decode(bytes, deep_form());
            deep.map(|deep| Self::Deep(Box::new(deep)))
        } else {
            assert_eq!(schema, &**words_form(), "the form of an object");
            simulation::decode(bytes, words_form()).map(Self::Words)
        };
        read.unwrap_or_else(|error| panic!("1: a value cannot be read: {error}"))
    }

    /// Applies a commit, as far as it has its targets.
    pub fn apply(&mut self, patches: &[u8]) -> Applied {
        let applied = match self {
            Self::Deep(deep) => simulation::apply(&mut **deep, deep_form(), patches),
            Self::Words(words) => simulation::apply(words, words_form(), patches),
        };
        applied.unwrap_or_else(|error| panic!("1: a commit cannot be read: {error}"))
    }

    /// What is wrong with it, if an edit has landed elsewhere than it was meant to.
    pub fn fault(&self) -> Option<String> {
        match self {
            Self::Deep(deep) => rows::fault(deep).or_else(|| rows::doubled(deep)),
            Self::Words(_) => None,
        }
    }

    /// What of it is there until somebody removes it.
    pub fn lasting(&self) -> Vec<String> {
        match self {
            Self::Deep(deep) => rows::lasting(deep),
            Self::Words(_) => vec![],
        }
    }

    /// What was added at the end.
    pub fn log(&self) -> &[u64] {
        match self {
            Self::Deep(deep) => &deep.log,
            Self::Words(_) => &[],
        }
    }

    /// A commit's patches, for people.
    pub fn told(&self, patches: &[u8]) -> String {
        match self {
            Self::Deep(_) => typed::<Deep>(patches),
            Self::Words(_) => typed::<Words>(patches),
        }
    }
}

fn typed<T: Shared>(mut patches: &[u8]) -> String {
    let mut told = vec![];
    while !patches.is_empty() {
        match postcard::take_from_bytes::<T::Patch>(patches) {
            Ok((patch, rest)) => {
                told.push(format!("{patch:?}"));
                patches = rest;
            }
            Err(_) => {
                told.push(format!("{patches:02x?}, which is no patch"));
                break;
            }
        }
    }
    told.join(", ")
}
