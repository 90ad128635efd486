//! The crate `iceoryx2`: shared memory, looked at without a pause by both ends.
//!
//! A sample there and one back, each in a service of its own. Both ends are at rest before and after: the other
//! process is told when samples will come, and which is the last.

use std::{
    fs, hint,
    path::Path,
    time::{Duration, Instant},
};

use iceoryx2::{
    node::{Node, NodeBuilder},
    port::{publisher::Publisher, subscriber::Subscriber},
    prelude::{Config, FileName, Path as Root, SemanticString, SignalHandlingMode, ipc::Service},
};
use tempfile::TempDir;

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

/// Where Linux keeps shared memory.
const MEMORY: &str = "/dev/shm";

/// Where the library's files are; its shared memory has names that begin with this directory's.
struct Place(TempDir);

impl Place {
    fn new() -> Result<Self> {
        Ok(Self(TempDir::with_prefix("ipos-bench-")?))
    }
}

impl Drop for Place {
    /// Takes away what the library leaves there, and what a process left there that was killed.
    fn drop(&mut self) {
        let (Some(prefix), Ok(memory)) = (self.0.path().file_name(), fs::read_dir(MEMORY)) else {
            return;
        };
        let prefix = prefix.as_encoded_bytes();
        for file in memory.flatten() {
            if file.file_name().as_encoded_bytes().starts_with(prefix) {
                // What is gone already does no harm, and of nothing else is this the place to tell.
                let _ = fs::remove_file(file.path());
            }
        }
    }
}

/// So that nothing is left in the places that all programs with this library share.
fn config(directory: &Path) -> Result<Config> {
    let mut config = Config::default();
    let wrong = |error| format!("iceoryx2 takes no {}: {error:?}", directory.display());
    let root = directory.as_os_str().as_encoded_bytes();
    config
        .global
        .set_root_path(&Root::new(root).map_err(wrong)?);
    let prefix = directory.file_name().unwrap_or_default();
    config.global.prefix = FileName::new(prefix.as_encoded_bytes()).map_err(wrong)?;
    Ok(config)
}

/// One process's ends of the two services.
struct Ends {
    sends: Publisher<Service, u64, ()>,
    receives: Subscriber<Service, u64, ()>,
    _node: Node<Service>,
}

impl Ends {
    fn open(directory: &Path, sends_to: &str, receives_from: &str) -> Result<Self> {
        let node = NodeBuilder::new()
            .config(&config(directory)?)
            .signal_handling_mode(SignalHandlingMode::Disabled)
            .create::<Service>()?;
        let service = |direction: &str| -> Result<_> {
            let name = format!("ipos-bench/{direction}").as_str().try_into()?;
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
    /// The last to be dropped.
    _place: Place,
}

impl Trip {
    pub(crate) fn start() -> Result<Self> {
        let place = Place::new()?;
        let directory = place.0.path();
        let ends = Ends::open(directory, "there", "back")?;
        let mut other = Other::start(other::command("iceoryx2")?.arg(directory))?;
        // It has opened its ends.
        other.hear()?;
        Ok(Self {
            ends,
            other,
            _place: place,
        })
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
    let directory = args.first().ok_or("services have a directory")?;
    let ends = Ends::open(Path::new(directory), "back", "there")?;
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
