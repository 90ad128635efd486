//! What is measured, in rounds.

use crate::{
    estimates,
    figures::{Row, print},
    line::Result,
    lines::{
        self, Kind,
        Kind::{Relayed, Rings, Socket},
        Patience,
        Patience::{Park, Spin, SpinThenPark},
        Work,
        Work::{Gathered, RoundTrip, Single},
    },
    outboxes, sessions,
};

/// What a row is of.
#[derive(Clone, Copy)]
enum Of {
    Line(Kind, Patience, Work),
    Outbox,
    Session(sessions::Work, bool),
}

/// A row: its name, what it is of, which one it is compared with, and how many times it is done in a round.
type Plan = (&'static str, Of, &'static str, usize);

pub(crate) const SOCKET_PARKED: &str = "socket, blocking";
const RELAYED_PARKED: &str = "socket, blocking in a thread that wakes another";
pub(crate) const SOCKET_SPUN: &str = "socket, spinning";
pub(crate) const RING_PARKED: &str = "ring, parked at once";
pub(crate) const RING_SPUN: &str = "ring, spinning";
pub(crate) const IPOS_PARKED: &str = "`ipos`, two commits, parked";
pub(crate) const IPOS_SPUN: &str = "`ipos`, two commits, `Waiting::Spin`";
pub(crate) const SOCKET_SINGLE: &str = "socket, 16 bytes a write";
pub(crate) const RING_SINGLE: &str = "ring, 16 bytes a write, parked at once";
pub(crate) const IPOS_SETS: &str = "`ipos`, one set a commit, parked";
const SOCKET_GATHERED: &str = "socket, 16 bytes gathered to 64 KiB";
pub(crate) const OUTBOX: &str = "outbox of `ipos-transport` over a socket, 16 bytes a send";
const SPIN_SETS: &str = "`ipos`, one set a commit, `Waiting::Spin`";

const PLANS: &[Plan] = &[
    (
        SOCKET_PARKED,
        Of::Line(Socket, Park, RoundTrip),
        SOCKET_PARKED,
        10_000,
    ),
    (
        RELAYED_PARKED,
        Of::Line(Relayed, Park, RoundTrip),
        SOCKET_PARKED,
        10_000,
    ),
    (
        RING_PARKED,
        Of::Line(Rings, Park, RoundTrip),
        SOCKET_PARKED,
        10_000,
    ),
    (
        IPOS_PARKED,
        Of::Session(sessions::Work::RoundTrip, false),
        SOCKET_PARKED,
        10_000,
    ),
    (
        SOCKET_SPUN,
        Of::Line(Socket, Spin, RoundTrip),
        SOCKET_SPUN,
        100_000,
    ),
    (
        "socket, spinning in a thread that wakes another",
        Of::Line(Relayed, Spin, RoundTrip),
        SOCKET_SPUN,
        10_000,
    ),
    (
        RING_SPUN,
        Of::Line(Rings, Spin, RoundTrip),
        SOCKET_SPUN,
        100_000,
    ),
    (
        "ring, spinning for 50 µs, then parked",
        Of::Line(Rings, SpinThenPark, RoundTrip),
        SOCKET_SPUN,
        100_000,
    ),
    (
        IPOS_SPUN,
        Of::Session(sessions::Work::RoundTrip, true),
        SOCKET_SPUN,
        10_000,
    ),
    (
        SOCKET_SINGLE,
        Of::Line(Socket, Park, Single),
        SOCKET_SINGLE,
        1_000_000,
    ),
    (
        RING_SINGLE,
        Of::Line(Rings, Park, Single),
        SOCKET_SINGLE,
        1_000_000,
    ),
    (
        "ring, 16 bytes a write, spinning",
        Of::Line(Rings, Spin, Single),
        SOCKET_SINGLE,
        10_000_000,
    ),
    (
        SOCKET_GATHERED,
        Of::Line(Socket, Park, Gathered),
        SOCKET_GATHERED,
        50_000_000,
    ),
    (
        "ring, 16 bytes gathered to 64 KiB, parked at once",
        Of::Line(Rings, Park, Gathered),
        SOCKET_GATHERED,
        50_000_000,
    ),
    (
        "ring, 16 bytes gathered to 64 KiB, spinning",
        Of::Line(Rings, Spin, Gathered),
        SOCKET_GATHERED,
        50_000_000,
    ),
    (OUTBOX, Of::Outbox, SOCKET_SINGLE, 1_000_000),
    (
        IPOS_SETS,
        Of::Session(sessions::Work::Sets, false),
        SOCKET_SINGLE,
        300_000,
    ),
    (
        SPIN_SETS,
        Of::Session(sessions::Work::Sets, true),
        SOCKET_SINGLE,
        300_000,
    ),
];

/// What is asked for.
pub(crate) struct Options {
    rounds: usize,
    /// A round is this part of what is planned.
    part: usize,
    /// Rows whose names have this in them are measured.
    only: String,
}

impl Options {
    pub(crate) fn read(args: &[String]) -> Result<Self> {
        let mut options = Self {
            rounds: 11,
            part: 1,
            only: String::new(),
        };
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            let mut value = || args.next().ok_or_else(|| format!("`{arg}` takes a value"));
            match arg.as_str() {
                "--quick" => (options.rounds, options.part) = (3, 10),
                "--rounds" => options.rounds = value()?.parse()?,
                "--only" => options.only.clone_from(value()?),
                _ => return Err(format!("`{arg}` is not known").into()),
            }
        }
        Ok(options)
    }
}

/// Measures, round by round.
pub(crate) fn run(options: &Options) -> Result<()> {
    let Options { rounds, part, .. } = *options;
    let place = |name| PLANS.iter().position(|&(what, ..)| what == name);
    let mut rows = Vec::new();
    for &(what, _, beside, _) in PLANS {
        rows.push(Row {
            what,
            beside: place(beside).ok_or("it is compared with a row")?,
            rounds: Vec::new(),
        });
    }
    for round in 1..=rounds {
        for (row, &(what, of, _, times)) in rows.iter_mut().zip(PLANS) {
            if !what.contains(&options.only) {
                continue;
            }
            eprintln!("round {round} of {rounds}: {what}");
            let times = times / part;
            row.rounds.push(match of {
                Of::Line(kind, patience, work) => lines::measure((kind, patience, work), times)?,
                Of::Outbox => outboxes::measure(times)?,
                Of::Session(work, spins) => sessions::measure((work, spins), times)?,
            });
        }
    }
    println!("{rounds} rounds");
    print(&rows, true)?;
    print(&rows, false)?;
    estimates::print(&rows)
}
