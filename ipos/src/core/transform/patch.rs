//! One patch, taken apart.

use std::mem::discriminant;

use super::{
    acts::Mark,
    change::Change,
    keys::{Key, Keys},
    sequence::{Sequence, Tie},
};
use crate::{
    patch::{ACT, SET},
    schema::{Schema, Shape, TypeRef},
    types::{events, list, map, number, option, retain::Told},
    wire::{DecodeError, Reader, put_length},
};

/// A patch: the way to a place, and what is done there.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Patch<'a> {
    pub(crate) steps: Vec<Step<'a>>,
    pub(crate) edit: Edit<'a>,
    /// Which of the patches that were taken apart it is of.
    pub(super) origin: usize,
}

/// One step from a value to a part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step<'a> {
    /// To a field of a struct or a part of a tuple.
    Field(usize),
    /// Into what is there.
    Some,
    /// To a field of a variant.
    Variant { variant: usize, field: usize },
    /// To an element of a list.
    At(usize),
    /// To the value under a key.
    Key(Key<'a>),
}

/// What a patch does where it leads. Values are their bytes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Edit<'a> {
    /// The whole is replaced.
    Set(&'a [u8]),
    /// A list or a text is changed.
    Sequence(Sequence<'a>),
    /// Elements are removed from a list, told by a bit for each of so many that they are not taken apart. It is
    /// not moved.
    Select(usize, &'a [u8]),
    /// Keys of a map or elements of a set are removed and put in.
    Keys(Keys<'a>),
    /// A number is added, by one operation or the other.
    Add {
        operation: usize,
        value: &'a [u8],
        /// Whether it is the same to add before another or behind it, and to take either back.
        is_exact: bool,
    },
    /// Nothing is done; an action begins or ends here.
    Act(Mark),
    /// Something happens that leaves nothing behind.
    Emit(&'a [u8]),
}

/// How many elements bits may be of that are read as runs.
pub(super) const MOST_SELECTED: usize = 1 << 20;

/// Takes the patches of a commit apart.
pub(super) fn parse<'a>(
    schema: &Schema,
    mut reader: Reader<'a>,
) -> Result<Vec<Patch<'a>>, DecodeError> {
    let mut parsed = Vec::new();
    while !reader.is_empty() {
        let mut steps = Vec::new();
        let edit = parse_one(schema, schema.root(), &mut reader, &mut steps)?;
        let origin = parsed.len();
        parsed.push(Patch {
            steps,
            edit,
            origin,
        });
    }
    Ok(parsed)
}

pub(super) fn parse_one<'a>(
    schema: &Schema,
    ty: TypeRef,
    reader: &mut Reader<'a>,
    steps: &mut Vec<Step<'a>>,
) -> Result<Edit<'a>, DecodeError> {
    let number = reader.length()?;
    let no_such = |reader: &Reader<'_>| reader.no_such("operation", "this type", number);
    if number == ACT {
        return Mark::parse(reader).map(Edit::Act);
    }
    match (schema.shape(ty), number) {
        (Shape::Tuple(_) | Shape::Struct(..), _) => {
            let part = schema.part(ty, number).ok_or_else(|| no_such(reader))?;
            steps.push(Step::Field(number));
            reader.nested(|reader| parse_one(schema, part, reader, steps))
        }
        (Shape::Enum(..), 1..) => {
            let (variant, field) = (number - 1, reader.length()?);
            let part = schema.variant_part(ty, variant, field);
            let part = part.ok_or_else(|| no_such(reader))?;
            steps.push(Step::Variant { variant, field });
            reader.nested(|reader| parse_one(schema, part, reader, steps))
        }
        (&Shape::Events(event), events::EMIT) => {
            let value =
                |reader: &mut Reader<'a>| reader.nested(|reader| schema.value(event, reader));
            Ok(Edit::Emit(reader.taken(value)?))
        }
        (Shape::Events(_), _) => Err(no_such(reader)),
        (_, SET) => Ok(Edit::Set(reader.taken(|reader| schema.value(ty, reader))?)),
        (Shape::Leaf(leaf), number::ADD | number::SUB) if leaf.is_number() => Ok(Edit::Add {
            operation: number,
            value: reader.taken(|reader| schema.value(ty, reader))?,
            is_exact: leaf.is_exact(),
        }),
        (&Shape::Option(inner), option::SOME) => {
            steps.push(Step::Some);
            reader.nested(|reader| parse_one(schema, inner, reader, steps))
        }
        (Shape::Text, _) => Sequence::parse_text(number, reader).map(Edit::Sequence),
        (&Shape::List(_, item) | &Shape::Array(item, _), list::AT) => {
            steps.push(Step::At(reader.length()?));
            reader.nested(|reader| parse_one(schema, item, reader, steps))
        }
        (Shape::Array(..), _) => Sequence::parse_order(number, reader).map(Edit::Sequence),
        (Shape::List(..), list::SELECT) => Ok(match Told::read(number, reader)? {
            Told::Bits(length, bits) if length > MOST_SELECTED => Edit::Select(length, bits),
            told => Edit::Sequence(Sequence::Retain(told.into_runs())),
        }),
        (&Shape::List(_, item), _) => {
            let items = |reader: &mut Reader<'a>, count: usize| {
                reader.taken(|reader| reader.nested(|reader| schema.values(item, count, reader)))
            };
            Sequence::parse_list(number, reader, items).map(Edit::Sequence)
        }
        (&Shape::Map(_, keys, content), map::AT) => {
            steps.push(Step::Key(Key::parse(schema, keys, reader)?));
            reader.nested(|reader| parse_one(schema, content, reader, steps))
        }
        (shape, _) => match Keys::parse(schema, shape, number, reader)? {
            Some(keys) => Ok(Edit::Keys(keys)),
            None => Err(no_such(reader)),
        },
    }
}

impl<'a> Patch<'a> {
    /// Puts the patch together again.
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        for step in &self.steps {
            match step {
                &Step::Field(number) => put_length(out, number),
                Step::Some => put_length(out, option::SOME),
                &Step::Variant { variant, field } => {
                    list::write_positions(out, variant + 1, &[field]);
                }
                &Step::At(at) => list::write_positions(out, list::AT, &[at]),
                Step::Key(key) => write(out, map::AT, &[key.bytes]),
            }
        }
        match &self.edit {
            Edit::Set(value) => write(out, SET, &[value]),
            Edit::Sequence(sequence) => sequence.write(out),
            &Edit::Select(length, bits) => {
                list::write_positions(out, list::SELECT, &[length]);
                out.extend_from_slice(bits);
            }
            Edit::Keys(keys) => keys.write(out),
            Edit::Add {
                operation, value, ..
            } => write(out, *operation, &[value]),
            Edit::Act(mark) => mark.write(out),
            Edit::Emit(event) => write(out, events::EMIT, &[event]),
        }
    }

    /// Whether this and another patch of the same state lead to different places, and neither
    /// changes where the other leads; or else their order makes no difference, nor what is taken
    /// back first.
    pub(crate) fn is_apart_from(&self, other: &Patch<'_>) -> bool {
        let shared = self.shared_steps(other);
        match (self.steps.get(shared), other.steps.get(shared)) {
            (Some(Step::Field(_)), Some(Step::Field(_)))
            | (Some(Step::At(_)), Some(Step::At(_)))
            | (Some(Step::Variant { .. }), Some(Step::Variant { .. })) => true,
            (Some(Step::Key(mine)), Some(Step::Key(theirs))) => mine.is_other_than(theirs),
            (Some(Step::Key(mine)), None) => other.edit.is_beside(mine),
            (None, Some(Step::Key(theirs))) => self.edit.is_beside(theirs),
            (None, None) => self.edit.is_apart_from(&other.edit),
            _ => false,
        }
    }

    /// How many keys are looked at to find whether this and another patch are apart.
    pub(super) fn keys_beside(&self, other: &Patch<'_>) -> usize {
        let keys = |edit: &Edit<'_>| match edit {
            Edit::Keys(keys) => keys.weight(),
            _ => 0,
        };
        let shared = self.shared_steps(other);
        match (self.steps.get(shared), other.steps.get(shared)) {
            (Some(Step::Key(_)), None) => keys(&other.edit),
            (None, Some(Step::Key(_))) => keys(&self.edit),
            (None, None) => keys(&self.edit).saturating_add(keys(&other.edit)),
            _ => 0,
        }
    }

    /// Carries this patch over `other`, which was made on the same state, if that and what takes it
    /// back stay as they are: they are apart, or this one goes into an element of a list that the
    /// other one only moves. `false` if it is not so.
    pub(super) fn pass(&mut self, other: &Patch<'_>) -> bool {
        if self.is_apart_from(other) {
            return true;
        }
        let shared = self.shared_steps(other);
        let is_there = other.steps.len() == shared;
        match (self.steps.get_mut(shared), &other.edit) {
            (Some(Step::At(at)), Edit::Sequence(sequence)) if is_there => {
                sequence.passed(*at).map(|moved| *at = moved).is_some()
            }
            _ => false,
        }
    }

    /// Whether what passes it stays as it is.
    pub(super) fn moves_nothing(&self) -> bool {
        matches!(self.edit, Edit::Set(_) | Edit::Add { .. })
    }

    /// Whether it does the same as another one that moves nothing, at the same place, but for the value: then
    /// the same passes them.
    pub(super) fn is_met_like(&self, other: &Patch<'_>) -> bool {
        let does_same = discriminant(&self.edit) == discriminant(&other.edit);
        does_same && self.steps == other.steps
    }

    /// How much work it is to move this patch, or another over it.
    pub(super) fn weight(&self) -> usize {
        match &self.edit {
            Edit::Sequence(sequence) => sequence.weight(),
            Edit::Keys(keys) => keys.weight(),
            // More than there is ever work for.
            Edit::Select(..) => usize::MAX,
            _ => 1,
        }
    }

    /// This patch as it is after `other`, which was made on the same state: the patches that do
    /// what is left of it, to be applied one after the other.
    pub(super) fn over(&self, other: &Patch<'_>, tie: Tie) -> Vec<Patch<'a>> {
        let shared = self.shared_steps(other);
        if other.steps.len() > shared {
            return vec![self.clone()];
        }
        if let Some(&step) = self.steps.get(shared) {
            let mut moved = self.clone();
            return match step_over(step, &other.edit) {
                Some(step) => {
                    moved.steps[shared] = step;
                    vec![moved]
                }
                None => moved.without_way(),
            };
        }
        let edits = self.edit.over(&other.edit, tie);
        let patches = edits.into_iter().map(|edit| Patch {
            steps: self.steps.clone(),
            edit,
            origin: self.origin,
        });
        patches.collect()
    }

    /// What is left of a patch that leads to what is gone.
    fn without_way(self) -> Vec<Self> {
        let mark = self.mark().map(Mark::lost);
        let mark = mark.map(|mark| Patch {
            steps: vec![],
            edit: Edit::Act(mark),
            origin: self.origin,
        });
        mark.into_iter().collect()
    }

    /// How many steps this and another patch go together.
    fn shared_steps(&self, other: &Patch<'_>) -> usize {
        self.steps
            .iter()
            .zip(&other.steps)
            .take_while(|(mine, theirs)| mine == theirs)
            .count()
    }
}

/// A step as it is after `edit` of the value that it starts from; `None` when what it leads to is
/// gone.
fn step_over<'a>(step: Step<'a>, edit: &Edit<'_>) -> Option<Step<'a>> {
    match (step, edit) {
        (Step::At(at), Edit::Sequence(sequence)) => Change::of(sequence).element(at).map(Step::At),
        (Step::Key(mine), Edit::Keys(keys)) => (!keys.changes(&mine)).then_some(step),
        // The whole was replaced, and what is there now is something else.
        (_, Edit::Set(_)) => None,
        _ => Some(step),
    }
}

impl<'a> Edit<'a> {
    /// Whether the order of this and another edit of one value makes no difference, nor what is
    /// taken back first.
    fn is_apart_from(&self, other: &Edit<'_>) -> bool {
        match (self, other) {
            (Edit::Add { is_exact, .. }, Edit::Add { .. }) => *is_exact,
            (Edit::Keys(mine), Edit::Keys(theirs)) => mine.is_apart_from(theirs),
            (Edit::Emit(_), Edit::Emit(_)) => true,
            _ => false,
        }
    }

    /// Whether this edit of a map is of another key.
    fn is_beside(&self, other: &Key<'_>) -> bool {
        matches!(self, Edit::Keys(keys) if keys.is_beside(other))
    }

    /// The edits that do what is left of this one after `other`.
    fn over(&self, other: &Edit<'_>, tie: Tie) -> Vec<Edit<'a>> {
        match (self, other) {
            // It runs on what is there by then.
            (Edit::Act(_), _) | (_, Edit::Act(_)) => vec![self.clone()],
            (Edit::Sequence(mine), Edit::Sequence(theirs)) => mine
                .over(theirs, tie)
                .into_iter()
                .map(Edit::Sequence)
                .collect(),
            // What comes later replaces it.
            (_, Edit::Set(_)) if tie == Tie::Before => vec![],
            (Edit::Keys(mine), Edit::Keys(theirs)) if tie == Tie::Before => {
                mine.without(theirs).map(Edit::Keys).into_iter().collect()
            }
            // What it was to change is gone; only what is added at the end needs no place.
            (&Edit::Sequence(Sequence::Append { added, .. }), Edit::Set(value)) => {
                let at = Reader::new(value).length().unwrap_or_default();
                vec![Edit::Sequence(Sequence::Append { at, added })]
            }
            (Edit::Sequence(_), Edit::Set(_)) => vec![],
            _ => vec![self.clone()],
        }
    }
}

/// An operation and its arguments' bytes.
fn write(out: &mut Vec<u8>, operation: usize, arguments: &[&[u8]]) {
    put_length(out, operation);
    for argument in arguments {
        out.extend_from_slice(argument);
    }
}
