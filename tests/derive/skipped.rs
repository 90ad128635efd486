//! `#[shared(skip)]`: fields that are local to each process.

use ipos::{__private::Reader, Shared};
use serde::{Deserialize, Serialize};

use crate::{apply, check, check_schema, record};

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct View {
    #[serde(skip)]
    #[shared(skip)]
    cache: Vec<u8>,
    title: String,
    #[serde(skip, default = "far")]
    #[shared(skip)]
    at: u32,
    tick: u8,
}

fn far() -> u32 {
    99
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
enum Panel {
    Local(#[shared(skip)] u8),
    Tuple(#[shared(skip)] u8, u16),
    Named {
        name: String,
        #[shared(skip)]
        seen: bool,
    },
}

#[test]
fn what_is_skipped_has_no_number() {
    let arrived = View {
        at: far(),
        ..View::default()
    };
    check(
        arrived,
        |view| {
            view.set_title("t");
            view.tick_mut().add(1);
        },
        &[r#"Title(Set("t"))"#, "Tick(Add(1))"],
    );
    check_schema::<View>("struct View { title: String, tick: u8, }");
    check(
        Panel::Tuple(0, 1),
        |panel| panel.tuple_mut().unwrap().set_1(2),
        &["Tuple(F1(Set(2)))"],
    );
}

#[test]
fn what_is_skipped_is_changed_here_alone() {
    let mut view = View::default();
    let recorder = record(&mut view, |view| {
        view.cache_mut().push(1);
        view.set_at(7u32);
    });
    assert!(recorder.patches().is_empty());
    assert!(recorder.undo().is_empty());
    assert_eq!((&view.cache[..], view.at), (&[1][..], 7));

    let mut panel = Panel::Local(1);
    let recorder = record(&mut panel, |panel| panel.local_mut().unwrap().set_0(2));
    assert!(recorder.patches().is_empty());
    assert_eq!(panel, Panel::Local(2));
}

#[test]
fn what_is_skipped_has_its_default_on_arrival() {
    let view = View {
        cache: vec![1],
        title: "t".to_owned(),
        at: 1,
        tick: 2,
    };
    let mut bytes = vec![];
    view.encode(&mut bytes);
    assert_eq!(bytes, [1, b't', 2]);
    let arrived = View::decode(&mut Reader::new(&bytes)).unwrap();
    assert_eq!((&arrived.cache[..], arrived.at), (&[][..], 99));
    assert_eq!((&*arrived.title, arrived.tick), ("t", 2));
}

#[test]
fn replacing_the_whole_replaces_it_here_alone() {
    let mut view = View::default();
    let mut replica = View {
        at: 5,
        ..View::default()
    };
    let new = View {
        cache: vec![1],
        title: "t".to_owned(),
        at: 1,
        tick: 2,
    };
    let recorder = record(&mut view, |view| view.set(new.clone()));
    assert_eq!(view, new);
    apply(&mut replica, recorder.patches());
    assert_eq!((replica.tick, replica.at), (2, 5));

    let mut panel = Panel::Local(1);
    let mut replica = panel.clone();
    let named = Panel::Named {
        name: "n".to_owned(),
        seen: true,
    };
    let recorder = record(&mut panel, |panel| panel.set(named.clone()));
    assert_eq!(panel, named);
    apply(&mut replica, recorder.patches());
    let arrived = Panel::Named {
        name: "n".to_owned(),
        seen: false,
    };
    assert_eq!(replica, arrived);
}
