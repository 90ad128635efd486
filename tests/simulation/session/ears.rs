//! Who listens to objects: a copy that is made of nothing but what is told is always as its object.

use std::{collections::VecDeque, fmt};

use ipos::{
    Change, PeerId, Progress, Shared, Subscription,
    simulation::{Handle, Object},
};

use super::{
    deep::{self, Deep},
    ledger::Ledger,
    model::Model,
    values::{Plain, Words},
};

/// How many things are kept for one who reads at once, and for one who reads now and then.
const LIMITS: [usize; 2] = [1024, 3];

/// The listeners of one process.
pub struct Ears {
    me: PeerId,
    is_deaf: bool,
    all: Vec<Ear>,
}

/// Those who listen to one object.
struct Ear {
    handle: Handle,
    /// Which one it was, and how far, when it was looked at last.
    marks: (Object, u64, u64),
    prompt: Box<dyn Listens>,
    late: Box<dyn Listens>,
    /// What the late one has not read.
    unread: VecDeque<Heard>,
    /// When it reads next.
    turn: usize,
    /// The commits that were heard of without their verdicts.
    open: VecDeque<u64>,
    /// The last place that was heard of.
    seq: u64,
    /// The last verdict.
    settled: Option<(u64, Result<u64, String>)>,
    is_over: bool,
}

/// What was told, but for the patches.
#[derive(Clone, Debug, PartialEq)]
enum Heard {
    Patched {
        seq: u64,
        from: PeerId,
        commit: Option<u64>,
        news: Vec<u64>,
    },
    Reset(u64),
    Deleted,
    Settled(u64, Result<u64, String>),
}

/// A verdict that is due on a commit to an object.
pub type Due = (Handle, u64, Result<u64, String>);

/// One who listens, with a copy.
trait Listens {
    /// What is told next, done to the copy.
    fn hear(&mut self) -> Option<Heard>;
    fn copy(&self) -> Plain;
}

struct Listener<T: Shared> {
    me: PeerId,
    told: Subscription<Progress<T>>,
    copy: T,
    plain: fn(T) -> Plain,
    said: fn(&T::Patch) -> Option<u64>,
}

impl<T: Shared> Listens for Listener<T> {
    fn hear(&mut self) -> Option<Heard> {
        let (change, commit) = match self.told.try_next()? {
            Progress::Changed { change, commit } => (change, commit),
            Progress::Confirmed { commit, seq } => return Some(Heard::Settled(commit, Ok(seq))),
            Progress::Refused { commit, reason } => {
                return Some(Heard::Settled(commit, Err(reason)));
            }
        };
        let is_applied = change.apply_to(&mut self.copy);
        Some(match change {
            Change::Patched {
                seq,
                origin,
                patches,
            } => {
                assert!(is_applied, "3: what is told has its targets: {patches:?}");
                let is_empty = patches.is_empty() && commit.is_none();
                assert!(!is_empty, "3: what others tell changes something");
                let from = origin.peer();
                assert_eq!(origin.is_local(), from == self.me, "3: who is local");
                Heard::Patched {
                    seq,
                    from,
                    commit,
                    news: patches.iter().filter_map(self.said).collect(),
                }
            }
            Change::Reset { seq } => {
                self.copy = self.told.snapshot();
                Heard::Reset(seq)
            }
            Change::Deleted => Heard::Deleted,
        })
    }

    fn copy(&self) -> Plain {
        (self.plain)(self.copy.clone())
    }
}

fn listener<T: Shared>(
    handle: &Handle,
    me: PeerId,
    limit: usize,
    plain: fn(T) -> Plain,
    said: fn(&T::Patch) -> Option<u64>,
) -> Option<Box<dyn Listens>> {
    let told = handle.hear::<T>(me, limit)?;
    let copy = told.snapshot();
    Some(Box::new(Listener {
        me,
        told,
        copy,
        plain,
        said,
    }))
}

/// Listens to an object in whichever Rust type it is held, or can be.
fn listen(handle: &Handle, me: PeerId, limit: usize) -> Box<dyn Listens> {
    let words = || listener::<Words>(handle, me, limit, Plain::Words, |_| None);
    let boxed = |words: Box<Words>| Plain::Words(*words);
    let boxed = || listener::<Box<Words>>(handle, me, limit, boxed, |_| None);
    let deep = |deep| Plain::Deep(Box::new(deep));
    listener::<Deep>(handle, me, limit, deep, deep::said)
        .or_else(|| listener::<Ledger>(handle, me, limit, Plain::Ledger, |_| None))
        // The first to listen decides the type.
        .or_else(|| (handle.marks().1.is_multiple_of(2)).then(boxed).flatten())
        .or_else(words)
        .or_else(boxed)
        .expect("the form of an object")
}

impl Ears {
    pub fn new(me: PeerId, is_deaf: bool) -> Self {
        Self {
            me,
            is_deaf,
            all: Vec::new(),
        }
    }

    /// Nobody listens any more, or somebody does to each object.
    pub fn turn(&mut self, is_deaf: bool) {
        self.is_deaf = is_deaf;
        self.all.clear();
    }

    /// There is an object.
    pub fn meet(&mut self, handle: &Handle) {
        let is_met = self.all.iter().any(|ear| ear.handle == *handle);
        if !self.is_deaf && !is_met && handle.is_live() {
            self.all.push(Ear::new(handle, self.me));
        }
    }

    /// All copies are as their objects. What is `untold` of an object may show in it.
    pub fn check(&mut self, model: &Model, is_untold: impl Fn(Object) -> bool) {
        for ear in &mut self.all {
            ear.check(self.me, model, &is_untold);
        }
        self.all
            .retain(|ear| !ear.is_over || !ear.unread.is_empty());
    }

    /// A verdict has come. The place of what is told as a whole is not told.
    pub fn check_verdict(&self, (handle, ticket, verdict): &Due, is_exact: bool) {
        let Some(ear) = self.all.iter().find(|ear| ear.handle == *handle) else {
            return;
        };
        let told = ear.settled.as_ref();
        let is_told = told.is_some_and(|(commit, told)| {
            commit == ticket && told.is_ok() == verdict.is_ok() && (!is_exact || told == verdict)
        });
        assert!(
            is_told,
            "8: the verdict on {ticket} in {ear} is {verdict:?}, and {told:?} is told"
        );
    }
}

impl Ear {
    fn new(handle: &Handle, me: PeerId) -> Self {
        let [prompt, late] = LIMITS.map(|limit| listen(handle, me, limit));
        let view = handle.view();
        Self {
            handle: handle.clone(),
            marks: handle.marks(),
            prompt,
            late,
            unread: VecDeque::new(),
            turn: 0,
            open: view.pending.iter().map(|own| own.ticket).collect(),
            seq: view.seq,
            settled: None,
            is_over: false,
        }
    }

    fn check(&mut self, me: PeerId, model: &Model, is_untold: impl Fn(Object) -> bool) {
        let before = self.marks;
        self.marks = self.handle.marks();
        let mut heard = Vec::new();
        while let Some(told) = self.prompt.hear() {
            self.take(&told);
            let is_bare = self.open.is_empty() && !is_untold(before.0);
            match told {
                Heard::Patched { seq, from, .. } if is_bare => {
                    self.check_copy(before.0, (seq, from), model);
                }
                _ => {}
            }
            heard.push(told);
        }
        if heard.is_empty() && self.marks == before {
            return self.read_late();
        }
        let view = self.handle.view();
        let value = Plain::decode(&view.schema, &view.value);
        assert_eq!(
            self.prompt.copy(),
            value,
            "3: {self} is as a copy that has heard {heard:?}"
        );
        let pending = view.pending.iter().map(|own| own.ticket);
        assert!(
            pending.eq(self.open.iter().copied()),
            "8: who listens to {self} knows what has no verdict: {:?}",
            self.open
        );
        self.check_places(me, before, &heard, model);
        self.unread.extend(heard);
        self.read_late();
    }

    fn take(&mut self, told: &Heard) {
        assert!(!self.is_over, "3: nothing follows the end of {self}");
        match told {
            Heard::Patched {
                commit: Some(commit),
                seq,
                news,
                ..
            } => {
                assert_eq!(*seq, 0, "8: {self} has no place yet");
                assert_eq!(*news, [], "1: what is said has a place");
                let last = self
                    .open
                    .back()
                    .or(self.settled.as_ref().map(|(last, _)| last));
                assert!(last < Some(commit), "8: commits to {self} are counted");
                self.open.push_back(*commit);
            }
            Heard::Patched { seq, .. } => {
                assert!(*seq >= self.seq.max(1), "1: {self} is told in order: {seq}");
                self.seq = *seq;
            }
            Heard::Settled(commit, verdict) => {
                let oldest = self.open.pop_front();
                assert_eq!(
                    oldest,
                    Some(*commit),
                    "8: one verdict each, in order: {self}"
                );
                self.settled = Some((*commit, verdict.clone()));
            }
            Heard::Reset(seq) => {
                assert_eq!(*seq, self.marks.1, "1: how far {self} is");
                self.seq = *seq;
            }
            Heard::Deleted => self.is_over = true,
        }
    }

    /// With nothing pending, the copy is what is confirmed.
    fn check_copy(&self, object: Object, (seq, from): (u64, PeerId), model: &Model) {
        let commit = model.commit_at(seq);
        if commit.is_some_and(|commit| (commit.object, commit.origin) == (object, from)) {
            let expected = model.value_at(object, seq);
            assert_eq!(&self.prompt.copy(), expected, "3: {self} at {seq}");
        }
    }

    /// Each commit of others is told by itself, with its place and who made it, and nothing else is.
    fn check_places(&self, me: PeerId, before: (Object, u64, u64), heard: &[Heard], model: &Model) {
        let (object, seq, _) = before;
        let mut told = Vec::new();
        let mut said = Vec::new();
        for (at, one) in heard.iter().enumerate() {
            let &Heard::Patched {
                seq,
                from,
                commit: None,
                ref news,
            } = one
            else {
                continue;
            };
            said.extend_from_slice(news);
            let is_own = |commit: &&super::model::Confirmed| {
                (commit.object, commit.origin) == (object, from)
            };
            if model.commit_at(seq).filter(is_own).is_some() {
                assert!(!told.contains(&seq), "1: {self} is told twice of {seq}");
                told.push(seq);
                continue;
            }
            // What the host makes of an own commit, then what that says.
            let mut verdict = heard[at + 1..].iter();
            let is_said = |next: &&Heard| matches!(next, Heard::Patched { seq: said, from, .. } if (*said, *from) == (seq, me));
            let verdict = verdict.find(|next| !is_said(next));
            let is_verdict = matches!(verdict, Some(Heard::Settled(..)));
            assert!(
                from == PeerId::HOST && is_verdict,
                "1: {self} is told of {seq} by {from}, then {verdict:?}"
            );
        }
        let is_reset = |one: &Heard| matches!(one, Heard::Reset(_) | Heard::Deleted);
        if heard.iter().any(is_reset) {
            return;
        }
        let untold = model.commits_between(object, (seq, self.marks.1));
        let mut untold = untold.filter(|(seq, commit)| {
            let is_others = commit.origin != me || me == PeerId::HOST;
            is_others && !commit.patches.is_empty() && !told.contains(seq)
        });
        if let Some((seq, _)) = untold.next() {
            panic!("1: {self} is not told of {seq}: {heard:?}");
        }
        let confirmed = model.commits_between(object, (seq, self.marks.1));
        let news = confirmed.flat_map(|(_, commit)| model.news(object, &commit.patches));
        assert_eq!(
            said,
            news.collect::<Vec<_>>(),
            "1: what is said in {self}: {heard:?}"
        );
    }

    /// Who reads now and then hears the same as long as it is kept, then of a reset.
    fn read_late(&mut self) {
        self.turn += 1;
        if !self.turn.is_multiple_of(5) {
            return;
        }
        let mut left = LIMITS[1];
        while let Some(told) = self.late.hear() {
            let is_missed = left == 0 && self.unread.front() != Some(&Heard::Deleted);
            let expected = if is_missed {
                let missed = self.unread.iter().map(|missed| match *missed {
                    Heard::Patched { seq, .. } | Heard::Reset(seq) => seq,
                    Heard::Settled(_, ref verdict) => *verdict.as_ref().unwrap_or(&0),
                    Heard::Deleted => 0,
                });
                Heard::Reset(missed.max().unwrap_or(0))
            } else {
                left = left.saturating_sub(1);
                let next = self.unread.pop_front();
                next.unwrap_or_else(|| panic!("3: {self} is told {told:?} late only"))
            };
            assert_eq!(told, expected, "3: who reads late hears the same of {self}");
            if matches!(told, Heard::Reset(_)) {
                // The snapshot has what followed.
                self.unread.retain(|one| *one == Heard::Deleted);
            }
        }
        assert!(
            self.unread.is_empty(),
            "3: who reads late misses {:?}",
            self.unread
        );
        assert_eq!(self.late.copy(), self.prompt.copy(), "3: {self} in the end");
    }
}

impl fmt::Display for Ear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.handle.key())
    }
}
