//! Commits to an object that many listen to.

use std::time::{Duration, Instant};

use ipos::{Change, Subscription, Waiting};

use crate::{
    Result,
    contest::{Contender, Measured},
    state::State,
    work::{FEW, session::Session},
};

/// After so many commits all hear of them.
const ROUND: u64 = 16;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Only the commits are counted.
    Alone,
    /// Hearing of them as well.
    Heard,
}

pub(super) struct Subscribers {
    session: Session,
    subscriptions: Vec<Subscription<Change<State>>>,
    place: Place,
}

impl Subscribers {
    pub(super) fn start(number: usize, place: Place) -> Result<Self> {
        let session = Session::start(State::of(FEW), Waiting::Park)?;
        let subscriptions = (0..number).map(|_| session.state.subscribe()).collect();
        Ok(Self {
            session,
            subscriptions,
            place,
        })
    }

    fn hear(&self) {
        for subscription in &self.subscriptions {
            while subscription.try_next().is_some() {}
        }
    }
}

impl Contender for Subscribers {
    fn run(&mut self, amount: u64) -> Result<Measured> {
        let state = &self.session.state;
        let first = state.read().tick;
        let mut took = Duration::ZERO;
        for round in (0..amount).step_by(usize::try_from(ROUND)?) {
            let begin = Instant::now();
            for tick in round + 1..=amount.min(round + ROUND) {
                state.update(|state| state.set_tick(first + tick))?;
            }
            if self.place == Place::Heard {
                self.hear();
            }
            took += begin.elapsed();
            self.hear();
        }
        Ok(Measured::Took(took))
    }
}
