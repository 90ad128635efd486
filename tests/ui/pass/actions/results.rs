//! Answers of all sorts, and what becomes of errors.

use std::error::Error;

use ipos::{CallError, Ipos, Shared};
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
struct Counter {
    count: u32,
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct Full {
    most: u32,
}

impl std::fmt::Display for Full {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "there are {}", self.most)
    }
}

impl Error for Full {}

type Counted<T> = std::result::Result<T, Full>;

mod aliased {
    pub(super) type Result<T> = super::Counted<T>;
}

#[ipos::actions]
impl Counter {
    fn nothing(counter: &mut CounterMut<'_>) {
        counter.count_mut().add(1);
    }

    fn tuple(counter: &mut CounterMut<'_>) -> (u32, Option<String>) {
        (counter.count, None)
    }

    fn aliased(counter: &mut CounterMut<'_>, most: u32) -> aliased::Result<u32> {
        if counter.count == most {
            return Err(Full { most });
        }
        counter.count_mut().add(1);
        Ok(counter.count)
    }

    fn plain(counter: &mut CounterMut<'_>, most: u32) -> std::result::Result<u32, Full> {
        Self::aliased(counter, most)
    }
}

fn by_question_mark(ipos: &Ipos) -> ipos::Result<u32> {
    let counter = ipos.get::<Counter>("counter")?;
    counter.call(Counter::nothing_action())?;
    Ok(counter.call(Counter::plain_action(2))?)
}

fn in_any_error(ipos: &Ipos) -> Result<u32, Box<dyn Error>> {
    let counter = ipos.get::<Counter>("counter")?;
    Ok(counter.call(Counter::aliased_action(2))?)
}

#[test]
fn check() {
    let ipos = Ipos::host().unwrap();
    let counter = ipos.create("counter", Counter::default()).unwrap();
    assert_eq!(by_question_mark(&ipos).unwrap(), 2);
    assert_eq!(in_any_error(&ipos).unwrap_err().to_string(), "there are 2");
    counter.set(Counter { count: 1 }).unwrap();
    let error = by_question_mark(&ipos).unwrap_err();
    assert!(matches!(&error, ipos::Error::Failed { reason } if reason == "there are 2"));
    let Err(CallError::Failed(full)) = counter.call(Counter::plain_action(2)) else {
        panic!("it is full");
    };
    assert_eq!(full, Full { most: 2 });
    assert_eq!(counter.call(Counter::tuple_action()).unwrap(), (2, None));
}
