//! The crate `remoc` over a Unix socket: observable collections, and a channel there and back.
//!
//! A change is applied when the mirror in the other process has it. Changes are sent without a limit, and a mirror
//! for which more than its buffer are waiting is cut off, so that every so many changes this process waits until the
//! mirror has them all. There both processes have tokio's usual runtime of several threads; for the way there and back,
//! one of one thread, with which it takes half the time.

use std::{os::unix::net::UnixStream, time::Instant};

use remoc::{
    Cfg, Connect, RemoteSend,
    rch::base::{Receiver, Sender},
    robs::{
        hash_map::{HashMapSubscription, ObservableHashMap},
        vec::{ObservableVec, VecSubscription},
    },
};
use tokio::runtime::{Builder, Runtime};

use crate::{
    Result,
    contest::{Contender, Latencies, Measured},
    limit::socket,
    other::{Other, answer, next},
};

/// How many changes may be on their way.
const BUFFER: usize = 1 << 16;

/// After so many the mirror is waited for.
const WINDOW: usize = BUFFER / 2;

/// The ends of a channel over a socket, which is served by tasks of the runtime.
async fn connect<T: RemoteSend, R: RemoteSend>(
    socket: UnixStream,
) -> Result<(Sender<T>, Receiver<R>)> {
    socket.set_nonblocking(true)?;
    let (input, output) = tokio::net::UnixStream::from_std(socket)?.into_split();
    let (connection, sender, receiver) = Connect::io(Cfg::default(), input, output).await?;
    tokio::spawn(connection);
    Ok((sender, receiver))
}

/// What is observed.
enum Observed {
    /// How many keys are set, one after the other, where the work asks for one.
    Map(ObservableHashMap<u32, u64>, u32),
    Vec(ObservableVec<u64>),
}

/// Changes, until the mirror has them.
pub(crate) struct Collection {
    observed: Observed,
    tick: u64,
    runtime: Runtime,
    other: Other,
}

impl Collection {
    /// So many inserts each.
    pub(crate) fn map(inserts: usize) -> Result<Self> {
        let (runtime, (socket, other)) = (Runtime::new()?, socket::pair("remoc", &["map"])?);
        let map = runtime.block_on(async {
            let (mut sender, _) = connect::<HashMapSubscription<u32, u64>, ()>(socket).await?;
            let map = ObservableHashMap::new();
            sender.send(map.subscribe(BUFFER)).await?;
            Result::Ok(map)
        })?;
        Ok(Self {
            observed: Observed::Map(map, u32::try_from(inserts)?),
            tick: 0,
            runtime,
            other,
        })
    }

    pub(crate) fn vec() -> Result<Self> {
        let (runtime, (socket, other)) = (Runtime::new()?, socket::pair("remoc", &["vec"])?);
        let vec = runtime.block_on(async {
            let (mut sender, _) = connect::<VecSubscription<u64>, ()>(socket).await?;
            let vec = ObservableVec::new();
            sender.send(vec.subscribe(BUFFER)).await?;
            Result::Ok(vec)
        })?;
        Ok(Self {
            observed: Observed::Vec(vec),
            tick: 0,
            runtime,
            other,
        })
    }
}

impl Contender for Collection {
    fn run(&mut self, amount: u64) -> Result<Measured> {
        let _inside = self.runtime.enter();
        let each = match &self.observed {
            Observed::Map(_, inserts) => *inserts as usize,
            Observed::Vec(_) => 1,
        };
        let (mut left, at_once) = (amount, u64::try_from(WINDOW / each)?);
        let begin = Instant::now();
        while left > 0 {
            let now = left.min(at_once);
            left -= now;
            self.other.say(&(self.tick + now).to_string())?;
            for _ in 0..now {
                self.tick += 1;
                match &mut self.observed {
                    Observed::Map(map, inserts) => {
                        // The first key tells how far it is.
                        for key in (0..*inserts).rev() {
                            map.insert(key, self.tick);
                        }
                    }
                    Observed::Vec(vec) => vec.push(self.tick),
                }
            }
            self.other.hear()?;
        }
        Ok(Measured::Took(begin.elapsed()))
    }
}

/// A message there and one back, both ends parked.
pub(crate) struct Trip {
    sender: Sender<u64>,
    receiver: Receiver<u64>,
    runtime: Runtime,
    _other: Other,
}

impl Trip {
    pub(crate) fn start() -> Result<Self> {
        let (runtime, (socket, other)) = (alone()?, socket::pair("remoc", &["return"])?);
        let (sender, receiver) = runtime.block_on(connect(socket))?;
        Ok(Self {
            sender,
            receiver,
            runtime,
            _other: other,
        })
    }
}

impl Contender for Trip {
    fn run(&mut self, amount: u64) -> Result<Measured> {
        let (sender, receiver) = (&mut self.sender, &mut self.receiver);
        self.runtime.block_on(async {
            let mut latencies = Latencies::new(3)?;
            for tick in 0..amount {
                let begin = Instant::now();
                sender.send(tick).await?;
                receiver.recv().await?.ok_or("the other end is gone")?;
                latencies.record(u64::try_from(begin.elapsed().as_nanos())?)?;
            }
            Ok(Measured::Each(latencies))
        })
    }
}

pub(crate) fn role(args: &[String]) -> Result<()> {
    let socket = socket::connect(args)?;
    match args[1].as_str() {
        "map" => Runtime::new()?.block_on(map(socket)),
        "vec" => Runtime::new()?.block_on(vec(socket)),
        _ => alone()?.block_on(bring_back(socket)),
    }
}

/// A runtime of one thread.
fn alone() -> Result<Runtime> {
    Ok(Builder::new_current_thread().enable_all().build()?)
}

async fn map(socket: UnixStream) -> Result<()> {
    let (_sender, mut receiver) = connect::<(), HashMapSubscription<u32, u64>>(socket).await?;
    let subscription = receiver.recv().await?.ok_or("there is no map")?;
    let mut mirror = subscription.mirror(usize::MAX);
    while let Some(wanted) = next()? {
        let wanted: u64 = wanted.parse()?;
        while mirror.borrow_and_update().await?.get(&0) != Some(&wanted) {
            mirror.changed().await;
        }
        answer("ok")?;
    }
    Ok(())
}

async fn vec(socket: UnixStream) -> Result<()> {
    let (_sender, mut receiver) = connect::<(), VecSubscription<u64>>(socket).await?;
    let subscription = receiver.recv().await?.ok_or("there is no vec")?;
    let mut mirror = subscription.mirror(usize::MAX);
    while let Some(wanted) = next()? {
        let wanted: u64 = wanted.parse()?;
        while mirror.borrow_and_update().await?.last() != Some(&wanted) {
            mirror.changed().await;
        }
        answer("ok")?;
    }
    Ok(())
}

async fn bring_back(socket: UnixStream) -> Result<()> {
    let (mut sender, mut receiver) = connect::<u64, u64>(socket).await?;
    while let Ok(Some(tick)) = receiver.recv().await {
        sender.send(tick).await?;
    }
    Ok(())
}
