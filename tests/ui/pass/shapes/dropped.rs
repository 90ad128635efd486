//! Types with something to do when they are dropped.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
#[shared(atomic)]
struct Whole {
    name: String,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
enum Job {
    Open(String),
    Done { by: String },
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Open(u8);

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Board {
    title: String,
    whole: Whole,
    job: Job,
    #[serde(skip)]
    #[shared(skip)]
    open: Open,
}

macro_rules! dropped {
    ($($ty:ty),*) => {$(
        impl Drop for $ty {
            fn drop(&mut self) {
                assert!(!format!("{self:?}").is_empty());
            }
        }
    )*};
}

dropped!(Whole, Job, Open);

#[test]
fn check() {
    let whole = |name: &str| Whole { name: name.into() };
    let board = |title: &str| Board {
        title: title.into(),
        whole: whole("a"),
        job: Job::Open("b".into()),
        open: Open(1),
    };
    let changed = changed(board("c"), |writer| {
        writer.set(board("d"));
        writer.whole_mut().set(whole("e"));
        writer.job_mut().set(Job::Done { by: "f".into() });
        let mut job = writer.job_mut();
        job.done_mut().expect("it is one").by_mut().push('!');
    });
    let mut expected = board("d");
    expected.whole = whole("e");
    expected.job = Job::Done { by: "f!".into() };
    assert_eq!(changed, expected);
}
