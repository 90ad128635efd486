//! Members whose connection was lost, and that come again: each by the ticket that it was given.

use std::{
    collections::VecDeque,
    sync::Arc,
    time::{Duration, Instant},
};

use ipos_transport::{Link, Token, Vigil};

use super::{HostSide, connection::Fault};
use crate::{
    core::{PeerId, Profile},
    seat::Seat,
    session::Session,
    sync,
};

/// How long the place of a member is kept whose connection was lost, unless its process has ended.
const GRACE: Duration = Duration::from_secs(10);

/// How many members that were removed are remembered, so that they do not come back.
const REMOVED: usize = 256;

/// The tickets of a host.
#[derive(Debug, Default)]
pub(super) struct Tickets {
    given: Vec<Ticket>,
    removed: VecDeque<Token>,
}

/// By what a member may come again. It is a secret, since who shows it speaks for the member.
#[derive(Debug)]
struct Ticket {
    secret: Token,
    member: Returning,
    link: Arc<Link>,
    /// Its connection was lost, and this is how it is waited for.
    away: Option<Arc<Vigil>>,
}

/// A member that may come again.
#[derive(Clone, Debug)]
pub(super) struct Returning {
    pub(super) peer: PeerId,
    pub(super) seat: Arc<Seat>,
    pub(super) profile: Profile,
}

impl Tickets {
    /// Notes what a member was given that has come over `link`.
    pub(super) fn give(&mut self, secret: Token, member: Returning, link: Arc<Link>) {
        self.given.push(Ticket {
            secret,
            member,
            link,
            away: None,
        });
    }

    /// The member is gone.
    pub(super) fn forget(&mut self, peer: PeerId) -> Option<Token> {
        let at = self.place(peer)?;
        Some(self.given.swap_remove(at).secret)
    }

    /// The member is gone and must not come back.
    pub(super) fn remove(&mut self, peer: PeerId) {
        let removed = self.forget(peer);
        self.removed.extend(removed);
        if self.removed.len() > REMOVED {
            self.removed.pop_front();
        }
    }

    /// The session is ending.
    pub(super) fn clear(&mut self) {
        for ticket in self.given.drain(..) {
            ticket.away.inspect(|vigil| vigil.call_off());
        }
    }

    fn place(&self, peer: PeerId) -> Option<usize> {
        self.given
            .iter()
            .position(|ticket| ticket.member.peer == peer)
    }
}

impl HostSide {
    /// The member that has this ticket, which goes on over `link`; `None` when there is none. If its old connection
    /// has not been seen to end, that is ended first.
    pub(super) fn welcome_back(
        &self,
        secret: &Token,
        link: &Arc<Link>,
        deadline: Instant,
    ) -> Result<Option<Returning>, Fault> {
        loop {
            let parted = self.parted.listen();
            {
                let tickets = &mut self.store.table().post.tickets;
                if tickets.removed.contains(secret) {
                    return Err(Fault::Removed);
                }
                let mut given = tickets.given.iter_mut();
                let Some(ticket) = given.find(|ticket| ticket.secret == *secret) else {
                    return Ok(None);
                };
                if let Some(vigil) = ticket.away.take() {
                    ticket.link = link.clone();
                    vigil.call_off();
                    return Ok(Some(ticket.member.clone()));
                }
                ticket.link.shutdown();
            }
            if !sync::wait(parted, deadline) {
                return Err(Fault::Busy);
            }
        }
    }

    /// Keeps the place of a member whose connection was lost. `false` when it does not come in time.
    pub(super) fn comes_back(&self, session: &Session, peer: PeerId) -> bool {
        let Ok(vigil) = Vigil::new().map(Arc::new) else {
            return false;
        };
        let process = {
            let mut table = self.store.table();
            let table = &mut *table;
            let tickets = &mut table.post.tickets;
            let Some(at) = tickets.place(peer) else {
                return false;
            };
            let ticket = &mut tickets.given[at];
            ticket.away = Some(vigil.clone());
            let process = ticket.link.peer();
            table.post.links.remove(peer);
            table.sequencer.cut_off(peer, &mut table.post);
            process
        };
        self.send(session);
        self.answered.notify(usize::MAX);
        self.parted.notify(usize::MAX);
        let name = session.name();
        tracing::warn!(session = name, %peer, "the connection to a process was lost; its place is kept for a while");
        vigil.keep(process, GRACE);
        let mut table = self.store.table();
        let tickets = &mut table.post.tickets;
        let Some(at) = tickets.place(peer) else {
            return false;
        };
        let is_ours = |away: &Arc<Vigil>| Arc::ptr_eq(away, &vigil);
        if tickets.given[at].away.as_ref().is_some_and(is_ours) {
            tickets.given.swap_remove(at);
            return false;
        }
        true
    }
}
