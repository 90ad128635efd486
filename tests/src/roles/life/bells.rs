//! Several processes that let events happen and write at once, and hear of it.

use std::{error::Error, fmt::Write as _};

use ipos::{Change, Event, Events, Ipos, Shared, SharedHandle, Subscription};
use serde::{Deserialize, Serialize};

use crate::{
    PATIENCE,
    talk::{obey, say},
};

/// Who has rung, and for the how-manieth time.
pub type Ring = (u64, u64);

/// What all ring and write. Every fourth ring is written down as well, in the same commit.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Bells {
    /// Where it happens.
    pub rings: Events<Ring>,
    /// What was written down, the last first.
    pub noted: Vec<Ring>,
    /// How often it has happened.
    pub count: u64,
}

/// One who rings and listens.
pub struct Ringer {
    bells: SharedHandle<Bells>,
    copy: Bells,
    changes: Subscription<Change<Bells>>,
    events: Subscription<Event<Ring>>,
}

impl Ringer {
    /// One who listens from now on, while nobody rings.
    pub fn new(bells: SharedHandle<Bells>) -> Self {
        let (changes, events) = (bells.subscribe(), bells.events(|bells| &bells.rings));
        Self {
            copy: changes.snapshot(),
            bells,
            changes,
            events,
        }
    }

    /// Rings so often.
    ///
    /// # Errors
    ///
    /// When the session fails.
    pub fn ring(&self, author: u64, times: u64) -> ipos::Result<()> {
        for number in 1..=times {
            self.bells.update(|bells| {
                bells.rings_mut().emit((author, number));
                bells.count_mut().add(1);
                if number % 4 == 0 {
                    bells.noted_mut().insert(0, (author, number));
                }
            })?;
        }
        self.bells.flush(PATIENCE)
    }

    /// What was heard: the place, the process and the ring of each, in that order.
    ///
    /// # Panics
    ///
    /// When the subscriptions tell other things, or in another order, than the changes do.
    pub fn heard(&mut self) -> String {
        let mut rings = Vec::new();
        let mut last = 0;
        for change in std::iter::from_fn(|| self.changes.try_next()) {
            assert!(change.apply_to(&mut self.copy), "{change:?}");
            let Change::Patched {
                seq,
                origin,
                patches,
            } = change
            else {
                continue;
            };
            for patch in patches {
                let BellsPatch::Rings(ipos::EventsPatch::Emit(ring)) = patch else {
                    continue;
                };
                assert!(last < seq, "{seq} is told after {last}");
                last = seq;
                let is_noted = self.copy.noted.contains(&ring);
                assert_eq!(
                    is_noted,
                    ring.1 % 4 == 0,
                    "{ring:?} is heard with its commit"
                );
                rings.push((seq, origin.peer(), ring));
            }
        }
        assert_eq!(self.copy, self.bells.snapshot());
        let events = std::iter::from_fn(|| self.events.try_next());
        let events = events.map(|event| match event {
            Event::Emitted { seq, origin, event } => (seq, origin.peer(), event),
            Event::Missed { seq } => panic!("something is missed up to {seq}"),
        });
        assert!(events.eq(rings.iter().copied()), "both tell the same");
        rings
            .iter()
            .fold(String::new(), |mut told, (seq, peer, (author, number))| {
                let _ = write!(told, "{seq}:{peer}:{author}:{number},");
                told
            })
    }
}

/// The role of one who rings.
///
/// # Errors
///
/// When the session fails.
pub fn role() -> Result<(), Box<dyn Error>> {
    let ipos = Ipos::join()?;
    let mut ringer = None;
    obey(|words| {
        match (words, &mut ringer) {
            (["create"], ringer) => {
                *ringer = Some(Ringer::new(ipos.create("bells", Bells::default())?));
                ipos.barrier(PATIENCE)?;
            }
            (["get"], ringer) => *ringer = Some(Ringer::new(ipos.get("bells")?)),
            (["ring", author, times], Some(ringer)) => {
                ringer.ring(author.parse()?, times.parse()?)?;
            }
            (["heard"], Some(ringer)) => say(&ringer.heard())?,
            (["judged"], _) => judged(&ipos)?,
            _ => return Err(format!("what is {words:?}?").into()),
        }
        Ok(())
    })
}

/// A number that is to be even, and where it is told.
pub type Judged = (u8, Events<u8>);

/// Emits odd numbers, which are refused, and even ones.
fn judged(ipos: &Ipos) -> Result<(), Box<dyn Error>> {
    let judged = ipos.get::<Judged>("judged")?;
    let events = judged.events(|judged| &judged.1);
    for number in 1..=4 {
        judged.update(|judged| {
            judged._1_mut().emit(number);
            judged.set_0(number);
        })?;
        let early = events.try_next();
        if early.is_some() && !judged.is_confirmed() {
            return Err("it is heard before it is confirmed".into());
        }
        let confirmed = judged.flush(PATIENCE);
        let heard = early.or_else(|| events.try_next());
        let is_told = matches!(heard, Some(Event::Emitted { event, .. }) if event == number);
        if (confirmed.is_ok(), is_told) != (number % 2 == 0, number % 2 == 0) {
            return Err(format!("{number}: {confirmed:?}, {heard:?}").into());
        }
    }
    Ok(())
}
