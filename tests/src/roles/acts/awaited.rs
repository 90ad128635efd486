//! A member that awaits the answers of actions: one program, under each runtime and under none.

use std::error::Error as AnyError;

use ipos::{Call, CallError, Error, Ipos, SharedHandle, simulation};
use smol::future;

use super::shop::{Short, newer::Shop};
use crate::{
    PATIENCE,
    roles::awaiting::{polled, run, sent},
    talk::{self, ask},
};

/// Plays the member under a runtime.
pub(super) fn play(runtime: &str) -> Result<(), Box<dyn AnyError>> {
    run(runtime, await_all(Ipos::join()?))?;
    talk::say("over")?;
    Ok(())
}

type Started = Call<u64, Short>;

struct Shops {
    ipos: Ipos,
    shop: SharedHandle<Shop>,
    other: SharedHandle<Shop>,
}

impl Shops {
    /// Takes something, once the host's gate is open.
    fn take(&self, amount: u64) -> Started {
        let started = self.shop.start(Shop::gated_action(amount));
        started.expect("it can be started")
    }

    /// Nothing is waited for or kept for those who wait.
    fn idle(&self, case: &str) {
        assert_eq!(simulation::waiting(&self.shop), (0, 0), "{case}");
    }
}

async fn await_all(ipos: Ipos) {
    let get = |key| ipos.get::<Shop>(key).expect("the host has it");
    let shops = Shops {
        shop: get("shop"),
        other: get("other"),
        ipos: ipos.clone(),
    };
    shops.idle("before");
    answered(&shops).await;
    dropped(&shops).await;
    while_it_holds_something(&shops);
    twins(&shops).await;
    without_room(&shops).await;
    the_end(&shops).await;
}

/// The answer is there when it is asked for, or comes later.
async fn answered(shops: &Shops) {
    let mut ready = shops.take(1);
    shops.shop.flush(PATIENCE).expect("it counts");
    assert!(matches!(polled(&mut ready), Some(Ok(9))));
    drop(ready);
    shops.idle("it was there");

    ask("close");
    let [mut first, mut second] = [shops.take(1), shops.take(100)];
    for _ in 0..2 {
        assert!(polled(&mut first).is_none());
        assert!(polled(&mut second).is_none());
    }
    assert_eq!(first.local(), Ok(8));
    let opened = async { ask("open") };
    let ((first, second), ()) = future::zip(future::zip(sent(first), sent(second)), opened).await;
    assert_eq!(first.expect("it counts"), 8);
    assert!(matches!(
        second,
        Err(CallError::Failed(Short { missing: 92 }))
    ));
    shops.idle("it came");
}

/// What is dropped before its answer has come gives all back, and goes on.
async fn dropped(shops: &Shops) {
    ask("close");
    let unseen = shops.take(1);
    drop(unseen);
    let mut waiting = shops.take(1);
    assert!(polled(&mut waiting).is_none());
    drop(waiting);
    shops.idle("it was dropped");
    let mut waiting = shops.take(1);
    assert!(polled(&mut waiting).is_none());
    {
        let _guard = shops.shop.read();
        drop(waiting);
    }
    shops.idle("it was dropped while the shop is read");
    ask("open");
    sent(shops.shop.flush_async()).await.expect("they count");
    assert_eq!(shops.shop.read().balance, 5);
}

/// Whoever holds something is not let wait, wherever it has begun to.
fn while_it_holds_something(shops: &Shops) {
    fn is_busy<R, E>(polled: Option<Result<R, E>>) -> bool
    where
        CallError<Short>: From<E>,
    {
        let error = polled.and_then(Result::err).map(CallError::from);
        matches!(error, Some(CallError::Ipos(Error::Busy { .. })))
    }
    ask("close");
    let [mut fresh, mut begun] = [shops.take(1), shops.take(1)];
    assert!(polled(&mut begun).is_none());
    let mut change = Box::pin(shops.shop.wait_until_async(|_| false));
    assert!(polled(&mut change).is_none());
    let held = shops.other.update(|_| {
        assert!(is_busy(polled(&mut fresh)));
        assert!(is_busy(polled(&mut begun)));
        assert!(is_busy(polled(&mut change)));
    });
    held.expect("it can be written");
    drop((fresh, begun, change));
    shops.idle("it was busy");
    ask("open");
    shops.shop.flush(PATIENCE).expect("they count");
    assert_eq!(shops.shop.read().balance, 3);
}

/// What waits with a thread, and without one.
async fn twins(shops: &Shops) {
    let Shops { ipos, shop, .. } = shops;
    let left = sent(shop.call_async(Shop::withdraw_action(0, 1))).await;
    assert_eq!(left.expect("it counts"), 2);
    let started = sent(shop.start_async(Shop::withdraw_action(0, 1))).await;
    let left = sent(started.expect("there is room")).await;
    assert_eq!(left.expect("it counts"), 1);
    let seen = sent(shop.update_async(|shop| shop.balance)).await;
    assert_eq!(seen.expect("there is room"), 1);
    sent(ipos.barrier_async()).await.expect("all are there");
    let mut later = Box::pin(sent(ipos.wait_for_async::<Shop>("later")));
    assert!(polled(&mut later).is_none());
    let ((), later) = future::zip(async { ask("create") }, later).await;
    assert_eq!(later.expect("it was created").key(), "later");
    shops.idle("twins");
}

/// So many commits are without a verdict that the next one has to wait.
async fn without_room(shops: &Shops) {
    let Shops { ipos, other, .. } = shops;
    let before = other.read().present;
    ask("close");
    let gated = shops.take(0);
    let mut done = 0;
    let one_more = || Box::pin(other.update_async(|other| other.present_mut().add(1)));
    while polled(&mut one_more()).is_some() {
        done += 1;
    }
    let mut passes = Box::pin(ipos.barrier_async());
    assert!(polled(&mut passes).is_none());
    drop(passes);
    let opened = async { ask("open") };
    let (added, ()) = future::zip(sent(one_more()), opened).await;
    added.expect("there is room again");
    assert_eq!(sent(gated).await.expect("it counts"), 1);
    // What was dropped before there was room has done nothing.
    assert_eq!(other.read().present, before + done + 1);
    sent(ipos.barrier_async()).await.expect("all are there");
    shops.idle("there is room");
}

async fn the_end(shops: &Shops) {
    ask("close");
    let [mut lost, mut unknown] = [shops.take(1), shops.take(1)];
    assert!(polled(&mut lost).is_none());
    assert!(polled(&mut unknown).is_none());
    let ((lost, unknown), ()) = future::zip(future::zip(lost, unknown), async { ask("end") }).await;
    for ended in [lost, unknown] {
        assert!(
            matches!(ended, Err(CallError::Ipos(Error::HostGone { .. }))),
            "{ended:?}"
        );
    }
    shops.idle("in the end");
    let gone = sent(shops.ipos.barrier_async()).await;
    assert!(matches!(gone, Err(Error::HostGone { .. })));
}
