//! What a process says of its session and of the others.

use std::fs::File;

use ipos::{Ipos, Peer, Stats, Traffic};

/// The other processes, one after the other: number, state, label, what is queued.
pub fn peers(ipos: &Ipos) -> String {
    let tell = |peer: &Peer| {
        let pid = peer.pid.unwrap_or_default();
        let queued = match peer.queued {
            None => "unknown",
            Some(0) => "nothing",
            Some(_) => "something",
        };
        let (id, state, label) = (peer.id, peer.state, &peer.label);
        format!("{id} {state:?} {pid} `{label}` queued {queued}")
    };
    let peers: Vec<String> = ipos.peers().iter().map(tell).collect();
    peers.join("; ")
}

/// Whether every member has acknowledged all that there is.
pub fn is_acknowledged(ipos: &Ipos) -> bool {
    let seq = ipos.stats().seq;
    let peers = ipos.peers();
    peers.iter().all(|peer| peer.acknowledged == Some(seq))
}

/// What this process has done and taken: commits and patches each way, and what went wrong.
pub fn stats(ipos: &Ipos) -> String {
    let Stats {
        seq,
        sent,
        received,
        resyncs,
        rebases,
        rejections,
        ..
    } = ipos.stats();
    let traffic = |way: Traffic| format!("{} commits of {}", way.commits, way.patches);
    format!(
        "seq {seq}, sent {}, received {}, {resyncs} resyncs, {rebases} rebases, {rejections} rejections",
        traffic(sent),
        traffic(received)
    )
}

/// Writes down what happens here from now on, as people would who look for a mistake.
///
/// # Panics
///
/// When it is written down already, or there can be no such file.
pub fn log(path: &str) {
    let file = File::create(path).expect("the file can be made");
    tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_ansi(false)
        .without_time()
        .with_writer(file)
        .init();
}
