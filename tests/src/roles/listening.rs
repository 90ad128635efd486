//! A member that listens: to parts, without reading in time, and by several threads that write.

use std::{
    collections::BTreeMap,
    error::Error,
    sync::{Arc, Mutex, mpsc},
    task::{Context, Wake, Waker},
    thread,
};

use futures_util::{Stream, StreamExt};
use ipos::{Change, Events, Ipos, Progress, Shared, SharedHandle, Subscription};

use crate::{
    PATIENCE,
    talk::{self, ask},
};

/// What all of this is about: a title, a number that must not be 99, and what happens.
pub type Scene = (String, u64, Events<u64>);

/// What the host keeps this process waiting by.
pub type Gate = u64;

/// Plays the member.
///
/// # Errors
///
/// When the session fails, and when something else is told than should be.
pub fn play() -> Result<(), Box<dyn Error>> {
    let ipos = Ipos::join()?;
    let scene = ipos.get::<Scene>("scene")?;
    let gate = ipos.get::<Gate>("gate")?;
    parts(&scene, &gate)?;
    own_of_parts(&scene, &gate)?;
    room(&scene)?;
    kept(&scene)?;
    missed(&scene)?;
    threads(&scene)?;
    woken(&ipos, &scene)?;
    talk::say("over")?;
    Ok(())
}

/// What was told by now, in words.
fn told<T: Shared>(changes: &Subscription<Change<T>>) -> Vec<String> {
    let changes = std::iter::from_fn(|| changes.try_next());
    let told = changes.map(|change| match change {
        Change::Patched {
            origin, patches, ..
        } => format!("{}: {patches:?}", origin.peer()),
        other => format!("{other:?}"),
    });
    told.collect()
}

/// What the host refuses.
fn refused(result: ipos::Result<()>) {
    match result {
        Err(ipos::Error::Rejected { reason }) => assert!(reason.starts_with("99 is not wanted")),
        other => panic!("{other:?}, and it was refused"),
    }
}

/// Keeps the host from answering until the end, when all is settled.
fn unanswered(
    gate: &SharedHandle<Gate>,
    scene: &SharedHandle<Scene>,
    act: impl FnOnce() -> ipos::Result<()>,
) -> ipos::Result<ipos::Result<()>> {
    ask("hold gate");
    gate.update(|gate| gate.add(1))?;
    act()?;
    ask("let go");
    Ok(scene.flush(PATIENCE))
}

/// The host writes to other places than this process does.
fn parts(scene: &SharedHandle<Scene>, gate: &SharedHandle<Gate>) -> ipos::Result<()> {
    let title = scene.subscribe_to(|scene| &scene.0);
    let number = scene.subscribe_to(|scene| &scene.1);
    let rings = scene.events(|scene| &scene.2);
    let whole = scene.follow();
    let settled = unanswered(gate, scene, || {
        scene.update(|scene| scene.set_0("a"))?;
        scene.update(|scene| scene.set_1(5u64))?;
        ask("set 9");
        // What the host has done comes in below both.
        let is_hosts = |progress: &Progress<_>| match progress {
            Progress::Changed { change, .. } => change.is_confirmed(),
            _ => false,
        };
        assert!(whole.iter().any(|progress| is_hosts(&progress)));
        Ok(())
    });
    settled??;
    assert_eq!(told(&title), [r#"peer 1: [Set("a")]"#]);
    let of_number = told(&number);
    assert_eq!(of_number[0], "peer 1: [Set(5)]");
    assert_eq!(of_number.len(), 2, "and once of the host's: {of_number:?}");
    assert_eq!(number.snapshot(), 5);
    assert!(rings.try_next().is_none());
    Ok(())
}

/// The host refuses what this process writes to one of the parts.
fn own_of_parts(scene: &SharedHandle<Scene>, gate: &SharedHandle<Gate>) -> ipos::Result<()> {
    let title = scene.subscribe_to(|scene| &scene.0);
    let settled = unanswered(gate, scene, || {
        scene.update(|scene| scene.set_1(99u64))?;
        scene.update(|scene| scene.set_0("b"))
    });
    refused(settled?);
    assert_eq!(told(&title), [r#"peer 1: [Set("b")]"#]);
    scene.update(|scene| {
        scene.set_0("c");
        scene.set_1(99u64);
    })?;
    refused(scene.flush(PATIENCE));
    let undone = [r#"peer 1: [Set("c")]"#, r#"peer 0: [Set("b")]"#];
    assert_eq!(told(&title), undone);
    Ok(())
}

/// What a listener is not shown takes no room from what it is.
fn room(scene: &SharedHandle<Scene>) -> ipos::Result<()> {
    let whole = scene.subscribe();
    let title = scene.subscribe_to(|scene| &scene.0);
    let rings = scene.events(|scene| &scene.2);
    for number in 1000..2000 {
        scene.update(|scene| scene.set_1(number))?;
    }
    scene.flush(PATIENCE)?;
    let changes: Vec<_> = std::iter::from_fn(|| whole.try_next()).collect();
    assert_eq!(changes.len(), 1000);
    let is_patched = |change: &Change<_>| matches!(change, Change::Patched { .. });
    assert!(changes.iter().all(is_patched));
    for number in 0..1100 {
        scene.update(|scene| scene.set_1(number + 2000))?;
    }
    scene.flush(PATIENCE)?;
    assert_eq!(told(&title), Vec::<String>::new());
    assert!(rings.try_next().is_none(), "nothing was missed");
    Ok(())
}

/// Who begins anew still hears the verdicts.
fn kept(scene: &SharedHandle<Scene>) -> ipos::Result<()> {
    let progress = scene.follow();
    ask("anew 7");
    scene.wait_until(PATIENCE, |scene| scene.1 == 7)?;
    scene.update(|scene| scene.set_1(8u64))?;
    scene.flush(PATIENCE)?;
    let Some(Progress::Changed {
        change: Change::Reset { .. },
        ..
    }) = progress.try_next()
    else {
        panic!("it was created anew")
    };
    assert_eq!(progress.snapshot().1, 8);
    match progress.try_next() {
        Some(Progress::Confirmed { commit, .. }) => {
            assert_eq!(Some(commit), scene.last_commit());
        }
        other => panic!("{other:?}"),
    }
    assert!(progress.try_next().is_none());
    Ok(())
}

/// Who does not read in time hears how many verdicts were missed, and up to which.
fn missed(scene: &SharedHandle<Scene>) -> ipos::Result<()> {
    let progress = scene.follow();
    let mut wanted = 0;
    for number in 0..700 {
        let number = if number % 100 == 50 { 99 } else { number + 100 };
        wanted += u64::from(number == 99);
        scene.update(|scene| scene.set_1(number))?;
    }
    refused(scene.flush(PATIENCE));
    let mut copy = Scene::default();
    let (mut refusals, mut end) = (0, vec![]);
    for progress in std::iter::from_fn(|| progress.try_next()) {
        assert!(end.len() < 2, "nothing follows: {progress:?}");
        match progress {
            Progress::Refused { .. } => refusals += 1,
            Progress::Missed { commit, refused } => {
                assert_eq!(Some(commit), scene.last_commit());
                refusals += refused;
                end.push("verdicts");
            }
            Progress::Changed {
                change: Change::Reset { seq },
                ..
            } => {
                assert_eq!(seq, scene.seq());
                end.push("changes");
            }
            Progress::Changed { .. } | Progress::Confirmed { .. } => {}
        }
    }
    assert_eq!(end, ["changes", "verdicts"]);
    assert_eq!(refusals, wanted);
    copy.clone_from(&progress.snapshot());
    scene.update(|scene| scene.set_0("d"))?;
    let Some(Progress::Changed { change, .. }) = progress.try_next() else {
        panic!("it goes on")
    };
    assert!(change.apply_to(&mut copy));
    assert_eq!(copy.0, "d");
    Ok(())
}

/// Several threads write, and each finds the verdicts on its own.
fn threads(scene: &SharedHandle<Scene>) -> Result<(), Box<dyn Error>> {
    scene.flush(PATIENCE)?;
    let progress = scene.follow();
    let write = |scene: SharedHandle<Scene>| -> ipos::Result<Vec<(u64, bool)>> {
        assert_eq!(scene.last_commit(), None, "a clone has made none");
        let mut made = Vec::new();
        for number in 0..50u64 {
            let is_wanted = number % 7 != 3;
            let number = if is_wanted { number } else { 99 };
            match number % 3 {
                0 => scene.update(|scene| scene.set_1(number))?,
                1 => {
                    let mut guard = scene.write()?;
                    guard.set_1(number);
                    guard.commit()?;
                }
                _ => scene.try_update(|scene| -> ipos::Result<()> {
                    scene.set_1(number);
                    Ok(())
                })?,
            }
            made.push((scene.last_commit().expect("it was made"), is_wanted));
            scene.update(|_| {})?;
            assert_eq!(scene.last_commit(), None, "nothing was changed");
        }
        Ok(made)
    };
    let made = thread::scope(|scope| {
        let threads: Vec<_> = (0..4)
            .map(|_| {
                let scene = scene.clone();
                scope.spawn(move || write(scene))
            })
            .collect();
        let made = threads.into_iter().map(|thread| thread.join());
        let made = made.map(|made| made.expect("it does not panic"));
        made.collect::<Result<Vec<_>, _>>()
    })?;
    refused(scene.flush(PATIENCE));
    let mut verdicts = BTreeMap::new();
    while let Some(progress) = progress.try_next() {
        match progress {
            Progress::Confirmed { commit, .. } => drop(verdicts.insert(commit, true)),
            Progress::Refused { commit, .. } => drop(verdicts.insert(commit, false)),
            Progress::Changed { .. } => {}
            Progress::Missed { .. } => return Err("it was read in time".into()),
        }
    }
    let made: BTreeMap<_, _> = made.into_iter().flatten().collect();
    assert_eq!(made.len(), 200, "each has a number of its own");
    assert_eq!(made, verdicts);
    Ok(())
}

/// What wakes a future may look at everything.
fn woken(ipos: &Ipos, scene: &SharedHandle<Scene>) -> Result<(), Box<dyn Error>> {
    let (told, session) = (scene.subscribe(), ipos.events());
    for (mut stream, what) in [
        (
            Box::new(told.stream().map(drop)) as Box<dyn Stream<Item = ()> + Unpin>,
            "set 11",
        ),
        (Box::new(session.stream().map(drop)), "create other"),
    ] {
        let (curious, seen) = Curious::new(ipos, scene);
        let waker = Waker::from(curious);
        let mut context = Context::from_waker(&waker);
        assert!(stream.poll_next_unpin(&mut context).is_pending());
        ask(what);
        let seen = seen.recv_timeout(PATIENCE)?;
        assert!(seen.contains(&"scene".to_owned()), "{seen:?}");
        assert!(stream.poll_next_unpin(&mut context).is_ready());
    }
    Ok(())
}

/// What wakes a future by looking at all that there is, in the thread that wakes it.
#[derive(Debug)]
pub struct Curious {
    ipos: Ipos,
    scene: SharedHandle<Scene>,
    tell: Mutex<mpsc::Sender<Vec<String>>>,
}

impl Curious {
    /// One who looks, and where it tells that it has done so, and the keys that it has seen.
    #[must_use]
    pub fn new(
        ipos: &Ipos,
        scene: &SharedHandle<Scene>,
    ) -> (Arc<Self>, mpsc::Receiver<Vec<String>>) {
        let (tell, seen) = mpsc::channel();
        let curious = Self {
            ipos: ipos.clone(),
            scene: scene.clone(),
            tell: Mutex::new(tell),
        };
        (Arc::new(curious), seen)
    }
}

impl Wake for Curious {
    fn wake(self: Arc<Self>) {
        // Each of these asks for a lock that whoever tells holds.
        drop(self.scene.snapshot());
        drop(self.scene.follow());
        drop(self.ipos.events());
        let keys = self.ipos.keys();
        let tell = self.tell.lock().expect("nobody panics here");
        // Nobody may listen any more.
        let _ = tell.send(keys);
    }
}
