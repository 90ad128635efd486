//! Kinds of types that are private to the child processes: the host stores, changes and passes on
//! their values without a line of code that names them.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use ipos::Shared;
use serde::{Deserialize, Serialize};

use super::{
    kind::{Kind, kind},
    kinds,
};

#[derive(
    Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord,
)]
struct Seal {
    depth: u16,
    mark: (char, Option<bool>),
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Letter {
    text: String,
    seals: BTreeSet<Seal>,
    copies: Option<Box<Letter>>,
    weight: f32,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Post {
    letters: Vec<Letter>,
    by_seal: HashMap<Seal, Letter>,
    routes: BTreeMap<(u8, String), HashSet<i64>>,
    open: bool,
    nothing: (),
}

fn seal(depth: u16) -> Seal {
    Seal {
        depth,
        mark: ('§', Some(false)),
    }
}

fn letter(text: &str) -> Letter {
    Letter {
        text: text.to_owned(),
        seals: BTreeSet::from([seal(0), Seal::default()]),
        copies: Some(Box::new(Letter {
            text: format!("copy of {text}"),
            ..Letter::default()
        })),
        weight: 0.5,
    }
}

fn post(letters: &[&str]) -> Post {
    Post {
        letters: letters.iter().map(|text| letter(text)).collect(),
        by_seal: HashMap::from([(seal(1), letter("one")), (seal(300), Letter::default())]),
        routes: BTreeMap::from([((0, String::new()), HashSet::from([0, i64::MIN]))]),
        open: true,
        nothing: (),
    }
}

/// Every kind, and those that only children name.
pub(super) fn kinds() -> Vec<Box<dyn Kind>> {
    let mut kinds = kinds::kinds();
    kinds.extend::<Vec<Box<dyn Kind>>>(vec![
        kind!("Seal", Seal,
            first: seal(1), second: Seal::default(),
            update: |w| w.mark_mut().set_1(None), updated: Seal { depth: 1, mark: ('§', None) }),
        kind!("Letter-edited", Letter,
            first: letter("äöü"), second: Letter::default(),
            update: |w| {
                w.text_mut().replace_range(2..4, "oe");
                w.text_mut().insert(0, '«');
                w.text_mut().push('»')
            },
            updated: Letter { text: "«äoeü»".into(), copies: letter("äöü").copies, ..letter("") }),
        kind!("Letter-copied", Letter,
            first: Letter::default(), second: letter(""),
            update: |w| {
                w.set_copies(Some(Box::default()));
                w.copies_mut().as_mut().unwrap().set_text("copy of ");
                w.seals_mut().extend([seal(0), seal(0), Seal::default()]);
                w.set_weight(0.5)
            },
            updated: letter("")),
        kind!("Post-delivered", Post,
        first: post(&["a", "b"]), second: Post::default(),
        update: |w| {
            w.letters_mut().swap_remove(0);
            w.by_seal_mut().remove(&seal(300));
            w.routes_mut().entry((0, String::new())).or_default().remove(&0);
            w.set_open(false)
        },
        updated: Post {
            by_seal: HashMap::from([(seal(1), letter("one"))]),
            routes: BTreeMap::from([((0, String::new()), HashSet::from([i64::MIN]))]),
            open: false,
            ..post(&["b"])
        }),
        kind!("Post-filled", Post,
            first: Post::default(), second: post(&[]),
            update: |w| {
                w.by_seal_mut().extend([(seal(300), letter("x")), (seal(1), letter("one"))]);
                w.by_seal_mut().get_mut(&seal(300)).unwrap().set(Letter::default());
                w.routes_mut().entry((0, String::new())).or_default().extend([0, i64::MIN]);
                w.letters_mut().extend([letter("b"), letter("a")]);
                w.letters_mut().sort_by(|a, b| a.text.cmp(&b.text));
                w.set_open(true)
            },
            updated: post(&["a", "b"])),
        kind!("Vec<Option<HashMap<Seal,Letter>>>", Vec<Option<HashMap<Seal, Letter>>>,
        first: vec![None, Some(HashMap::from([(seal(0), letter("a"))]))], second: vec![],
        update: |w| w.at(1).as_mut().unwrap().get_mut(&seal(0)).unwrap().seals_mut().clear(),
        updated: vec![
            None,
            Some(HashMap::from([(seal(0), Letter { seals: BTreeSet::new(), ..letter("a") })])),
        ]),
    ]);
    kinds
}
