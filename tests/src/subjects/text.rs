//! `String`, with characters of one to four bytes.

use proptest::{collection::vec, prelude::*};

use crate::subject::{Bounds, Outcome, Subject, bounds, done, positions};

#[derive(Clone, Debug)]
pub enum TextOp {
    Set(String),
    SetBorrowed(String),
    Modify(String),
    Push(char),
    PushStr(String),
    InsertStr(usize, String),
    Insert(usize, char),
    Pop,
    Remove(usize),
    ReplaceRange(Bounds, String),
    Truncate(usize),
    Clear,
    Extend(Vec<char>),
    ExtendTexts(Vec<String>),
    ExtendFromWithin(Bounds),
    Drain(Bounds),
    SplitOff(usize),
    /// Keeps the characters with this lowest bit.
    Retain(u32),
    MakeLowercase,
    MakeUppercase,
}

impl Subject for String {
    type Op = TextOp;

    fn values(_: u32) -> BoxedStrategy<Self> {
        prop_oneof![
            3 => proptest::sample::select(vec!["", "a", "ä", "語🦀", "abc", "xäy"])
                .prop_map(str::to_owned),
            1 => "[a-cABäé語🦀]{0,6}",
            1 => ".{0,4}",
        ]
        .boxed()
    }

    fn ops(depth: u32) -> BoxedStrategy<TextOp> {
        use TextOp::*;
        let text = || Self::values(depth);
        let character = || char::values(depth);
        prop_oneof![
            text().prop_map(Set),
            text().prop_map(SetBorrowed),
            text().prop_map(Modify),
            character().prop_map(Push),
            text().prop_map(PushStr),
            (positions(), text()).prop_map(|(at, text)| InsertStr(at, text)),
            (positions(), character()).prop_map(|(at, character)| Insert(at, character)),
            Just(Pop),
            positions().prop_map(Remove),
            (bounds(), text()).prop_map(|(range, text)| ReplaceRange(range, text)),
            positions().prop_map(Truncate),
            Just(Clear),
            vec(character(), 0..3).prop_map(Extend),
            vec(text(), 0..3).prop_map(ExtendTexts),
            bounds().prop_map(ExtendFromWithin),
            bounds().prop_map(Drain),
            positions().prop_map(SplitOff),
            (0..2u32).prop_map(Retain),
            Just(MakeLowercase),
            Just(MakeUppercase),
        ]
        .boxed()
    }

    fn live(writer: &mut Self::Mut<'_>, op: &TextOp) -> Outcome {
        match op {
            TextOp::Set(text) => done(writer.set(text.clone())),
            TextOp::SetBorrowed(text) => done(writer.set(text.as_str())),
            TextOp::Modify(end) => done(writer.modify(|text| {
                text.push_str(end);
                text.len()
            })),
            TextOp::Push(character) => done(writer.push(*character)),
            TextOp::PushStr(text) => done(writer.push_str(text)),
            TextOp::InsertStr(at, text) => done(writer.insert_str(*at, text)),
            TextOp::Insert(at, character) => done(writer.insert(*at, *character)),
            TextOp::Pop => done(writer.pop()),
            TextOp::Remove(at) => done(writer.remove(*at)),
            TextOp::ReplaceRange(range, text) => done(writer.replace_range(*range, text)),
            TextOp::Truncate(length) => done(writer.truncate(*length)),
            TextOp::Clear => done(writer.clear()),
            TextOp::Extend(characters) => done(writer.extend(characters)),
            TextOp::ExtendTexts(texts) => done(writer.extend(texts.clone())),
            TextOp::ExtendFromWithin(range) => done(writer.extend_from_within(*range)),
            TextOp::Drain(range) => done(writer.drain(*range).collect::<String>()),
            TextOp::SplitOff(at) => done(writer.split_off(*at)),
            TextOp::Retain(bit) => done(writer.retain(|c| u32::from(c) % 2 == *bit)),
            TextOp::MakeLowercase => done(writer.make_ascii_lowercase()),
            TextOp::MakeUppercase => done(writer.make_ascii_uppercase()),
        }
    }

    fn plain(value: &mut Self, op: &TextOp) -> Outcome {
        match op {
            TextOp::Set(text) | TextOp::SetBorrowed(text) => done(*value = text.clone()),
            TextOp::Modify(end) => {
                value.push_str(end);
                done(value.len())
            }
            TextOp::Push(character) => done(value.push(*character)),
            TextOp::PushStr(text) => done(value.push_str(text)),
            TextOp::InsertStr(at, text) => done(value.insert_str(*at, text)),
            TextOp::Insert(at, character) => done(value.insert(*at, *character)),
            TextOp::Pop => done(value.pop()),
            TextOp::Remove(at) => done(value.remove(*at)),
            TextOp::ReplaceRange(range, text) => done(value.replace_range(*range, text)),
            TextOp::Truncate(length) => done(value.truncate(*length)),
            TextOp::Clear => done(value.clear()),
            TextOp::Extend(characters) => done(value.extend(characters)),
            TextOp::ExtendTexts(texts) => done(value.extend(texts.clone())),
            TextOp::ExtendFromWithin(range) => done(value.extend_from_within(*range)),
            TextOp::Drain(range) => done(value.drain(*range).collect::<String>()),
            TextOp::SplitOff(at) => done(value.split_off(*at)),
            TextOp::Retain(bit) => done(value.retain(|c| u32::from(c) % 2 == *bit)),
            TextOp::MakeLowercase => done(value.make_ascii_lowercase()),
            TextOp::MakeUppercase => done(value.make_ascii_uppercase()),
        }
    }
}
