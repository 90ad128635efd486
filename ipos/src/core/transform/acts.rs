//! Actions in a commit that is carried: where each is to be run, and what it has written where it was run
//! last, between two marks.
//!
//! A mark stands where an operation stands, and is carried like one. So the way to the value that an action
//! runs on moves with what others do, and what the action has written with it.

use super::{Edit, Patch, patch::parse_one};
use crate::{
    patch::ACT,
    schema::Schema,
    wire::{DecodeError, Reader, put_length},
};

/// Where an action begins or ends in a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// What it has written is over.
    End,
    /// It was to be run on what is gone.
    Gone,
    /// It is to be run where the mark leads.
    Run,
}

/// A part of a commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// Patches.
    Plain(&'a [u8]),
    /// An action: the way to the value that it is to run on, unless that is gone, and the patches that it has
    /// written where it was run last.
    Act(Option<&'a [u8]>, &'a [u8]),
}

impl Mark {
    const ALL: [Self; 3] = [Self::End, Self::Gone, Self::Run];

    pub(super) fn parse(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let number = reader.length()?;
        let mark = Self::ALL.get(number).copied();
        mark.ok_or_else(|| reader.no_such("mark", "an action", number))
    }

    /// Appends the mark, behind the way to its place.
    pub(crate) fn write(self, out: &mut Vec<u8>) {
        put_length(out, ACT);
        put_length(out, self as usize);
    }

    /// This mark as it is when the next step of its way leads nowhere any more.
    pub(super) fn lost(self) -> Self {
        match self {
            Self::Run => Self::Gone,
            mark => mark,
        }
    }

    /// How many bytes it takes.
    fn length(self) -> usize {
        let mut bytes = Vec::new();
        self.write(&mut bytes);
        bytes.len()
    }
}

impl<'a> Piece<'a> {
    /// The patches in it.
    pub(crate) fn patches(self) -> &'a [u8] {
        match self {
            Self::Plain(patches) | Self::Act(_, patches) => patches,
        }
    }

    /// Appends it, with other patches if it is an action.
    pub(crate) fn write_with(self, patches: &[u8], out: &mut Vec<u8>) {
        match self {
            Self::Plain(_) => out.extend_from_slice(patches),
            Self::Act(way, _) => {
                out.extend_from_slice(way.unwrap_or_default());
                way.map_or(Mark::Gone, |_| Mark::Run).write(out);
                out.extend_from_slice(patches);
                Mark::End.write(out);
            }
        }
    }
}

/// Takes a commit with actions apart. What stands between two of them is one piece.
pub(crate) fn pieces<'a>(
    schema: &Schema,
    mut reader: Reader<'a>,
) -> Result<Vec<Piece<'a>>, DecodeError> {
    let mut pieces = Vec::new();
    // Where the patches of this piece begin, and the way if it is an action.
    let mut first = 0;
    let mut open: Option<Option<&'a [u8]>> = None;
    while !reader.is_empty() {
        let start = reader.position();
        let edit = parse_one(schema, schema.root(), &mut reader, &mut Vec::new())?;
        let Edit::Act(mark) = edit else {
            continue;
        };
        let patches = reader.read_between(first, start);
        let way = reader.read_between(start, reader.position() - mark.length());
        first = reader.position();
        match (open.take(), mark) {
            (Some(way), Mark::End) => pieces.push(Piece::Act(way, patches)),
            (None, Mark::Run | Mark::Gone) => {
                if !patches.is_empty() {
                    pieces.push(Piece::Plain(patches));
                }
                open = Some((mark == Mark::Run).then_some(way));
            }
            _ => return Err(reader.no_such("mark", "an action", mark as usize)),
        }
    }
    if open.is_some() {
        return Err(reader.no_such("end", "an action", 0));
    }
    let patches = reader.read_between(first, reader.position());
    if !patches.is_empty() {
        pieces.push(Piece::Plain(patches));
    }
    Ok(pieces)
}

/// How many bytes at their beginnings two commits have in common, in whole patches.
pub(crate) fn common_start(schema: &Schema, mine: &[u8], theirs: &[u8]) -> usize {
    let alike = mine
        .iter()
        .zip(theirs)
        .take_while(|(mine, theirs)| mine == theirs);
    let alike = alike.count();
    let (mut reader, mut end) = (Reader::of_own(mine), 0);
    while end < alike && parse_one(schema, schema.root(), &mut reader, &mut Vec::new()).is_ok() {
        if reader.position() > alike {
            break;
        }
        end = reader.position();
    }
    end
}

/// The patches of a commit, without its marks.
pub(crate) fn without_marks(pieces: &[Piece<'_>]) -> Vec<u8> {
    let patches = pieces.iter().map(|piece| piece.patches());
    patches.collect::<Vec<_>>().concat()
}

impl Patch<'_> {
    /// The mark, if it is one.
    pub(crate) fn mark(&self) -> Option<Mark> {
        match self.edit {
            Edit::Act(mark) => Some(mark),
            _ => None,
        }
    }
}

/// The patches that no action has written, with the marks where an action is still to be run. What an action
/// has written may be lost: it will write again.
pub(crate) fn lasting<'p, 'a>(patches: &'p [Patch<'a>]) -> impl Iterator<Item = &'p Patch<'a>> {
    let mut is_inside = false;
    patches.iter().filter(move |patch| match patch.mark() {
        Some(mark) => {
            is_inside = mark != Mark::End;
            mark == Mark::Run
        }
        None => !is_inside,
    })
}
