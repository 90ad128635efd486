//! Messages one way through what `ipos` sends with: an outbox, a socket, and a reader of frames in another process.

use std::{env, process::Command, sync::Arc, time::Instant};

use ipos_transport::{FrameReader, Link, Listener, Outbox, frame};

use crate::{
    figures::{Measured, Rate},
    line::Result,
    lines::MESSAGE,
};

pub(crate) fn measure(times: usize) -> Result<Measured> {
    let listener = Listener::private()?;
    let mut other = Command::new(env::current_exe()?)
        .args(["outbox", &listener.endpoint().to_string()])
        .spawn()?;
    let link = Arc::new(listener.accept()?);
    let outbox = Outbox::new(link.clone(), "to-other");
    let send = |payload: &[u8]| {
        outbox.append(|queue| frame::append(queue, |out| out.extend_from_slice(payload)));
        outbox.send();
    };
    let begun = Instant::now();
    for _ in 0..times {
        send(&[7; MESSAGE - frame::HEADER]);
    }
    send(&[]);
    // It closes when it has all.
    let is_open = FrameReader::new(MESSAGE).fill(&link, None)?;
    let measured = Rate::measured(times, begun.elapsed());
    other.wait()?;
    if is_open {
        return Err("something else came back".into());
    }
    Ok(measured)
}

/// The other process.
pub(crate) fn other(args: &[String]) -> Result<()> {
    let [endpoint] = args else {
        return Err("it reads at an endpoint".into());
    };
    let link = Link::connect(&endpoint.parse()?)?;
    let mut frames = FrameReader::new(MESSAGE);
    while frames.fill(&link, None)? {
        while let Some(payload) = frames.next_frame()? {
            if payload.is_empty() {
                return Ok(());
            }
        }
    }
    Err("the line has ended".into())
}
