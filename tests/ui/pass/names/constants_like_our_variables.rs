//! Constants in scope that are called like the variables of what is derived, but for their `__`.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

static content: u8 = 0;
const cursor: u8 = 0;
static deserializer: u8 = 0;
const f: u8 = 0;
static field: u8 = 0;
const field_0: u8 = 0;
static field_1: u8 = 0;
const finish: u8 = 0;
static from: u8 = 0;
const never: u8 = 0;
static number: u8 = 0;
const operation: u8 = 0;
static out: u8 = 0;
const owner: usize = 2;
static patch: u8 = 0;
const reader: u8 = 0;
const schema: u8 = 0;
static serializer: u8 = 0;
const to: u8 = 0;
static value: u8 = 0;
const writer: usize = 3;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Board<T> {
    value: u8,
    #[shared(atomic)]
    owner: T,
    pairs: [u8; owner],
    #[shared(atomic)]
    triple: [u8; writer],
    #[serde(skip)]
    #[shared(skip)]
    cursor: u8,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Pair(u8, #[shared(skip)] String);

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Nothing;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
#[shared(atomic)]
struct Whole(u8);

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
enum Never {}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
enum Message<T> {
    Gone(Nothing),
    Patch([T; owner]),
    Two(u8, Whole),
    Named { byte: u8, pair: Pair },
}

#[test]
fn check() {
    let board = Board {
        value: 1,
        owner: 2u8,
        pairs: [0; owner],
        triple: [0; writer],
        cursor: 3,
    };
    let board = changed(board, |board| {
        board.set_value(4);
        board.pairs_mut().at(1).set(5);
        board.triple_mut().set([6; 3]);
    });
    let expected = Board {
        value: 4,
        owner: 2,
        pairs: [0, 5],
        triple: [6; 3],
        cursor: 3,
    };
    assert_eq!(board, expected);
    let message = changed(Message::<u8>::Gone(Nothing), |message| {
        message.set(Message::Two(1, Whole(2)));
        message.two_mut().expect("it is one").set_0(3);
    });
    assert_eq!(message, Message::Two(3, Whole(2)));
}
