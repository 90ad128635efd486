//! What a member has proposed and has no verdict, and what the verdicts must be.

use std::collections::BTreeMap;

use ipos::{
    PeerId,
    simulation::{Handle, Object},
};

use super::model::Model;

/// What a member has proposed.
#[derive(Default)]
pub struct Proposals {
    /// The number of the last one.
    last: u64,
    /// The number of the last one that was told the host, as far as it is known to have arrived when
    /// something was lost.
    told: u64,
    /// Those without a verdict.
    open: BTreeMap<u64, Proposal>,
    /// Commits that are not proposed again, since their objects were overwritten or deleted here.
    dropped: Vec<(u64, Commit)>,
    /// Commits to objects that no host is known to have.
    pub waiting: Vec<Commit>,
    /// Verdicts that were not looked at yet.
    pub verdicts: Vec<Known>,
}

/// A verdict that somebody may ask for.
pub struct Known {
    pub object: Object,
    pub handle: Handle,
    pub ticket: u64,
    /// With the reason, if it was told.
    pub verdict: Result<(), Option<String>>,
}

pub enum Proposal {
    Commit(Commit),
    /// A commit that was proposed again, under another number.
    Void(Object),
    Create {
        object: Object,
        key: String,
    },
    Delete {
        key: String,
    },
}

/// A commit of a member.
#[derive(Clone)]
pub struct Commit {
    pub object: Object,
    /// Where the verdict is asked for, and by what.
    pub handle: Handle,
    pub ticket: u64,
    /// It counts as a whole or not at all.
    pub whole: bool,
    /// What it needs, if it is to count as a whole.
    pub touched: Vec<String>,
    pub removed: Vec<String>,
    /// It does nothing else, and leaves it if it cannot.
    pub is_exact: bool,
    /// What the host was told last.
    pub sent: Option<Vec<u8>>,
    /// On which base it was told, if it has actions.
    pub acts_on: Option<u64>,
    /// It was moved over what an action did that was run again on what the host did not have by itself, and may not
    /// be what it is at the host.
    pub is_blurred: bool,
}

/// What the host has decided.
#[derive(Clone, Copy)]
pub enum Verdict<'a> {
    Accepted,
    Amended(&'a [u8]),
    /// With what it has come to be, unless that is what was proposed.
    Acted(Option<&'a [u8]>),
    Rejected(&'a str),
}

impl Commit {
    /// Whether its actions were run again on a part of what was ordered before `seq`.
    fn was_run_between(&self, me: PeerId, seq: u64, model: &Model) -> bool {
        self.acts_on
            .is_some_and(|base| model.was_changed(self.object, (base, seq), me))
    }
}

impl Proposals {
    /// Notes a proposal; gives its number.
    pub fn add(&mut self, proposal: Proposal) -> u64 {
        self.last += 1;
        self.open.insert(self.last, proposal);
        self.last
    }

    /// The host is another one, of whom nothing was asked.
    pub fn begin_anew(&mut self) {
        for (_, proposal) in std::mem::take(&mut self.open) {
            if let Proposal::Commit(commit) = proposal {
                self.waiting.push(Commit {
                    sent: None,
                    acts_on: None,
                    ..commit
                });
            }
        }
        (self.last, self.told) = (0, 0);
        self.dropped.clear();
    }

    /// The number of the last one.
    pub fn last(&self) -> u64 {
        self.last
    }

    /// A commit was dropped of which no host has heard.
    pub fn dropped_waiting(&mut self, commit: &Commit) {
        if commit.whole {
            self.judged(commit, Err(None));
        }
    }

    /// What counts the commits in an object that no host is known to have.
    pub fn waiting_in(&self, handle: &Handle) -> Vec<u64> {
        let waiting = self.waiting.iter();
        let here = waiting.filter(|commit| commit.handle == *handle);
        here.map(|commit| commit.ticket).collect()
    }

    pub fn are_settled(&self) -> bool {
        self.open.is_empty() && self.waiting.is_empty()
    }

    /// The commits to an object, by their numbers.
    pub fn commits(&self, of: Object) -> Vec<u64> {
        let is_commit = |proposal: &Proposal| matches!(proposal, Proposal::Commit(Commit { object, .. }) if *object == of);
        let open = self.open.iter();
        let commits = open.filter(|(_, proposal)| is_commit(proposal));
        commits.map(|(&number, _)| number).collect()
    }

    /// The key of a creation or a deletion.
    pub fn key(&self, number: u64) -> Option<&str> {
        match self.open.get(&number)? {
            Proposal::Create { key, .. } | Proposal::Delete { key } => Some(key),
            Proposal::Commit(_) | Proposal::Void(_) => None,
        }
    }

    /// Whether something was done with a key that the host has not decided on.
    pub fn hide(&self, hidden: &str) -> bool {
        self.open.values().any(|proposal| match proposal {
            Proposal::Create { key, .. } | Proposal::Delete { key } => key == hidden,
            Proposal::Commit(_) | Proposal::Void(_) => false,
        })
    }

    /// Whether what is made now, on top of what is pending in an object that is `seq` far, may mean something else to
    /// the host: some of it was moved over what an action did that was run again on what the host did not have by
    /// itself, or is such an action.
    pub fn are_blurred(&self, me: PeerId, (of, seq): (Object, u64), model: &Model) -> bool {
        self.open.values().any(|proposal| match proposal {
            Proposal::Commit(commit) if commit.object == of => {
                commit.is_blurred || commit.was_run_between(me, seq, model)
            }
            _ => false,
        })
    }

    /// A proposal is told the host: the next one, or one that has not arrived again. With actions it has a base.
    pub fn tell(&mut self, number: u64, patches: Option<Vec<u8>>, acts_on: Option<u64>) {
        self.told += 1;
        assert_eq!(number, self.told, "8: proposals are told in their order");
        match self.open.get_mut(&number) {
            Some(Proposal::Commit(commit)) => {
                assert!(patches.is_some(), "8: {number} is a commit");
                (commit.sent, commit.acts_on) = (patches, acts_on);
            }
            Some(Proposal::Void(_)) => assert!(patches.is_some(), "8: {number} is a commit"),
            Some(_) => assert_eq!(patches, None, "8: {number} is no commit"),
            None => panic!("8: {number} has its verdict"),
        }
    }

    /// Proposals up to this one have arrived, and no others.
    pub fn arrived(&mut self, taken: u64) {
        assert!(taken <= self.told, "8: {taken} was not told");
        self.told = taken;
    }

    fn oldest(&mut self, number: u64, me: PeerId) -> Proposal {
        let oldest = self.open.pop_first();
        let Some((oldest, proposal)) = oldest else {
            panic!("8: a verdict on no proposal of {me}");
        };
        assert_eq!(oldest, number, "8: one verdict each, in order, {me}");
        assert!(number <= self.told, "8: a verdict on what was not told");
        proposal
    }

    /// A commit is stale. `again` tells the new numbers of what is proposed again by their old ones,
    /// if its object is still held.
    pub fn renew(
        &mut self,
        me: PeerId,
        stale: u64,
        again: Option<Vec<(u64, u64)>>,
        model: &mut Model,
    ) {
        let proposal = self.oldest(stale, me);
        let Proposal::Commit(commit) = proposal else {
            let is_void = matches!(proposal, Proposal::Void(_));
            return assert!(is_void, "8: only a commit is stale");
        };
        let Some(again) = again else {
            model.put_back(&commit.removed);
            if commit.whole {
                self.judged(&commit, Err(None));
            }
            return self.dropped.push((stale, commit));
        };
        self.open.insert(stale, Proposal::Commit(commit));
        for (old, new) in again {
            let Some(Proposal::Commit(commit)) = self.open.get(&old) else {
                panic!("8: {old} is proposed again and is no commit");
            };
            let void = Proposal::Void(commit.object);
            let Some(Proposal::Commit(mut commit)) = self.open.insert(old, void) else {
                unreachable!("it was just seen");
            };
            (commit.sent, commit.acts_on) = (None, None);
            let number = self.add(Proposal::Commit(commit));
            assert_eq!(number, new, "8: proposals are numbered without a gap");
        }
        let renewed = self.open.remove(&stale);
        let is_renewed = matches!(renewed, Some(Proposal::Void(_)));
        assert!(is_renewed, "8: {stale} is not proposed again");
    }

    /// The verdict is on the oldest proposal, and is what everybody hears. With `untold` how a commit
    /// was amended is not told.
    pub fn settle(
        &mut self,
        me: PeerId,
        (seq, number): (u64, u64),
        verdict: Verdict<'_>,
        untold: bool,
        model: &mut Model,
    ) -> Proposal {
        let proposal = self.oldest(number, me);
        if let Proposal::Commit(commit) = &proposal
            && commit.was_run_between(me, seq, model)
        {
            self.blur(commit.object);
        }
        if let Verdict::Rejected(reason) = verdict {
            let refusal = model.refusal_at(seq);
            let refusal = refusal.unwrap_or_else(|| panic!("8: nothing was refused at {seq}"));
            assert_eq!(
                (refusal.from, refusal.number),
                (me, number),
                "8: {refusal:?}"
            );
            let told = refusal.reason.as_deref();
            assert_eq!(told.unwrap_or(reason), reason, "8: the reason is told");
        }
        match (&proposal, verdict) {
            (Proposal::Commit(commit), Verdict::Rejected(reason)) => {
                model.put_back(&commit.removed);
                if commit.whole {
                    self.judged(commit, Err(Some(reason.to_owned())));
                }
            }
            (Proposal::Commit(commit), Verdict::Acted(patches)) => {
                let confirmed = model.commit_at(seq).expect("8: it is ordered");
                assert_eq!((confirmed.origin, confirmed.object), (me, commit.object));
                let told = patches.unwrap_or(&confirmed.patches);
                assert_eq!(confirmed.patches, told, "1: what all others hear");
                if commit.whole {
                    self.judged(commit, Ok(()));
                }
            }
            (Proposal::Commit(commit), verdict) => {
                let amended = match verdict {
                    Verdict::Amended(patches) => Some(patches),
                    _ => None,
                };
                self.check_accepted(me, (seq, number), commit, amended, untold, model);
            }
            (Proposal::Void(object), _) => {
                let had_ended = model.had_ended(*object, seq);
                assert!(had_ended, "8: {number} of {me} counts twice");
            }
            (_, Verdict::Amended(_) | Verdict::Acted(_)) => panic!("8: only a commit is amended"),
            (Proposal::Create { key, .. } | Proposal::Delete { key }, Verdict::Rejected(_)) => {
                let mut dropped = self.dropped.iter();
                let lost = dropped.find(|(at, commit)| {
                    *at < number && model.is_there(commit.object) && model.key(commit.object) == key
                });
                if let Some((lost, _)) = lost {
                    panic!("8: {lost} of {me} is lost to {number}, which is refused");
                }
            }
            (Proposal::Create { .. } | Proposal::Delete { .. }, Verdict::Accepted) => {}
        }
        proposal
    }

    /// What is pending in an object may not be what it is at the host.
    fn blur(&mut self, object: Object) {
        for proposal in self.open.values_mut() {
            match proposal {
                Proposal::Commit(commit) if commit.object == object => commit.is_blurred = true,
                _ => {}
            }
        }
    }

    fn judged(&mut self, commit: &Commit, verdict: Result<(), Option<String>>) {
        self.verdicts.push(Known {
            object: commit.object,
            handle: commit.handle.clone(),
            ticket: commit.ticket,
            verdict,
        });
    }

    fn check_accepted(
        &mut self,
        me: PeerId,
        (seq, number): (u64, u64),
        commit: &Commit,
        amended: Option<&[u8]>,
        untold: bool,
        model: &mut Model,
    ) {
        let Commit {
            object,
            ref sent,
            whole,
            ..
        } = *commit;
        let sent = sent.as_deref().expect("8: a verdict on what was not told");
        let confirmed = model.commit_at(seq);
        let confirmed = confirmed.filter(|own| own.origin == me && own.object == object);
        let Some(confirmed) = confirmed else {
            let is_nothing = amended.is_none_or(<[u8]>::is_empty);
            assert!(is_nothing, "8: what is not confirmed is not amended");
            let had_ended = model.had_ended(object, seq);
            assert!(had_ended && !whole, "8: commit {number} of {me} is lost");
            return;
        };
        if !untold {
            assert_eq!(
                confirmed.patches,
                amended.unwrap_or(sent),
                "1: the verdict on {number} of {me} is what all others hear"
            );
        }
        assert_ne!(amended, Some(sent), "what is whole is accepted");
        if whole {
            if commit.is_exact {
                model.check_whole(seq, &commit.touched, &commit.removed);
            }
            self.judged(commit, Ok(()));
        }
    }
}
