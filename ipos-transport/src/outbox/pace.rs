//! How soon one send comes after the other, and whether it is better to let them gather.
//!
//! Lingering delays what is sent, so it has to be worth it. It begins when sends come soon one after the other, and goes on
//! while at least half as much comes as before. Less says that the burst is over, or that who sends waits for what
//! comes of it: then the thread leaves, and each time that this happens in a row it takes twice as long a burst to
//! begin again.

use std::{
    mem,
    time::{Duration, Instant},
};

use crate::sync::bound;

/// So many sends of which each writes all are looked at together.
pub(super) const DENSE: usize = bound(64, 6);

/// In so little time they are a burst.
const BURST: Duration = Duration::from_micros(256);

/// For each other link over which the sender sends as well it may be so much more: ten microseconds between two sends.
const BURST_BESIDE: Duration = Duration::from_micros(640);

/// For how long bytes gather in a burst, for each link of the sender.
const LINGER: Duration = Duration::from_micros(50);

/// How many links count.
const LINKS: u32 = 16;

/// Fewer than these are not worth it in any case.
const FEW: usize = bound(4, 1);

/// How often lingering in vain doubles what it takes to begin again.
const VAIN: u32 = 3;

#[derive(Debug, Default)]
pub(super) struct Pace {
    /// Over how many links the last sender has sent, one after the other.
    links: u32,
    /// How many sends have written all, since `looked`.
    sends: usize,
    /// When it was last looked at them.
    looked: Option<Instant>,
    /// How often in a row they were a burst.
    bursts: u32,
    /// Half as many as came in as much time before the thread began to linger.
    few: usize,
    /// Whether the thread has lingered for what came since it was last asked.
    has_lingered: bool,
    /// How often in a row it has lingered in vain.
    vain: u32,
}

impl Pace {
    /// Notes over how many links the present sender sends.
    pub(super) fn sends_over(&mut self, links: usize) {
        self.links = u32::try_from(links).unwrap_or(LINKS).clamp(1, LINKS);
    }

    /// Whether what lingers does so for longer than this sender would have it.
    pub(super) fn lingers_for_others(&self, links: usize) -> bool {
        links == 1 && self.links > 1
    }

    /// Notes a send that has written all. Whether it is better from now on to let them gather.
    pub(super) fn is_dense(&mut self) -> bool {
        self.sends += 1;
        self.sends == DENSE && self.is_burst(Instant::now())
    }

    fn is_burst(&mut self, now: Instant) -> bool {
        self.sends = 0;
        let before = self.looked.replace(now);
        let took = before.map_or(Duration::MAX, |before| {
            now.saturating_duration_since(before)
        });
        let others = self.links.max(1) - 1;
        if took >= BURST + BURST_BESIDE * others && !cfg!(loom) {
            self.bursts = 0;
            return false;
        }
        self.bursts += 1;
        if self.bursts < 1 << self.vain && !cfg!(loom) {
            return false;
        }
        self.bursts = 0;
        let came = DENSE as u128 * self.linger().as_nanos() / took.as_nanos().max(1);
        self.few = usize::try_from(came / 2).unwrap_or(usize::MAX);
        true
    }

    /// For how long the thread is to linger.
    pub(super) fn linger(&self) -> Duration {
        LINGER * self.links.max(1)
    }

    /// Notes that the thread has lingered.
    pub(super) fn has_lingered(&mut self) {
        self.has_lingered = true;
    }

    /// Whether it is worth it to linger again, when so many were appended meanwhile.
    pub(super) fn goes_on(&mut self, appended: usize) -> bool {
        if !mem::take(&mut self.has_lingered) {
            return appended >= FEW;
        }
        let goes_on = appended >= self.few.max(FEW);
        self.vain = if goes_on {
            0
        } else {
            (self.vain + 1).min(VAIN)
        };
        goes_on
    }
}

#[cfg(test)]
mod tests;
