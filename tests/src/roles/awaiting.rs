//! A member that waits for everything by `await`: one program, under each runtime and under none.

use std::{error::Error, thread};

use futures_util::StreamExt;
use ipos::{
    Change, Error as Fault, Event, Events, Ipos, Progress, SessionEvent, SharedHandle, simulation,
};
use smol::future;

use crate::talk::{self, ask};

type List = Vec<u64>;

/// Plays the member under a runtime: a whole program, or `orphaned/` one whose host goes away.
///
/// # Errors
///
/// When the runtime does not start.
pub fn play(role: &str) -> Result<(), Box<dyn Error>> {
    let ipos = Ipos::join()?;
    match role.split_once('/') {
        Some(("orphaned", runtime)) => run(runtime, orphaned(ipos))?,
        _ => run(role, wait_for_all(ipos))?,
    }
    talk::say("over")?;
    Ok(())
}

/// Runs a program under a runtime, or under none.
pub(super) fn run(
    runtime: &str,
    program: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Box<dyn Error>> {
    match runtime {
        "tokio" => {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(2)
                .build()?;
            runtime.block_on(runtime.spawn(program))?;
        }
        "tokio-current" => {
            let runtime = tokio::runtime::Builder::new_current_thread().build()?;
            runtime.block_on(runtime.spawn(program))?;
        }
        "smol" => smol::block_on(smol::spawn(program)),
        "none" => pollster::block_on(program),
        _ => return Err(format!("there is no runtime {runtime}").into()),
    }
    Ok(())
}

/// What a runtime may give to another thread.
pub(super) fn sent<F: Future + Send>(future: F) -> F {
    future
}

/// What a future gives at once, which is dropped then.
pub(super) fn polled<F: Future>(future: F) -> Option<F::Output> {
    pollster::block_on(future::poll_once(future))
}

async fn wait_for_all(ipos: Ipos) {
    let list = ipos.get::<List>("list").expect("the host has it");
    of_others(&list).await;
    of_its_own(&ipos, &list).await;
    at_once(&list).await;
    dropped(&list).await;
    happening(&ipos).await;
    the_end(&list).await;
}

/// The host goes away while this process waits for everything.
async fn orphaned(ipos: Ipos) {
    let list = ipos.get::<List>("list").expect("the host has it");
    let gate = ipos.get::<u64>("gate").expect("the host has it");
    let events = ipos.events();
    let (told, followed) = (list.subscribe(), list.follow());
    let waits = future::zip(list.changed_async(), list.wait_until_async(List::is_empty));
    // The host is asked, and does not answer.
    let verdicts = future::zip(gate.transact_async(|gate| gate.set(2)), gate.flush_async());
    let hears = future::zip(told.next_async(), async { followed.stream().next().await });
    let session = async { events.stream().next().await };
    let all = future::zip(future::zip(waits, verdicts), future::zip(hears, session));
    let asked = async { talk::say("waiting").expect("the test listens") };
    let ((((changed, come), (counted, flushed)), (heard, event)), ()) =
        sent(future::zip(all, asked)).await;
    for result in [changed, come, counted, flushed] {
        assert!(matches!(result, Err(Fault::HostGone { .. })), "{result:?}");
    }
    assert!(matches!(heard, (None, None)), "{heard:?}");
    assert!(event.is_none(), "{event:?}");
    assert!(told.stream().next().await.is_none(), "it stays so");
}

/// What happens, in the session and in an object, as streams.
async fn happening(ipos: &Ipos) {
    let mut session = ipos.events();
    ask("create bell");
    let created = sent(StreamExt::next(&mut session)).await;
    match created {
        Some(SessionEvent::Created { key, .. }) => assert_eq!(key, "bell"),
        other => panic!("{other:?}"),
    }
    let bell = ipos.get::<(Events<u64>, u64)>("bell").expect("it was told");
    let rings = bell.events(|bell| &bell.0);
    let mut stream = rings.stream();
    assert!(polled(stream.next()).is_none());
    let rung = future::zip(sent(stream.next()), async { ask("ring 7") });
    assert!(matches!(
        rung.await.0,
        Some(Event::Emitted { event: 7, .. })
    ));
    ask("delete bell");
    assert!(stream.next().await.is_none(), "it ends with the object");
    let deleted = session.stream().next().await;
    assert!(matches!(deleted, Some(SessionEvent::Deleted { .. })));
}

/// What the host does, and how it is heard of.
async fn of_others(list: &SharedHandle<List>) {
    ask("push 1");
    sent(list.changed_async()).await.expect("it is there");
    assert_eq!(*list.read(), [1]);
    ask("push 2");
    let has = |list: &List| list.contains(&2);
    sent(list.wait_until_async(has)).await.expect("it comes");
    let mut told = list.subscribe();
    ask("push 3");
    let first = sent(StreamExt::next(&mut told)).await;
    assert!(matches!(first, Some(Change::Patched { seq: 4, .. })));
    ask("push 4");
    let second = sent(told.next_async()).await;
    assert!(matches!(second, Some(Change::Patched { seq: 5, .. })));
    assert!(polled(told.next_async()).is_none());
    assert!(polled(StreamExt::next(&mut told)).is_none());
}

/// What this process does, and what the host says to it.
async fn of_its_own(ipos: &Ipos, list: &SharedHandle<List>) {
    let (told, events) = (list.follow(), ipos.events());
    list.update(|list| list.push(5)).expect("it can");
    sent(list.flush_async()).await.expect("it counts");
    list.update(|list| list.push(99)).expect("it can");
    refused(sent(list.flush_async()).await);
    // Who knows the verdict has been told what happened, and who begins to listen then is not.
    let event = events.try_next();
    assert!(
        matches!(event, Some(SessionEvent::Refused { .. })),
        "{event:?}"
    );
    sent(list.flush_async()).await.expect("it was told");

    let popped = sent(list.transact_async(|list| list.pop())).await;
    assert_eq!(popped.expect("it counts"), Some(5));
    refused(sent(list.transact_async(|list| list.push(99))).await);
    assert_eq!(*list.read(), [1, 2, 3, 4]);
    sent(list.flush_async()).await.expect("it was told");
    sent(list.ready_async()).await.expect("there is room");

    let mut verdicts = Vec::new();
    while verdicts.len() < 4 {
        match told.next_async().await.expect("it goes on") {
            Progress::Changed { .. } => {}
            Progress::Confirmed { commit, .. } => verdicts.push((commit, true)),
            Progress::Refused { commit, .. } => verdicts.push((commit, false)),
            Progress::Missed { .. } => panic!("it was read in time"),
        }
    }
    assert_eq!(verdicts, [(1, true), (2, false), (3, true), (4, false)]);
}

fn refused(result: ipos::Result<()>) {
    match result {
        Err(Fault::Rejected { reason }) => assert_eq!(reason, "99 is not wanted"),
        other => panic!("{other:?}, and it was refused"),
    }
}

/// Several wait in one task.
async fn at_once(list: &SharedHandle<List>) {
    let told = list.subscribe();
    let has = |list: &List| list.contains(&6);
    let both = future::zip(list.wait_until_async(has), told.next_async());
    let asked = async { ask("push 6") };
    let ((come, change), ()) = future::zip(both, asked).await;
    come.expect("it comes");
    assert!(matches!(change, Some(Change::Patched { .. })));
}

/// What is dropped before it is done gives all back, and loses nothing.
async fn dropped(list: &SharedHandle<List>) {
    let idle = |case: &str| assert_eq!(simulation::waiting(list), (0, 0), "{case}");
    idle("before");
    // What was seen is no news.
    drop(list.read());
    assert!(polled(list.changed_async()).is_none());
    assert!(polled(list.wait_until_async(List::is_empty)).is_none());
    idle("nothing happens");
    ask("push 7");
    let seven = |list: &List| list.contains(&7);
    list.wait_until(crate::PATIENCE, seven).expect("it comes");

    ask("hold");
    let held: Vec<_> = (0..3)
        .map(|_| polled(list.transact_async(|list| list.push(8))))
        .collect();
    assert!(held.iter().all(Option::is_none), "nobody answers");
    assert!(polled(list.flush_async()).is_none());
    idle("the verdict is not there");
    // The same where the object is read meanwhile.
    let mut open = Box::pin(list.transact_async(|list| list.push(9)));
    assert!(polled(open.as_mut()).is_none());
    {
        let _guard = list.read();
        drop(open);
    }
    idle("while it is read");
    // And where another thread reads it meanwhile, which waits for this one.
    let mut open = Box::pin(list.transact_async(|list| list.push(99)));
    assert!(polled(open.as_mut()).is_none());
    thread::scope(|scope| {
        let guard = list.read();
        scope
            .spawn(move || drop(open))
            .join()
            .expect("it is dropped");
        drop(guard);
    });
    idle("while another reads it");
    // Nothing is told meanwhile, so only who comes finds who has gone.
    let before = simulation::hearers(list);
    for _ in 0..1000 {
        drop(list.follow());
        drop(list.subscribe_to(|list| list));
        assert!(polled(list.subscribe().next_async()).is_none());
    }
    assert!(
        simulation::hearers(list) <= before + 16,
        "they are forgotten"
    );
    ask("let go");
    // What was committed goes on, and who asks is told.
    refused(list.flush_async().await);
    assert_eq!(*list.read(), [1, 2, 3, 4, 6, 7, 8, 8, 8, 9]);
}

async fn the_end(list: &SharedHandle<List>) {
    let mut told = list.subscribe();
    let ends = |result| matches!(result, Err(Fault::Deleted { .. }));
    let both = future::zip(list.changed_async(), StreamExt::next(&mut told));
    let asked = async { ask("delete list") };
    let ((changed, change), ()) = future::zip(both, asked).await;
    assert!(ends(changed));
    assert!(matches!(change, Some(Change::Deleted)));
    assert!(StreamExt::next(&mut told).await.is_none());
    assert!(told.next_async().await.is_none());
    assert!(ends(list.wait_until_async(|_| false).await));
    assert!(ends(list.transact_async(|list| list.push(1)).await));
    assert!(ends(
        list.ready_async().await.and(list.changed_async().await)
    ));
}
