//! What `ipos` would take over rings, by what it takes over sockets and what the two take by themselves.

use crate::{
    figures::{Row, Spread},
    line::Result,
    table::{
        IPOS_PARKED, IPOS_SETS, IPOS_SPUN, OUTBOX, RING_PARKED, RING_SINGLE, RING_SPUN,
        SOCKET_PARKED, SOCKET_SPUN,
    },
};

/// Round trips: what there is, what is taken away, what is put in its place.
const ROUND_TRIPS: [(&str, [&str; 3]); 2] = [
    ("P3 parked", [IPOS_PARKED, SOCKET_PARKED, RING_PARKED]),
    ("P3 spinning", [IPOS_SPUN, SOCKET_SPUN, RING_SPUN]),
];

/// Prints them as a table in Markdown.
pub(crate) fn print(rows: &[Row]) -> Result<()> {
    let rounds = |name: &str| {
        let row = rows.iter().find(|row| row.what == name);
        row.map(|row| row.rounds.iter().map(|it| it.value()))
            .ok_or("it was measured")
    };
    println!("\n| goal | `ipos` | over rings, by the difference | that many times as good |");
    println!("|---|---:|---:|---:|");
    for (goal, [ipos, socket, ring]) in ROUND_TRIPS {
        let there = rounds(ipos)?.zip(rounds(socket)?).zip(rounds(ring)?);
        let pairs = there.map(|((ipos, socket), ring)| (ipos, ipos - socket + ring));
        line(goal, pairs, "µs", 1e3);
    }
    // What a commit takes of the time of who commits, with an outbox over a socket and with a ring.
    let there = rounds(IPOS_SETS)?
        .zip(rounds(OUTBOX)?)
        .zip(rounds(RING_SINGLE)?);
    let pairs =
        there.map(|((ipos, outbox), ring)| (1e9 / ipos, 1e9 / ipos - 1e9 / outbox + 1e9 / ring));
    line("P2, a commit", pairs, "ns", 1.0);
    Ok(())
}

fn line(goal: &str, pairs: impl Iterator<Item = (f64, f64)> + Clone, unit: &str, by: f64) {
    let middle = |spread: Option<Spread>| spread.map(|it| it.middle);
    let now = middle(Spread::of(pairs.clone().map(|it| it.0)));
    let then = middle(Spread::of(pairs.clone().map(|it| it.1)));
    let ratio = middle(Spread::of(pairs.map(|it| it.0 / it.1)));
    // Of what was measured.
    if let (Some(now), Some(then), Some(ratio)) = (now, then, ratio) {
        let (now, then) = (now / by, then / by);
        println!("| {goal} | {now:.2} {unit} | {then:.2} {unit} | {ratio:.2} |");
    }
}
