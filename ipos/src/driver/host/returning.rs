//! Members whose connection was lost, and that come again: each by the ticket that it was given.

use std::{
    collections::VecDeque,
    sync::Arc,
    time::{Duration, Instant},
};

use ipos_transport::{Link, Token, Vigil};

use super::{HostSide, connection::Fault};
use crate::{
    core::{Dealt, PeerId, Profile},
    seat::Seat,
    session::Session,
    sync::{
        self,
        atomic::{AtomicBool, Ordering},
    },
};

/// How long the place of a member is kept whose connection was lost, unless its process has ended.
const GRACE: Duration = Duration::from_secs(10);

/// How many members that were disconnected are remembered, so that they do not come back.
const BARRED: usize = 256;

/// How many members are remembered that were let go without their leave, so that nothing of them is ordered again.
const LET_GO: usize = 4096;

/// The tickets of a host.
#[derive(Debug, Default)]
pub(super) struct Tickets {
    given: Vec<Ticket>,
    /// Those of members that were let go after they had proposed something, and which proposals of each were dealt with.
    let_go: VecDeque<(Token, Dealt)>,
    /// Those of members that must not come back, and why.
    barred: VecDeque<(Token, String)>,
}

/// By what a member may come again. It is a secret, since who shows it speaks for the member.
#[derive(Debug)]
struct Ticket {
    secret: Token,
    member: Returning,
    link: Arc<Link>,
    /// Its connection was lost, and this is how it is waited for.
    away: Option<Arc<Away>>,
    /// Who has shown it last, while the connection that the member has is not seen to end.
    waiter: Option<Arc<Link>>,
}

/// The wait for a member that is cut off.
#[derive(Debug)]
struct Away {
    vigil: Vigil,
    /// The member goes on over another connection.
    is_passed_on: AtomicBool,
}

/// A member that may come again.
#[derive(Clone, Debug)]
pub(super) struct Returning {
    pub(super) peer: PeerId,
    pub(super) seat: Arc<Seat>,
    pub(super) profile: Profile,
}

/// What a host knows of who shows a ticket.
pub(super) enum Shown {
    /// It is the member that it was.
    Member(Returning),
    /// It is a member no more, or never was. These of its proposals were dealt with.
    Stranger(Dealt),
}

impl Tickets {
    /// Notes what a member was given that has come over `link`.
    pub(super) fn give(&mut self, secret: Token, member: Returning, link: Arc<Link>) {
        self.given.push(Ticket {
            secret,
            member,
            link,
            away: None,
            waiter: None,
        });
    }

    /// Takes the ticket of a member back, for which nobody waits any more.
    fn take(&mut self, peer: PeerId) -> Option<Token> {
        let at = self.place(peer)?;
        let ticket = self.given.swap_remove(at);
        ticket.away.inspect(|away| away.vigil.call_off());
        Some(ticket.secret)
    }

    /// The member is gone; these of its proposals were dealt with.
    pub(super) fn let_go(&mut self, peer: PeerId, dealt: Dealt) {
        let secret = self.take(peer);
        if let Some(secret) = secret.filter(|_| dealt.taken > 0) {
            self.let_go.push_back((secret, dealt));
            if self.let_go.len() > LET_GO {
                self.let_go.pop_front();
            }
        }
    }

    /// The member is gone and must not come back. `false` if there is no such member.
    pub(super) fn bar(&mut self, peer: PeerId, why: String) -> bool {
        let Some(secret) = self.take(peer) else {
            return false;
        };
        self.barred.push_back((secret, why));
        if self.barred.len() > BARRED {
            self.barred.pop_front();
        }
        true
    }

    /// The session is ending.
    pub(super) fn clear(&mut self) {
        for ticket in self.given.drain(..) {
            ticket.away.inspect(|away| away.vigil.call_off());
        }
    }

    /// Whether the member is to go on over this link.
    pub(super) fn are_of(&self, peer: PeerId, link: &Arc<Link>) -> bool {
        let place = self.place(peer);
        place.is_some_and(|at| Arc::ptr_eq(&self.given[at].link, link))
    }

    fn place(&self, peer: PeerId) -> Option<usize> {
        self.given
            .iter()
            .position(|ticket| ticket.member.peer == peer)
    }

    /// What is known of who shows a ticket; `None` for a member whose connection is still to be seen to end. Then that
    /// is ended, and who has shown the ticket before waits in vain.
    fn show(
        &mut self,
        secret: &Token,
        link: &Arc<Link>,
        is_first: bool,
    ) -> Result<Option<Shown>, Fault> {
        if let Some((_, why)) = self.barred.iter().find(|(barred, _)| barred == secret) {
            return Err(Fault::Barred(why.clone()));
        }
        let mut given = self.given.iter_mut();
        let Some(ticket) = given.find(|ticket| ticket.secret == *secret) else {
            let let_go = self.let_go.iter().find(|(let_go, _)| let_go == secret);
            let dealt = let_go.map(|(_, dealt)| dealt.clone());
            return Ok(Some(Shown::Stranger(dealt.unwrap_or_default())));
        };
        if is_first {
            ticket.waiter = Some(link.clone());
        } else if !ticket.is_awaited_by(link) {
            return Err(Fault::Busy);
        }
        let Some(away) = ticket.away.take() else {
            ticket.link.shutdown();
            return Ok(None);
        };
        ticket.link = link.clone();
        ticket.waiter = None;
        away.is_passed_on.store(true, Ordering::SeqCst);
        away.vigil.call_off();
        Ok(Some(Shown::Member(ticket.member.clone())))
    }

    /// Who has shown a ticket waits no more.
    fn give_up(&mut self, secret: &Token, link: &Arc<Link>) {
        let mut given = self.given.iter_mut();
        if let Some(ticket) = given.find(|ticket| ticket.secret == *secret) {
            if ticket.is_awaited_by(link) {
                ticket.waiter = None;
            }
        }
    }
}

impl Ticket {
    fn is_awaited_by(&self, link: &Arc<Link>) -> bool {
        let waiter = self.waiter.as_ref();
        waiter.is_some_and(|waiter| Arc::ptr_eq(waiter, link))
    }
}

impl HostSide {
    /// Who shows this ticket over `link`. If it is a member whose old connection has not been seen to end, that is
    /// ended first.
    pub(super) fn welcome_back(
        &self,
        secret: &Token,
        link: &Arc<Link>,
        deadline: Instant,
    ) -> Result<Shown, Fault> {
        let mut is_first = true;
        loop {
            let parted = self.parted.listen();
            let shown = {
                let tickets = &mut self.store.table().post.tickets;
                tickets.show(secret, link, is_first)?
            };
            if let Some(shown) = shown {
                return Ok(shown);
            }
            if std::mem::take(&mut is_first) {
                // Another one may wait, in vain now.
                self.parted.notify(usize::MAX);
            }
            if !sync::wait(parted, deadline) {
                let tickets = &mut self.store.table().post.tickets;
                tickets.give_up(secret, link);
                return Err(Fault::Busy);
            }
        }
    }

    /// Whether a member has a ticket.
    pub(super) fn may_come_again(&self, peer: PeerId) -> bool {
        self.store.table().post.tickets.place(peer).is_some()
    }

    /// Keeps the place of a member whose connection was lost. `false` when it does not come in time.
    pub(super) fn comes_back(&self, session: &Session, peer: PeerId) -> bool {
        let Ok(vigil) = Vigil::new() else {
            return false;
        };
        let away = Arc::new(Away {
            vigil,
            is_passed_on: AtomicBool::new(false),
        });
        let (process, outbox) = {
            let mut table = self.store.table();
            let table = &mut *table;
            let tickets = &mut table.post.tickets;
            let Some(at) = tickets.place(peer) else {
                return false;
            };
            let ticket = &mut tickets.given[at];
            ticket.away = Some(away.clone());
            let process = ticket.link.peer();
            let outbox = table.post.links.remove(peer);
            table.sequencer.cut_off(peer, &mut table.post);
            (process, outbox)
        };
        outbox.inspect(|outbox| outbox.close());
        self.send(session);
        self.answered.notify(usize::MAX);
        self.parted.notify(usize::MAX);
        let name = session.name();
        tracing::warn!(session = name, %peer, "the connection to a process was lost; its place is kept for a while");
        away.vigil.keep(process, GRACE);
        let tickets = &mut self.store.table().post.tickets;
        if let Some(at) = tickets.place(peer) {
            // From now on it is too late.
            let now = &mut tickets.given[at].away;
            now.take_if(|now| Arc::ptr_eq(now, &away));
        }
        away.is_passed_on.load(Ordering::SeqCst)
    }
}
