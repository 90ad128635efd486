//! Who listens to objects: a copy that is made of nothing but what is told is always as its object.

mod parts;

use std::{collections::VecDeque, fmt};

use ipos::{
    Change, PeerId, Progress, Shared, Subscription,
    simulation::{Handle, Me, Object},
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
    id: PeerId,
    me: Me,
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
    /// Those who listen to parts of it.
    parts: Vec<Box<dyn parts::Listens>>,
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
        is_own: bool,
        commit: Option<u64>,
        news: Vec<u64>,
    },
    Reset(u64),
    Deleted,
    Settled(u64, Result<u64, String>),
    /// Verdicts up to that on a commit, and how many of them were refusals.
    Missed(u64, u64),
}

impl Heard {
    /// The place that it tells of.
    fn seq(&self) -> u64 {
        match *self {
            Self::Patched { seq, .. } | Self::Reset(seq) | Self::Settled(_, Ok(seq)) => seq,
            Self::Settled(_, Err(_)) | Self::Deleted | Self::Missed(..) => 0,
        }
    }

    /// Whether it is about verdicts alone.
    fn is_verdict(&self) -> bool {
        matches!(self, Self::Settled(..) | Self::Missed(..))
    }
}

/// A verdict that is due on a commit to an object.
pub type Due = (Handle, u64, Result<u64, String>);

/// One who listens, with a copy.
trait Listens {
    /// What is told next, done to the copy.
    fn hear(&mut self) -> Option<Heard>;
    /// Takes another copy, from which it goes on.
    fn begin_anew(&mut self);
    fn copy(&self) -> Plain;
}

struct Listener<T: Shared> {
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
            Progress::Missed { commit, refused } => return Some(Heard::Missed(commit, refused)),
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
                Heard::Patched {
                    seq,
                    from: origin.peer(),
                    is_own: origin.is_local(),
                    commit,
                    news: patches.iter().filter_map(self.said).collect(),
                }
            }
            Change::Reset { seq } => {
                self.begin_anew();
                Heard::Reset(seq)
            }
            Change::Deleted => Heard::Deleted,
        })
    }

    fn begin_anew(&mut self) {
        self.copy = self.told.snapshot();
    }

    fn copy(&self) -> Plain {
        (self.plain)(self.copy.clone())
    }
}

fn listener<T: Shared>(
    handle: &Handle,
    me: &Me,
    limit: usize,
    plain: fn(T) -> Plain,
    said: fn(&T::Patch) -> Option<u64>,
) -> Option<Box<dyn Listens>> {
    let told = handle.hear::<T>(me, limit)?;
    let copy = told.snapshot();
    Some(Box::new(Listener {
        told,
        copy,
        plain,
        said,
    }))
}

/// Listens to an object in whichever Rust type it is held, or can be.
fn listen(handle: &Handle, me: &Me, limit: usize) -> Box<dyn Listens> {
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
            id: me,
            me: Me::new(me),
            is_deaf,
            all: Vec::new(),
        }
    }

    pub fn is_deaf(&self) -> bool {
        self.is_deaf
    }

    /// The process is another one in the session of another host.
    pub fn rejoin(&mut self, me: PeerId) {
        self.id = me;
        self.me.rejoin(me);
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
            self.all.push(Ear::new(handle, &self.me));
        }
    }

    /// All copies are as their objects. What is `untold` of an object may show in it.
    pub fn check(&mut self, model: &Model, is_untold: impl Fn(Object) -> bool) {
        for ear in &mut self.all {
            ear.check(self.id, model, &is_untold);
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
    fn new(handle: &Handle, me: &Me) -> Self {
        let [prompt, late] = LIMITS.map(|limit| listen(handle, me, limit));
        let view = handle.view();
        let parts = match Plain::decode(&view.schema, &view.value) {
            Plain::Deep(_) => parts::listen(handle, me),
            _ => vec![],
        };
        Self {
            handle: handle.clone(),
            marks: handle.marks(),
            prompt,
            late,
            parts,
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
            if let Heard::Patched { from, is_own, .. } = told {
                assert_eq!(is_own, from == me, "3: who is local");
            }
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
            self.parts.iter().for_each(|part| part.check_silence());
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
        if let Plain::Deep(value) = &value {
            let mut patched = heard.iter().filter_map(|told| match *told {
                Heard::Patched { seq, from, .. } => Some((seq, from)),
                _ => None,
            });
            let first = patched.next().filter(|_| patched.next().is_none());
            let is_here = |commit: &&super::model::Confirmed| commit.object == before.0;
            let only = first.map(|(seq, from)| (seq, from, model.commit_at(seq).filter(is_here)));
            let view = &view;
            let step = parts::Step {
                me,
                view,
                value,
                only,
            };
            self.parts.iter_mut().for_each(|part| part.check(&step));
        }
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
            Heard::Missed(..) => panic!("8: {self} is read in time"),
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
                ..
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

    /// Who reads now and then hears the same as long as it is kept, then what was missed. Who takes another copy
    /// first hears of verdicts alone.
    fn read_late(&mut self) {
        self.turn += 1;
        if !self.turn.is_multiple_of(5) {
            return;
        }
        let mut expected = self.kept();
        if self.turn.is_multiple_of(15) {
            self.late.begin_anew();
            expected.retain(|told| told.is_verdict() || *told == Heard::Deleted);
        }
        let heard: Vec<_> = std::iter::from_fn(|| self.late.hear()).collect();
        assert_eq!(heard, expected, "3: who reads late hears of {self}");
        assert_eq!(self.late.copy(), self.prompt.copy(), "3: {self} in the end");
    }

    /// What is kept of what was not read, with what is said of the rest.
    fn kept(&mut self) -> Vec<Heard> {
        let mut kept: Vec<_> = self.unread.drain(..).collect();
        let is_over = kept.pop_if(|last| *last == Heard::Deleted).is_some();
        let missed = kept.split_off(LIMITS[1].min(kept.len()));
        if missed.iter().any(|missed| !missed.is_verdict()) {
            // Another host may have begun another order.
            let seq = missed.iter().fold(0, |last, missed| match missed {
                Heard::Reset(seq) => *seq,
                missed => missed.seq().max(last),
            });
            kept.push(Heard::Reset(seq));
        }
        let verdicts = missed.iter().filter_map(|missed| match missed {
            Heard::Settled(commit, verdict) => Some((*commit, u64::from(verdict.is_err()))),
            _ => None,
        });
        let verdicts = verdicts.reduce(|(_, all), (commit, refused)| (commit, all + refused));
        kept.extend(verdicts.map(|(commit, refused)| Heard::Missed(commit, refused)));
        // The copy that is taken at a reset has what followed.
        let mut is_reset = false;
        kept.retain(|told| {
            let is_news = !is_reset || told.is_verdict();
            is_reset |= matches!(told, Heard::Reset(_));
            is_news
        });
        kept.extend(is_over.then_some(Heard::Deleted));
        kept
    }
}

impl fmt::Display for Ear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.handle.key())
    }
}
