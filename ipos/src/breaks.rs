//! Rules of the core that a test can have broken, to see that breaking them is noticed.
//!
//! The core asks [`broken`] where it keeps the rule. Without the feature `simulation` the answer is a
//! constant and nothing is left of the question.

#[cfg(feature = "simulation")]
mod switch {
    use std::{
        cell::Cell,
        sync::atomic::{AtomicUsize, Ordering},
    };

    use crate::breaks::Break;

    /// The number of the rule that is broken, counted from 1.
    static BROKEN: AtomicUsize = AtomicUsize::new(0);

    thread_local! {
        static ASKED: Cell<[u64; Break::ALL.len()]> = const { Cell::new([0; Break::ALL.len()]) };
    }

    /// Breaks a rule in this process, or none.
    pub fn set_break(broken: Option<Break>) {
        BROKEN.store(
            broken.map_or(0, |rule| rule as usize + 1),
            Ordering::Relaxed,
        );
    }

    /// How often this thread has come to where a rule is kept.
    pub fn asked(rule: Break) -> u64 {
        ASKED.get()[rule as usize]
    }

    pub(crate) fn broken(rule: Break) -> bool {
        let mut asked = ASKED.get();
        asked[rule as usize] += 1;
        ASKED.set(asked);
        BROKEN.load(Ordering::Relaxed) == rule as usize + 1
    }
}

#[cfg(feature = "simulation")]
pub(crate) use switch::broken;
#[cfg(feature = "simulation")]
pub use switch::{asked, set_break};

/// Whether a test has had a rule broken.
#[cfg(not(feature = "simulation"))]
pub(crate) const fn broken(_: Break) -> bool {
    false
}

macro_rules! breaks {
    ($($(#[$docs:meta])* $name:ident,)*) => {
        /// A rule, by what is done when it is broken.
        #[cfg_attr(not(feature = "simulation"), allow(unreachable_pub))]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Break {
            $($(#[$docs])* $name,)*
        }

        #[cfg(feature = "simulation")]
        impl Break {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),*];
        }
    };
}

breaks! {
    /// What came in is applied above the pending commits instead of below them.
    SkipUndo,
    /// The pending commits are undone in the order in which they were made.
    UndoForwards,
    /// Pending commits are not done again.
    SkipRedo,
    /// Pending commits are done again as they were made, not moved over what came in.
    StayPut,
    /// A position that moves over an insertion comes to stand one short.
    OffByOne,
    /// What is ordered later is put before what was put at the same place.
    ReversedTie,
    /// A confirmed commit that was applied already is applied again.
    Duplicate,
    /// A refused commit is not undone.
    KeepRefused,
    /// What takes a refused commit back is not carried over what its member does next.
    ForgetInverse,
    /// A member that was cut off is not told the verdicts that it has missed.
    LostVerdicts,
    /// What a member commits while it is given what it missed is told at once, and again after that.
    ProposeTwice,
    /// A commit that was to count as a whole counts though a part of it is gone.
    WholeByHalves,
    /// The same, though the host could not carry it over what its member had not heard of.
    WholeUnmoved,
    /// The same, though its member was given the object anew and could not carry it over.
    WholeAnew,
    /// Who waits for the verdict on a commit to an object that was overwritten or deleted by its own
    /// process is told that it counts.
    LeftCounts,
    /// A member is asked whether it has applied all while it is owed objects.
    EarlyBarrier,
    /// Objects that the host has no more stay when all are given anew.
    NotRenewed,
    /// Who may not create or delete an object is not given the one that the host has.
    GiveForgotten,
    /// The beginning of a value stays when what follows is dropped.
    HalfValue,
    /// A schema that may have been dropped is not told again.
    DroppedSchema,
    /// Every fifth proposal that is accepted is not answered.
    DropVerdict,
    /// An amended commit is answered as one that was accepted as it was.
    HideAmendment,
    /// The last patch of a commit is left out of what others are told.
    HalfCommit,
    /// A proposal is moved over what is new in the order, not over what its member's earlier
    /// proposals were moved over.
    NoBridge,
    /// A member does not note the place that its own commit was given.
    ForgetOwnSeq,
    /// Commits are told under the place before theirs.
    WrongSeq,
    /// What was sent back as stale is not proposed again.
    StaleForgotten,
    /// What is stale is ordered all the same.
    StaleOrdered,
    /// A key shows what the host puts under it though something was done with it here that comes
    /// later.
    ShowHidden,
    /// What the host has made of a commit with actions, in place of what its member has, is not carried over
    /// what the member does next.
    ForgetActed,
    /// What is behind an action in its commit is not carried over what the action does otherwise there.
    StayBehindAct,
    /// A member keeps what its own run of an action has changed when the host's has changed something else.
    KeepActed,
    /// Listeners hear what takes pending commits back, and not that they are done again.
    TellHalf,
    /// Listeners hear of an own commit when it is made, and again when it is confirmed.
    TellTwice,
    /// Listeners hear of commits that have come in together as of one.
    TellTogether,
    /// A listener that does not keep up is not told that it has missed something.
    MissUntold,
    /// Who listens to a part hears of commits that have nothing of it, when there are pending ones.
    PartHearsAll,
    /// Who listens to a part is not told when nothing but what is pending of it has changed.
    PartMisses,
    /// Who begins anew, from the state of now, is not told the verdicts that were not heard.
    ForgetVerdicts,
    /// Members are not told that another one has left.
    UnseenLeave,
    /// A member that was cut off is not told who came meanwhile.
    MissedJoin,
    /// What is pending in an object is not proposed to another host that has the object.
    ForgetOrphaned,
    /// What was created here is not proposed to another host.
    Unborn,
    /// What is proposed to another host is told to be made on what the one before has said.
    OldBase,
    /// Who waits for what the host that is gone has not said is not told that nobody will say it.
    LeftUnanswered,
    /// A member that is given what it has missed is told that others have left before it is given what they
    /// have made.
    EarlyLeave,
    /// A joining member is told of changes to objects that it is still to be given, and not of
    /// changes to those that it was given.
    DeafGuest,
}
