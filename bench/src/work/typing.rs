//! P8: a text typed by a member, watched by the host.

use std::{path::Path, time::Instant};

use ipos::{Ipos, SharedHandle};

use super::{
    commits::{Down, Up},
    entry, peer,
    session::{PATIENCE, start},
};
use crate::{
    Result,
    contest::{Contender, Goal::AtMost, Measured, Presence, Unit, Work},
    options::Options,
    other::{Other, answer, command, next},
    peer::automerge,
    trace::{FIRST, GENERATED, Trace},
};

/// The names of the files, and of the works.
const RECORDED: [(&str, &str); 2] = [
    (
        "sveltecomponent.json.gz",
        "the editing trace sveltecomponent, a commit a transaction",
    ),
    (
        "automerge-paper.json.gz",
        "the editing trace automerge-paper, a commit a transaction",
    ),
];

/// A beginning of the first of these, which takes `automerge` about a second. It is there for that one: no goal.
const BEGINNING: (usize, &str) = (
    1500,
    "the first 1,500 transactions of sveltecomponent, a commit each",
);

/// So few that peers come to an end which take the longer for an edit the more there were.
const FEW: (usize, &str) = (1000, "a generated editing trace of 1,000, a commit an edit");

/// For each transaction a commit of P2's second row, which is what the typist makes.
const LIMIT: &str = "bare replay, P2 from a member each";

/// For each transaction a commit of P2's first row.
const FROM_HOST: &str = "bare replay, P2 from the host each";

pub(super) fn works(options: &Options) -> Vec<Work> {
    let generated = [
        (
            20_000,
            "a generated editing trace of 20,000, a commit an edit",
        ),
        FEW,
    ];
    let generated = generated.map(|(edits, name)| (Ok(format!("{GENERATED}{edits}")), name));
    let recorded = RECORDED.map(|(file, name)| (place(options, file), name));
    let (transactions, name) = BEGINNING;
    let beginning = place(options, RECORDED[0].0);
    let beginning = beginning.map(|place| format!("{FIRST}{transactions} {place}"));
    recorded
        .into_iter()
        .chain([(beginning, name)])
        .chain(generated)
        .map(work)
        .collect()
}

fn work((place, name): (std::result::Result<String, String>, &'static str)) -> Work {
    let with = |start: fn(&str) -> Result<Box<dyn Contender>>| {
        let place = place.clone();
        Box::new(move |_: &_| match &place {
            Ok(place) => Ok(Presence::Here(start(place)?)),
            Err(why) => Ok(Presence::Absent(why.clone())),
        })
    };
    let crdt = [BEGINNING.1, FEW.1].contains(&name).then(|| {
        let typing = with(|place| {
            let transactions = Trace::load(place)?.transactions;
            Ok(Box::new(automerge::Typing::start(transactions)?))
        });
        peer("automerge", typing)
    });
    let others = [
        entry(
            LIMIT,
            with(|place| Ok(Box::new(Bare::start(place, Up::start()?)?))),
        ),
        entry(
            FROM_HOST,
            with(|place| Ok(Box::new(Bare::start(place, Down::start(1)?)?))),
        ),
        entry(
            "bare replay",
            with(|place| Ok(Box::new(Replay(Trace::load(place)?)))),
        ),
    ];
    Work {
        id: "P8",
        name,
        unit: Unit::Millis,
        each: 1,
        most: 1,
        ours: entry("ipos", with(|place| Ok(Box::new(Typing::start(place)?)))),
        others: others.into_iter().chain(crdt).collect(),
        goals: if name == BEGINNING.1 {
            vec![]
        } else {
            vec![AtMost(LIMIT, 1.5)]
        },
    }
}

/// Where a trace is, or why it is not there.
fn place(options: &Options, file: &str) -> std::result::Result<String, String> {
    let traces = options.traces.as_deref();
    let traces = traces.ok_or("neither --traces nor IPOS_BENCH_TRACES says where traces are")?;
    let place: &Path = &traces.join(file);
    if !place.exists() {
        return Err(format!("there is no {}", place.display()));
    }
    let place = place.to_str().ok_or("the path is not UTF-8")?;
    Ok(place.to_owned())
}

/// Typed by a member into a text, until the host has it all.
struct Typing {
    ipos: Ipos,
    text: SharedHandle<String>,
    typist: Other,
    end: String,
}

impl Typing {
    fn start(place: &str) -> Result<Self> {
        let ipos = Ipos::builder().sync_timeout(PATIENCE).host()?;
        let text = ipos.create("text", String::new())?;
        Ok(Self {
            typist: start(&ipos, command("typist")?.arg(place))?,
            ipos,
            text,
            end: Trace::load(place)?.end,
        })
    }
}

impl Contender for Typing {
    fn run(&mut self, _amount: u64) -> Result<Measured> {
        self.text.set(String::new())?;
        self.ipos.barrier(PATIENCE)?;
        let begin = Instant::now();
        self.typist.say("type")?;
        self.text.wait_until(PATIENCE, |text| *text == self.end)?;
        let took = begin.elapsed();
        self.typist.hear()?;
        Ok(Measured::Took(took))
    }
}

pub(super) fn typist(args: &[String]) -> Result<()> {
    let trace = Trace::load(args.first().ok_or("who types is told what")?)?;
    let ipos = Ipos::builder().sync_timeout(PATIENCE).join()?;
    let text = ipos.get::<String>("text")?;
    while next()?.is_some() {
        for transaction in &trace.transactions {
            text.update(|text| {
                for edit in transaction {
                    text.replace_range(edit.0..edit.0 + edit.1, &edit.2);
                }
            })?;
        }
        text.flush(PATIENCE)?;
        answer("ok")?;
    }
    Ok(())
}

/// The edits alone, in one process.
struct Replay(Trace);

impl Contender for Replay {
    fn run(&mut self, _amount: u64) -> Result<Measured> {
        let begin = Instant::now();
        let text = self.0.replayed();
        let took = begin.elapsed();
        assert!(text == self.0.end, "they lead to the end");
        Ok(Measured::Took(took))
    }
}

/// The same, and as many commits.
struct Bare<Commits> {
    replay: Replay,
    commits: Commits,
}

impl<Commits: Contender> Bare<Commits> {
    fn start(place: &str, commits: Commits) -> Result<Self> {
        Ok(Self {
            replay: Replay(Trace::load(place)?),
            commits,
        })
    }
}

impl<Commits: Contender> Contender for Bare<Commits> {
    fn run(&mut self, amount: u64) -> Result<Measured> {
        let transactions = u64::try_from(self.replay.0.transactions.len())?;
        let replayed = self.replay.run(amount)?;
        let committed = self.commits.run(transactions)?;
        let (Measured::Took(replayed), Measured::Took(committed)) = (replayed, committed) else {
            return Err("both take a time".into());
        };
        Ok(Measured::Took(replayed + committed))
    }
}
