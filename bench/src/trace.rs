//! A text as it was typed: edits in their order, and what they lead to.

use std::{fs::File, path::Path};

use flate2::read::GzDecoder;
use serde::Deserialize;

use crate::{Result, random::Random};

/// All positions are in characters of ASCII.
pub(crate) struct Trace {
    /// Each was made at once.
    pub(crate) transactions: Vec<Vec<Edit>>,
    pub(crate) end: String,
}

/// So many are removed at a position, and a text is put there.
#[derive(Deserialize)]
pub(crate) struct Edit(pub(crate) usize, pub(crate) usize, pub(crate) String);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Recorded {
    start_content: String,
    end_content: String,
    txns: Vec<Transaction>,
}

#[derive(Deserialize)]
struct Transaction {
    patches: Vec<Edit>,
}

/// The name of a trace that needs no file begins so, and ends with the number of its edits.
pub(crate) const GENERATED: &str = "generated ";

/// The name of the beginning of another trace begins so; the number of its transactions and the other name follow.
pub(crate) const FIRST: &str = "first ";

impl Trace {
    /// From a file of JSON in gzip, or the generated one, or the beginning of one of these.
    pub(crate) fn load(name: &str) -> Result<Self> {
        if let Some(part) = name.strip_prefix(FIRST) {
            let (number, whole) = part.split_once(' ').ok_or("a part is of a trace")?;
            let mut trace = Self::load(whole)?;
            trace.transactions.truncate(number.parse()?);
            trace.end = trace.replayed();
            return Ok(trace);
        }
        if let Some(edits) = name.strip_prefix(GENERATED) {
            return Ok(Self::generated(edits.parse()?, 7));
        }
        let name = Path::new(name);
        let file = File::open(name).map_err(|error| format!("{}: {error}", name.display()))?;
        let recorded: Recorded = serde_json::from_reader(GzDecoder::new(file))?;
        let trace = Self {
            transactions: recorded.txns.into_iter().map(|one| one.patches).collect(),
            end: recorded.end_content,
        };
        if !recorded.start_content.is_empty() || trace.replayed() != trace.end {
            return Err(format!("{}: the edits do not lead to the end", name.display()).into());
        }
        Ok(trace)
    }

    /// What a person does: mostly one letter after the other, now and then one taken back, now and then elsewhere.
    fn generated(edits: usize, seed: u64) -> Self {
        let mut random = Random(seed);
        let (mut text, mut cursor) = (String::new(), 0);
        let mut transactions = Vec::with_capacity(edits);
        for _ in 0..edits {
            if random.below(40) == 0 {
                cursor = random.below(text.len() + 1);
            }
            let edit = if cursor > 0 && random.below(10) == 0 {
                cursor -= 1;
                Edit(cursor, 1, String::new())
            } else {
                let letter = b'a' + u8::try_from(random.below(26)).expect("there are 26 letters");
                cursor += 1;
                Edit(cursor - 1, 0, char::from(letter).to_string())
            };
            edit.apply(&mut text);
            transactions.push(vec![edit]);
        }
        Self {
            transactions,
            end: text,
        }
    }

    /// The text after all edits.
    pub(crate) fn replayed(&self) -> String {
        let mut text = String::new();
        for edit in self.transactions.iter().flatten() {
            edit.apply(&mut text);
        }
        text
    }
}

impl Edit {
    fn apply(&self, text: &mut String) {
        text.replace_range(self.0..self.0 + self.1, &self.2);
    }
}
