//! What the host hears of members, and what happens to their links.

use ipos::simulation::{Applied, Asked, Request};

use super::{
    model::Refusal,
    rule,
    step::{Link, Who},
    words,
    world::World,
};

/// What is to become of a commit.
enum Foretold {
    /// It counts.
    Accepted,
    /// It is refused, and why.
    Refused(&'static str),
    /// The object's validator refuses it.
    Judged(String),
}

impl World {
    /// The host takes a member's message.
    pub(super) fn hear(&mut self, who: Who, message: &[u8]) {
        self.tell(|model| {
            let asked = words::asked(message, model);
            format!("the host hears of member {who}: {asked}")
        });
        let asked = Asked::read(message).expect("5: members write what can be read");
        let foretold = self.foretell(who, &asked);
        let seat = self.seats.get_mut(&who).expect("it has sent something");
        let id = seat.id;
        let mut object = None;
        match asked {
            Asked::Commit {
                number,
                object: of,
                base,
                anew,
                ref acts,
                ..
            } => {
                seat.host.last = (number, None);
                object = Some(of);
                self.model.hear_proposal(id, of, base, !acts.is_empty());
                if anew && self.model.commits_since(of, base) > self.memory.commits {
                    self.model.lose_meaning(of);
                }
            }
            Asked::Create { number, object, .. } => seat.host.last = (number, Some(object)),
            Asked::Delete { number, .. } => seat.host.last = (number, None),
            _ => {}
        }
        let (number, created) = seat.host.last;
        if let Asked::Barrier { nonce } = asked {
            self.begin_barrier(who, nonce);
        }
        if asked == Asked::Goodbye {
            // Nobody waits for it any more.
            self.seats.remove(&who);
        }
        let heard = self.host.receive(id, message);
        let request = heard.unwrap_or_else(|error| panic!("5: the host does not take: {error}"));
        let before = self.model.seq;
        self.post();
        let is_ordered = self.model.seq > before;
        let is_refused = self.host.seq() > self.model.seq;
        if is_refused {
            self.counts.refused += 1;
            self.counts.refused_wholes +=
                u64::from(matches!(asked, Asked::Commit { whole: true, .. }));
            let reason = match &request {
                Request::Refused { reason, .. } => Some(reason.clone()),
                _ => None,
            };
            let is_key = object.is_none();
            if let Some(created) = created.filter(|_| is_key) {
                self.counts.refused_keys += 1;
                self.model.refuse_object(created);
            }
            let seat = &self.seats[&who];
            let follows = is_key && self.host_has(who, number);
            let refusal = Refusal {
                from: seat.id,
                number,
                object,
                reason,
                follows,
            };
            self.model.refuse(self.model.seq + 1, refusal);
        }
        self.model.heard_proposal();
        if let (Some(foretold), true) = (foretold, is_ordered || is_refused) {
            self.counts.foretold += 1;
            match (foretold, &request) {
                (Foretold::Accepted, _) => assert!(is_ordered, "8: {number} is refused"),
                (Foretold::Refused(why), _) => assert!(is_refused, "8: {number} counts: {why}"),
                (Foretold::Judged(why), Request::Refused { reason, .. }) => {
                    assert_eq!(*reason, why, "8: what the validator says");
                }
                (Foretold::Judged(why), _) => panic!("8: {number} is not refused: {why}"),
            }
        }
        self.collect();
        if request == Request::Goodbye {
            self.counts.left += 1;
            return self.tell(|_| format!("member {who} has left"));
        }
        let seat = self.seats.get_mut(&who).expect("it stays");
        match request {
            Request::Done | Request::Goodbye => {}
            Request::Refused { .. } => seat.host.is_giving = true,
            Request::Resumed => {
                seat.host.is_away = false;
                (seat.host.is_giving, seat.host.must_tell_live) = (true, true);
            }
        }
    }

    /// Whether the host has an object under the key of a proposal.
    fn host_has(&self, who: Who, number: u64) -> bool {
        let key = self.seats[&who].proposals.key(number);
        key.is_some_and(|key| self.model.names.contains_key(key))
    }

    /// What becomes of a proposal if it is not to be moved.
    fn foretell(&self, who: Who, asked: &Asked) -> Option<Foretold> {
        let &Asked::Commit {
            object,
            base,
            whole,
            lost,
            ref patches,
            ref acts,
            ..
        } = asked
        else {
            return None;
        };
        let from = self.seats[&who].id;
        if !self.model.is_there(object) {
            let is_refused = whole || !acts.is_empty();
            return is_refused.then_some(Foretold::Refused("its object is gone"));
        }
        if !acts.is_empty() {
            // What they do is for the host to find out.
            return None;
        }
        if lost {
            return Some(Foretold::Refused("it was lost before"));
        }
        if !self.model.is_direct(from, object, base)
            || self.model.commits_since(object, base) > self.memory.commits
        {
            return None;
        }
        if whole && self.model.stands_on_act(from, object, base) {
            // What the action does there may be something else.
            return None;
        }
        if whole && !self.model.keeps_meaning(object) {
            // What it was made on top of may have been applied unmoved: then nobody can tell.
            return None;
        }
        let (_, before) = self.model.latest(object);
        let mut after = before.clone();
        if after.apply(patches) != Applied::Whole && whole {
            return Some(Foretold::Refused("something is gone"));
        }
        if before.has_guarded() {
            // A forbidden write may leave the value as it is.
            return None;
        }
        let rule = self.model.rule(object);
        let verdict = rule.map_or(Ok(()), |rule| rule::judge(rule, before, &after, from));
        Some(verdict.map_or_else(Foretold::Judged, |()| Foretold::Accepted))
    }

    pub(super) fn kill(&mut self, who: Who, heard: usize) {
        for _ in 0..heard {
            if !self.deliver(Link::ToHost(who), false) {
                break;
            }
        }
        if let Some(seat) = self.seats.remove(&who) {
            self.tell(|_| format!("member {who} is killed"));
            self.host.dismiss(seat.id);
            self.counts.killed += 1;
            self.collect();
        }
    }

    /// A member's link breaks.
    pub(super) fn cut(&mut self, who: Who) {
        let seat = self.seats.get_mut(&who);
        let Some(seat) = seat.filter(|seat| !seat.is_cut) else {
            return;
        };
        let id = seat.id;
        self.host.cut_off(id);
        seat.cut(&self.model);
        self.wait_without(id);
        self.counts.cut_off += 1;
        self.tell(|_| format!("member {who} is cut off"));
        self.collect();
    }

    /// A member that is cut off is connected again.
    pub(super) fn come_back(&mut self, who: Who) {
        let seat = self.seats.get_mut(&who);
        let Some(seat) = seat.filter(|seat| seat.is_cut) else {
            return;
        };
        self.host.come_back(seat.id);
        seat.come_back(&self.model);
        self.counts.reconnected += 1;
        self.tell(|_| format!("member {who} is connected again"));
    }

    /// A member does not read.
    pub(super) fn lag(&mut self, who: Who, kept: usize) {
        let seat = self.seats.get_mut(&who);
        let Some(seat) = seat.filter(|seat| !seat.host.is_away) else {
            return;
        };
        let messages = &mut seat.to_member.messages;
        let kept = kept % (messages.len() + 1);
        let dropped = messages.len() - kept;
        messages.truncate(kept);
        seat.host.is_away = true;
        self.host.lags(seat.id);
        self.counts.lagged += 1;
        self.tell(|_| format!("member {who} lags, and {dropped} messages to it are dropped"));
        self.collect();
    }
}
