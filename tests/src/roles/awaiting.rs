//! A member that waits for everything by `await`: one program, under each runtime and under none.

use std::{error::Error, io::stdin, thread};

use futures_util::StreamExt;
use ipos::{Change, Error as Fault, Ipos, Progress, SharedHandle, simulation};
use smol::future;

use crate::talk;

type List = Vec<u64>;

/// Plays the member under a runtime.
///
/// # Errors
///
/// When the runtime does not start.
pub fn play(runtime: &str) -> Result<(), Box<dyn Error>> {
    let ipos = Ipos::join()?;
    match runtime {
        "tokio" => {
            let runtime = tokio::runtime::Builder::new_multi_thread()
                .worker_threads(2)
                .build()?;
            runtime.block_on(runtime.spawn(wait_for_all(ipos)))?;
        }
        "tokio-current" => {
            let runtime = tokio::runtime::Builder::new_current_thread().build()?;
            runtime.block_on(runtime.spawn(wait_for_all(ipos)))?;
        }
        "smol" => smol::block_on(smol::spawn(wait_for_all(ipos))),
        "none" => pollster::block_on(sent(wait_for_all(ipos))),
        _ => return Err(format!("there is no runtime {runtime}").into()),
    }
    talk::say("over")?;
    Ok(())
}

/// What a runtime may give to another thread.
fn sent<F: Future + Send>(future: F) -> F {
    future
}

/// What a future gives at once, which is dropped then.
fn polled<F: Future>(future: F) -> Option<F::Output> {
    pollster::block_on(future::poll_once(future))
}

/// Asks the host to do something, which it says to have done.
fn ask(what: &str) {
    talk::say(what).expect("the test listens");
    let mut answer = String::new();
    stdin().read_line(&mut answer).expect("the test answers");
    assert_eq!(answer, "done\n", "when asked to {what}");
}

async fn wait_for_all(ipos: Ipos) {
    let list = ipos.get::<List>("list").expect("the host has it");
    of_others(&list).await;
    of_its_own(&list).await;
    at_once(&list).await;
    dropped(&list).await;
    the_end(&list).await;
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
async fn of_its_own(list: &SharedHandle<List>) {
    let told = list.follow();
    list.update(|list| list.push(5)).expect("it can");
    sent(list.flush_async()).await.expect("it counts");
    list.update(|list| list.push(99)).expect("it can");
    refused(sent(list.flush_async()).await);
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
    ask("let go");
    // What was committed goes on, and who asks is told.
    refused(list.flush_async().await);
    assert_eq!(*list.read(), [1, 2, 3, 4, 6, 7, 8, 8, 8, 9]);
}

async fn the_end(list: &SharedHandle<List>) {
    let mut told = list.subscribe();
    let ends = |result| matches!(result, Err(Fault::Deleted { .. }));
    let both = future::zip(list.changed_async(), StreamExt::next(&mut told));
    let asked = async { ask("delete") };
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
