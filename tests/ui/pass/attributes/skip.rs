//! Fields that are local to each process.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

use std::{cell::Cell, time::Instant};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct View {
    title: String,
    #[serde(skip)]
    #[shared(skip)]
    opened: Option<Instant>,
    #[serde(skip, default = "Instant::now")]
    #[shared(skip)]
    seen: Instant,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
enum Panel {
    Plain(u8, #[shared(skip)] Vec<u8>),
    Local(#[shared(skip)] u8),
}

/// A type that no other process could have.
fn _is_not_needed(cell: &Cell<u8>) -> u8 {
    cell.get()
}

#[test]
fn check() {
    let view = View {
        title: String::new(),
        opened: None,
        seen: Instant::now(),
    };
    let view = changed(view, |view| {
        view.set_title("x");
        view.set_opened(Some(Instant::now()));
        *view.seen_mut() = Instant::now();
    });
    assert!(view.opened.is_some());
    let panel = changed(Panel::Plain(1, vec![]), |panel| {
        let mut plain = panel.plain_mut().expect("it is one");
        plain.set_0(2);
        plain._1_mut().push(3);
    });
    assert_eq!(panel, Panel::Plain(2, vec![3]));
}
