//! The crate `iceoryx2`: shared memory, looked at without a pause by both ends.
//!
//! A sample there and one back, each in a service of its own. Both ends are at rest before and after: the other
//! process is told when samples will come, and which is the last.

use std::{
    hint, process,
    time::{Duration, Instant},
};

use iceoryx2::{
    node::{Node, NodeBuilder},
    port::{publisher::Publisher, subscriber::Subscriber},
    prelude::{SignalHandlingMode, ipc::Service},
};

use crate::{
    Result,
    contest::{Contender, Latencies, Measured},
    other::{self, Other, answer, next},
};

/// Longer than anything takes that goes well.
const PATIENCE: Duration = Duration::from_secs(60);

/// After so long a run ends: where processors are scarce, a trip may take a thousand times what it took before.
const LONG: Duration = Duration::from_secs(2);

/// The value of the last sample; of others it is 0.
const LAST: u64 = 1;

/// What the other process is told.
const GO: &str = "go";
const END: &str = "end";

/// How often is looked between two looks at the clock.
const LOOKS: u32 = 1 << 16;

/// One process's ends of the two services.
struct Ends {
    sends: Publisher<Service, u64, ()>,
    receives: Subscriber<Service, u64, ()>,
    _node: Node<Service>,
}

impl Ends {
    fn open(name: &str, sends_to: &str, receives_from: &str) -> Result<Self> {
        let node = NodeBuilder::new()
            .signal_handling_mode(SignalHandlingMode::Disabled)
            .create::<Service>()?;
        let service = |direction: &str| -> Result<_> {
            let name = format!("{name}/{direction}").as_str().try_into()?;
            let builder = node.service_builder(&name).publish_subscribe::<u64>();
            Ok(builder.open_or_create()?)
        };
        Ok(Self {
            sends: service(sends_to)?.publisher_builder().create()?,
            receives: service(receives_from)?.subscriber_builder().create()?,
            _node: node,
        })
    }

    fn send(&self, value: u64) -> Result<()> {
        let sample = self.sends.loan_uninit()?;
        sample.write_payload(value).send()?;
        Ok(())
    }

    /// Looks until there is something.
    fn receive(&self) -> Result<u64> {
        let begin = Instant::now();
        while begin.elapsed() < PATIENCE {
            for _ in 0..LOOKS {
                if let Some(sample) = self.receives.receive()? {
                    return Ok(*sample);
                }
                hint::spin_loop();
            }
        }
        Err("nothing comes".into())
    }
}

pub(crate) struct Trip {
    ends: Ends,
    other: Other,
}

impl Trip {
    pub(crate) fn start() -> Result<Self> {
        let name = format!("ipos-bench/{}", process::id());
        let ends = Ends::open(&name, "there", "back")?;
        let mut other = Other::start(other::command("iceoryx2")?.arg(name))?;
        // It has opened its ends.
        other.hear()?;
        Ok(Self { ends, other })
    }
}

impl Contender for Trip {
    fn run(&mut self, amount: u64) -> Result<Measured> {
        self.other.ask(GO)?;
        let mut latencies = Latencies::new(3)?;
        let (first, mut left) = (Instant::now(), amount);
        while left > 0 {
            let begin = Instant::now();
            left = if begin - first < LONG { left - 1 } else { 0 };
            self.ends.send(if left == 0 { LAST } else { 0 })?;
            self.ends.receive()?;
            latencies.record(u64::try_from(begin.elapsed().as_nanos())?)?;
        }
        Ok(Measured::Each(latencies))
    }
}

impl Drop for Trip {
    fn drop(&mut self) {
        // It takes its files and its shared memory away, which would outlive it.
        let _ = self.other.ask(END);
    }
}

pub(crate) fn role(args: &[String]) -> Result<()> {
    let name = args.first().ok_or("services have a name")?;
    let ends = Ends::open(name, "back", "there")?;
    answer("ok")?;
    while next()?.is_some_and(|line| line == GO) {
        answer("ok")?;
        loop {
            let value = ends.receive()?;
            ends.send(value)?;
            if value == LAST {
                break;
            }
        }
    }
    drop(ends);
    answer("ok")
}
