//! The crate `ipc-channel`: messages of a number and a value, one at a time.
//!
//! It has no shared values, so this is what one would build them upon: the other process takes each message, and
//! has all when it has the last.

use std::{
    sync::mpsc::{self, RecvTimeoutError},
    thread,
    time::Instant,
};

use ipc_channel::ipc::{self, IpcOneShotServer, IpcReceiver, IpcSender};

use crate::{
    Result,
    contest::{Contender, Latencies, Measured},
    other::{self, Other, answer, next},
};

type Message = (u32, u64);

/// What the other process sends first: the ends that this one has.
type Ends = (IpcSender<Message>, IpcReceiver<Message>);

/// This process's ends of two channels to another one.
struct Pair {
    sender: IpcSender<Message>,
    receiver: IpcReceiver<Message>,
    tick: u64,
    other: Other,
}

impl Pair {
    fn start(role: &str) -> Result<Self> {
        let (server, name) = IpcOneShotServer::<Ends>::new()?;
        let mut other = Other::start(other::command("ipc-channel")?.args([&name, role]))?;
        let (sender, receiver) = accept(server, name, &mut other)?;
        Ok(Self {
            sender,
            receiver,
            tick: 0,
            other,
        })
    }
}

/// The library accepts without a timeout: another thread does it, and this one looks whether the process runs.
fn accept(server: IpcOneShotServer<Ends>, name: String, other: &mut Other) -> Result<Ends> {
    let (tell, accepted) = mpsc::channel();
    thread::spawn(move || tell.send(server.accept().map(|(_, ends)| ends)));
    let ends = other.connection(|| match accepted.recv_timeout(other::LOOK) {
        Ok(ends) => Ok(Some(ends?)),
        Err(RecvTimeoutError::Timeout) => Ok(None),
        Err(error) => Err(error.into()),
    });
    if ends.is_err() {
        // One who connects and says nothing ends the wait of that thread.
        let _ = IpcSender::<Ends>::connect(name);
    }
    ends
}

/// To the other process, until it has all.
pub(crate) struct Stream(Pair);

impl Stream {
    pub(crate) fn start() -> Result<Self> {
        Pair::start("take").map(Self)
    }
}

impl Contender for Stream {
    fn run(&mut self, amount: u64) -> Result<Measured> {
        let pair = &mut self.0;
        let first = pair.tick;
        pair.tick += amount;
        let begin = Instant::now();
        pair.other.say(&pair.tick.to_string())?;
        for tick in first + 1..=pair.tick {
            pair.sender.send((0, tick))?;
        }
        pair.other.hear()?;
        Ok(Measured::Took(begin.elapsed()))
    }
}

/// There and back, both ends parked.
pub(crate) struct Trip(Pair);

impl Trip {
    pub(crate) fn start() -> Result<Self> {
        Pair::start("return").map(Self)
    }
}

impl Contender for Trip {
    fn run(&mut self, amount: u64) -> Result<Measured> {
        let mut latencies = Latencies::new(3)?;
        for tick in 0..amount {
            let begin = Instant::now();
            self.0.sender.send((0, tick))?;
            self.0.receiver.recv()?;
            latencies.record(u64::try_from(begin.elapsed().as_nanos())?)?;
        }
        Ok(Measured::Each(latencies))
    }
}

pub(crate) fn role(args: &[String]) -> Result<()> {
    let [name, role] = args else {
        return Err("ipc-channel: a name and a role".into());
    };
    let (down, receiver) = ipc::channel::<Message>()?;
    let (sender, up) = ipc::channel::<Message>()?;
    IpcSender::<Ends>::connect(name.clone())?.send((down, up))?;
    if role == "return" {
        // Until the other end is gone.
        while let Ok(message) = receiver.recv() {
            sender.send(message)?;
        }
        return Ok(());
    }
    while let Some(wanted) = next()? {
        let wanted: u64 = wanted.parse()?;
        while receiver.recv()?.1 < wanted {}
        answer("ok")?;
    }
    Ok(())
}
