//! The objects of a session: their types, their values as the model has them, and updates of them.

use std::sync::{Arc, OnceLock};

use ipos::{
    __private::{Finish, Reader},
    Patch, PeerId, Schema, Shared, VecMut, schema_of,
    simulation::{self, Applied, Written},
};

use super::{
    deep::{self, Deep, text},
    ledger::Ledger,
    random::Random,
    rows::{self, Row},
    rule::{Judged, Rule},
    step::Edits,
};

/// A type of objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Deep,
    Words,
    /// With fields for the host alone.
    Ledger,
    /// The same in form as words, and another Rust type.
    BoxedWords,
}

pub type Words = Vec<String>;

/// A process, as far as the type of what it writes matters.
pub trait Process {
    fn create_object<T: Shared + Judged>(
        &mut self,
        key: &str,
        value: T,
        rule: Option<Rule>,
    ) -> Result<(), String>;
    fn update_object<T: Shared>(
        &mut self,
        key: &str,
        whole: bool,
        change: impl FnOnce(&mut T::Mut<'_>) -> Finish,
    ) -> Written;
}

impl Process for simulation::Host {
    fn create_object<T: Shared + Judged>(
        &mut self,
        key: &str,
        value: T,
        rule: Option<Rule>,
    ) -> Result<(), String> {
        match rule {
            None => self.create(key, value),
            Some(rule) => self.create_with(key, value, move |before, after, origin| {
                T::validate(rule, before, after, origin.peer())
            }),
        }
        Ok(())
    }
    fn update_object<T: Shared>(
        &mut self,
        key: &str,
        _: bool,
        change: impl FnOnce(&mut T::Mut<'_>) -> Finish,
    ) -> Written {
        self.update::<T>(key, change)
    }
}

impl Process for simulation::Member {
    fn create_object<T: Shared + Judged>(
        &mut self,
        key: &str,
        value: T,
        _: Option<Rule>,
    ) -> Result<(), String> {
        self.create(key, value)
    }
    fn update_object<T: Shared>(
        &mut self,
        key: &str,
        whole: bool,
        change: impl FnOnce(&mut T::Mut<'_>) -> Finish,
    ) -> Written {
        self.update::<T>(key, whole, change)
    }
}

/// Creates an object with a value that the script tells.
pub fn create(
    process: &mut impl Process,
    key: &str,
    kind: Kind,
    rule: Option<Rule>,
    script: u64,
) -> Result<(), String> {
    let random = &mut Random::new(script);
    match kind {
        Kind::Deep => process.create_object(key, Deep::random(random), rule),
        Kind::Ledger => process.create_object(key, Ledger::random(random), rule),
        Kind::Words => process.create_object(key, words(random), rule),
        Kind::BoxedWords => process.create_object(key, Box::new(words(random)), rule),
    }
}

/// Creates an object with a value that was there before.
pub fn restore(host: &mut simulation::Host, key: &str, value: Plain) {
    match value {
        Plain::Deep(deep) => host.create(key, *deep),
        Plain::Ledger(ledger) => host.create(key, ledger),
        Plain::Words(words) => host.create(key, words),
    }
}

/// Changes the object under a key, in whichever Rust type it is held.
pub fn update(process: &mut impl Process, key: &str, edits: Edits) -> Written {
    let Edits {
        focus,
        script,
        whole,
        ..
    } = edits;
    let deep = process.update_object::<Deep>(key, whole, |deep| {
        let mut aside = Random::aside(script);
        run(edits, |random| {
            Deep::change(deep, focus, random);
            Deep::report(deep, &mut aside);
        })
    });
    if deep != Written::OtherType {
        return deep;
    }
    let ledger = process.update_object::<Ledger>(key, whole, |ledger| {
        run(edits, |random| Ledger::change(ledger, focus, random))
    });
    if ledger != Written::OtherType {
        return ledger;
    }
    let words = |process: &mut _| {
        Process::update_object::<Words>(process, key, whole, |words| {
            run(edits, |random| change_words(words, random))
        })
    };
    let boxed = |process: &mut _| {
        Process::update_object::<Box<Words>>(process, key, whole, |words| {
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

fn ledger_form() -> &'static Arc<Schema> {
    static FORM: OnceLock<Arc<Schema>> = OnceLock::new();
    FORM.get_or_init(|| schema_of::<Ledger>().into())
}

fn words_form() -> &'static Arc<Schema> {
    static FORM: OnceLock<Arc<Schema>> = OnceLock::new();
    FORM.get_or_init(|| schema_of::<Words>().into())
}

/// A value, as the model has it.
#[derive(Clone, Debug, PartialEq)]
pub enum Plain {
    Deep(Box<Deep>),
    Ledger(Ledger),
    Words(Words),
}

impl Plain {
    pub fn decode(schema: &Schema, bytes: &[u8]) -> Self {
        let read = if schema == &**deep_form() {
            let deep = simulation::decode(bytes, deep_form());
            deep.map(|deep| Self::Deep(Box::new(deep)))
        } else if schema == &**ledger_form() {
            simulation::decode(bytes, ledger_form()).map(Self::Ledger)
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
            Self::Ledger(ledger) => simulation::apply(ledger, ledger_form(), patches),
            Self::Words(words) => simulation::apply(words, words_form(), patches),
        };
        applied.unwrap_or_else(|error| panic!("1: a commit cannot be read: {error}"))
    }

    /// What is wrong with it, if an edit has landed elsewhere than it was meant to.
    pub fn fault(&self) -> Option<String> {
        match self {
            Self::Deep(deep) => rows::fault(deep).or_else(|| rows::doubled(deep)),
            Self::Ledger(ledger) => rows::astray(ledger.rows.iter())
                .or_else(|| rows::twice(&rows::headings(&ledger.rows))),
            Self::Words(_) => None,
        }
    }

    /// What of it is there until somebody removes it.
    pub fn lasting(&self) -> Vec<String> {
        match self {
            Self::Deep(deep) => rows::lasting(deep),
            Self::Ledger(ledger) => rows::headings(&ledger.rows),
            Self::Words(_) => vec![],
        }
    }

    /// What was added at the end.
    pub fn log(&self) -> &[u64] {
        match self {
            Self::Deep(deep) => &deep.log,
            Self::Ledger(ledger) => &ledger.log,
            Self::Words(_) => &[],
        }
    }

    /// What is said in the patches of a commit to it.
    pub fn news(&self, patches: &[u8]) -> Vec<u64> {
        match self {
            Self::Deep(_) => Deep::news(patches),
            Self::Ledger(_) | Self::Words(_) => vec![],
        }
    }

    fn rows(&self) -> &[Row] {
        match self {
            Self::Deep(deep) => &deep.rows,
            Self::Ledger(ledger) => &ledger.rows,
            Self::Words(_) => &[],
        }
    }

    /// What of it is gone in a later value.
    pub fn removed_in(&self, after: &Self) -> Vec<String> {
        let left = after.lasting();
        let old = self.lasting().into_iter();
        old.filter(|old| !left.contains(old)).collect()
    }

    /// What of it is gone or changed in a later value.
    pub fn touched_in(&self, after: &Self) -> Vec<String> {
        let mut touched = self.removed_in(after);
        touched.extend(rows::changed(self.rows(), after.rows()));
        touched
    }

    /// Whether some of it is for the host alone to write.
    pub fn has_guarded(&self) -> bool {
        matches!(self, Self::Ledger(_))
    }

    /// What a process must not have changed in this way, whatever a validator says.
    pub fn forbidden(&self, after: &Self, from: PeerId) -> Option<String> {
        match (self, after) {
            (Self::Ledger(before), Self::Ledger(after)) if from != PeerId::HOST => {
                Ledger::forbidden(before, after)
            }
            _ => None,
        }
    }

    /// A commit's patches, for people.
    pub fn told(&self, patches: &[u8]) -> String {
        match self {
            Self::Deep(_) => typed::<Deep>(patches),
            Self::Ledger(_) => typed::<Ledger>(patches),
            Self::Words(_) => typed::<Words>(patches),
        }
    }
}

fn typed<T: Shared>(mut patches: &[u8]) -> String {
    let mut told = vec![];
    while !patches.is_empty() {
        let mut reader = Reader::new(patches);
        match T::Patch::decode(&mut reader) {
            Ok(patch) => {
                told.push(format!("{patch:?}"));
                patches = &patches[reader.position()..];
            }
            Err(_) => {
                told.push(format!("{patches:02x?}, which is no patch"));
                break;
            }
        }
    }
    told.join(", ")
}
