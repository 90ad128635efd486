//! A user's closure that panics leaves the value and what was recorded in step.

use std::{
    collections::{BTreeMap, BTreeSet},
    panic::{AssertUnwindSafe, catch_unwind},
};

use ipos::{
    __private::{Cursor, Incoming, Recorder},
    Shared,
};

fn apply<T: Shared>(value: &mut T, bytes: &[u8]) {
    let mut incoming = Incoming::new(bytes, None);
    while incoming.advance() {
        value.apply(&mut incoming).unwrap();
    }
}

/// Asserts that `change` panics and that what it had done by then is recorded, and can be undone.
#[track_caller]
fn check<T: Shared + PartialEq>(before: T, change: impl FnOnce(&mut T::Mut<'_>)) {
    let mut value = before.clone();
    let mut recorder = Recorder::default();
    let writer = T::writer(Cursor::new(&mut value, &mut recorder));
    catch_unwind(AssertUnwindSafe(move || {
        let mut writer = writer;
        change(&mut writer);
    }))
    .expect_err("the closure panics");
    let mut replica = before.clone();
    apply(&mut replica, recorder.patches());
    assert_eq!(replica, value, "what was done is recorded");
    for patch in recorder.undo().patches() {
        apply(&mut value, patch);
    }
    assert_eq!(value, before, "what was done is undone");
}

#[test]
fn a_closure_that_panics_leaves_nothing_unrecorded() {
    let list = || vec![3u8, 1, 2];
    let map = || BTreeMap::from([(1u8, String::from("one")), (2, String::from("two"))]);
    let set = || BTreeSet::from([1u8, 2, 3]);
    check(7u8, |w| {
        w.modify(|value| {
            *value = 8;
            panic!("in modify")
        })
    });
    check(250u8, |w| {
        w.add(5);
        w.add(1);
    });
    check(i64::MIN + 1, |w| {
        w.sub(1);
        w.sub(1);
    });
    check(String::from("text"), |w| {
        w.modify(|text| {
            text.clear();
            panic!("in modify")
        })
    });
    check(list(), |w| {
        w.retain(|&item| {
            if item == 2 {
                panic!("in retain")
            } else {
                false
            }
        })
    });
    check(list(), |w| w.sort_by(|_, _| panic!("in sort_by")));
    check(list(), |w| {
        w.extend((0..9).inspect(|&n| assert_ne!(n, 5, "in extend")))
    });
    check(list(), |w| {
        w.splice(.., (0..9).inspect(|&n| assert_ne!(n, 5, "in splice")));
    });
    check(list(), |w| {
        w.for_each_mut(|item| {
            assert_ne!(**item, 1, "in for_each_mut");
            item.set(9);
        })
    });
    check(map(), |w| {
        w.retain(|&key, _| if key == 2 { panic!("in retain") } else { false })
    });
    check(map(), |w| {
        w.for_each_mut(|&key, text| {
            text.push('!');
            assert_ne!(key, 2, "in for_each_mut");
        })
    });
    check(map(), |w| {
        w.extend((0..9).map(|n| {
            assert_ne!(n, 2, "in extend");
            (n, String::new())
        }))
    });
    check(map(), |w| {
        w.insert(9, String::new());
        w.entry(3).or_insert_with(|| panic!("in or_insert_with"));
    });
    check(map(), |w| {
        w.entry(1)
            .and_modify(|text| {
                text.clear();
                panic!("in and_modify")
            })
            .or_default();
    });
    check(set(), |w| {
        w.retain(|&item| {
            if item == 2 {
                panic!("in retain")
            } else {
                false
            }
        })
    });
    check(set(), |w| {
        w.extend((0..9).inspect(|&n| assert_ne!(n, 5, "in extend")))
    });
    check(list(), |w| {
        w.retain_mut(|item| {
            item.add(1);
            assert_ne!(**item, 2, "in retain_mut");
            false
        })
    });
    check(list(), |w| w.dedup_by(|_, _| panic!("in dedup_by")));
    check(list(), |w| {
        w.sort_by_cached_key(|_| -> u8 { panic!("in sort_by_cached_key") })
    });
    check(list(), |w| w.fill_with(|| panic!("in fill_with")));
    check(list(), |w| w.resize_with(5, || panic!("in resize_with")));
    check(list(), |w| {
        w.pop_if(|item| {
            item.set(9);
            panic!("in pop_if")
        });
    });
    check([1u8, 2], |w| w.fill_with(|| panic!("in fill_with")));
    check(String::from("text"), |w| {
        w.retain(|c| if c == 'x' { panic!("in retain") } else { false })
    });
    check(Some(7u8), |w| {
        w.take_if(|value| {
            value.set(9);
            panic!("in take_if")
        });
    });
    check(None::<u8>, |w| {
        w.get_or_insert_with(|| panic!("in get_or_insert_with"));
    });
    check(map(), |w| {
        w.entry(3)
            .or_insert_with_key(|_| panic!("in or_insert_with_key"));
    });
}

/// What a change panics with.
fn message(change: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(change)).expect_err("it panics");
    match panic.downcast::<String>() {
        Ok(message) => *message,
        Err(panic) => (*panic.downcast::<&str>().expect("it is a text")).to_owned(),
    }
}

/// A change of a wrapper, and the same of the value itself.
type Pair = (fn(&mut ipos::VecMut<'_, u8>), fn(&mut Vec<u8>));

#[test]
fn a_method_panics_in_the_words_of_the_standard_type() {
    let pairs: [Pair; 6] = [
        (|w| w.at(3).set(0), |list| list[3] = 0),
        (|w| w.insert(4, 0), |list| list.insert(4, 0)),
        (|w| drop(w.split_off(4)), |list| drop(list.split_off(4))),
        (|w| w.swap(0, 3), |list| list.swap(0, 3)),
        (
            |w| assert_eq!(w.remove(3), 0),
            |list| assert_eq!(list.remove(3), 0),
        ),
        (
            |w| assert_eq!(w.swap_remove(3), 0),
            |list| assert_eq!(list.swap_remove(3), 0),
        ),
    ];
    for (live, plain) in pairs {
        let (mut value, mut recorder) = (vec![1u8, 2, 3], Recorder::default());
        let mut writer = Vec::writer(Cursor::new(&mut value, &mut recorder));
        assert_eq!(
            message(|| live(&mut writer)),
            message(|| plain(&mut vec![1, 2, 3]))
        );
    }
}
