//! Reading a field without anything, and behind the standard library's lock.

use std::{hint::black_box, sync::RwLock, time::Instant};

use crate::{
    Result,
    contest::{Contender, Measured},
    state::State,
};

#[derive(Default)]
pub(crate) struct Plain(State);

impl Contender for Plain {
    fn run(&mut self, amount: u64) -> Result<Measured> {
        let begin = Instant::now();
        for _ in 0..amount {
            black_box(black_box(&self.0).tick);
        }
        Ok(Measured::Took(begin.elapsed()))
    }
}

#[derive(Default)]
pub(crate) struct Locked(RwLock<State>);

impl Contender for Locked {
    fn run(&mut self, amount: u64) -> Result<Measured> {
        let begin = Instant::now();
        for _ in 0..amount {
            let state = black_box(&self.0).read().map_err(|_| "nobody panics")?;
            black_box(state.tick);
        }
        Ok(Measured::Took(begin.elapsed()))
    }
}
