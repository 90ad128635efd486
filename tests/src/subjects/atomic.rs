//! A derived type that is replaced whole.

use ipos::Shared;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

use crate::subject::{Outcome, Subject, done};

/// Replaced whole, and told by serde as a text.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
#[serde(into = "String", from = "String")]
#[shared(atomic)]
pub struct Words(Vec<String>);

impl From<Words> for String {
    fn from(words: Words) -> Self {
        words.0.join("\n")
    }
}

impl From<String> for Words {
    fn from(text: String) -> Self {
        Self(text.lines().map(str::to_owned).collect())
    }
}

#[derive(Clone, Debug)]
pub enum WordsOp {
    Set(Words),
    Push(String),
}

impl Subject for Words {
    type Op = WordsOp;
    const AS_SERDE: bool = false;

    fn values(depth: u32) -> BoxedStrategy<Self> {
        // Only words that the text gives back.
        let words = prop::collection::vec("[a-z]{1,3}", 0..=depth as usize);
        words.prop_map(Self).boxed()
    }

    fn ops(depth: u32) -> BoxedStrategy<WordsOp> {
        prop_oneof![
            Self::values(depth).prop_map(WordsOp::Set),
            "[a-z]{1,3}".prop_map(WordsOp::Push),
        ]
        .boxed()
    }

    fn live(writer: &mut ipos::AtomicMut<'_, Self>, op: &WordsOp) -> Outcome {
        match op {
            WordsOp::Set(value) => done(writer.set(value.clone())),
            WordsOp::Push(word) => done(writer.modify(|words| words.0.push(word.clone()))),
        }
    }

    fn plain(value: &mut Self, op: &WordsOp) -> Outcome {
        match op {
            WordsOp::Set(new) => done(*value = new.clone()),
            WordsOp::Push(word) => done(value.0.push(word.clone())),
        }
    }
}
