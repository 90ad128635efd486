//! Roles of the tests of life cycles, bad input and concurrent writers.

pub mod actor;
pub mod bells;
pub mod board;
pub mod crowd;
pub mod ears;
pub mod held;
pub mod jobs;
pub mod keys;
pub mod load;
pub mod rules;
pub mod scarce;
pub mod slips;
pub mod status;
pub mod system;

use std::{env, error::Error, process, thread, time::Duration};

use ipos::Ipos;
use ipos_transport::{Endpoint, FrameReader, Link, Token, frame};

use crate::{PATIENCE, hello, talk};

/// So long that a test which waits it out never ends.
pub const HOUR: Duration = Duration::from_secs(3600);

/// Plays a role of this family.
///
/// # Errors
///
/// What the role ends with.
pub fn play(role: &str, arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match (role, &arguments[..]) {
        ("actor", []) => actor::act(None),
        ("actor", ["joined"]) => actor::act(Some(Ipos::join()?)),
        ("board", [index, commits, ahead]) => {
            board::role(index.parse()?, commits.parse()?, ahead.parse()?)
        }
        ("board-late", []) => board::late(),
        ("crowd", [author, commits, step]) => {
            crowd::role(author.parse()?, commits.parse()?, step.parse()?)
        }
        ("jobs", [way, takers]) => jobs::role(way, takers.parse()?),
        ("bells", []) => bells::role(),
        ("load-host", []) => load::host(),
        ("load", [author]) => load::role(author.parse()?),
        ("keys", [index, rounds]) => keys::role(index.parse()?, rounds.parse()?),
        ("slips", []) => slips::role(),
        ("brief", []) => Ipos::join().map(drop).map_err(Into::into),
        ("writes", [how, count]) => writes(how, count.parse()?),
        ("between", []) => between(),
        ("idle", []) => idle(),
        ("exits", [code]) => process::exit(code.parse()?),
        ("deaf", []) => deaf(),
        ("halfway", []) => halfway(),
        _ => Err(format!("there is no role {role} with arguments {arguments:?}").into()),
    }
}

/// Stays until the session is over.
fn idle() -> Result<(), Box<dyn Error>> {
    let ipos = Ipos::join()?;
    match ipos.wait_for::<u64>("what never comes", HOUR) {
        Err(ipos::Error::HostGone { .. }) => Ok(()),
        other => Err(format!("{other:?}").into()),
    }
}

/// A member of one session that is the host of another one, and carries something over.
fn between() -> Result<(), Box<dyn Error>> {
    let outer = Ipos::join()?;
    let total = outer.get::<u64>("total")?;
    let inner = Ipos::host()?;
    let list = inner.create("list", Vec::<String>::new())?;
    let mut command = process::Command::new("/proc/self/exe");
    command.args(["life/writes", "flush, then exit", "5"]);
    inner.spawn(command)?.wait()?;
    total.set(list.read().len() as u64)?;
    Ok(())
}

/// Writes much and ends in one of several ways, after which nothing may be missing.
fn writes(how: &str, count: u64) -> Result<(), Box<dyn Error>> {
    let ipos = Ipos::join()?;
    let list = ipos.get::<Vec<String>>("list")?;
    for n in 0..count {
        list.update(|list| list.push(format!("{n:01000}")))?;
    }
    match how {
        "flush, then exit" => {
            list.flush(PATIENCE)?;
            process::exit(0)
        }
        "leave by dropping all" => Ok(()),
        "create, then leave" => {
            ipos.create("last", vec![7u64; 300_000])?;
            Ok(())
        }
        "delete, then leave" => {
            ipos.delete("doomed")?;
            Ok(())
        }
        "leave while a handle stays" => {
            drop(ipos);
            list.read();
            process::exit(0)
        }
        _ => Err(format!("there is no ending `{how}`").into()),
    }
}

/// Tells its number and never joins.
fn deaf() -> Result<(), Box<dyn Error>> {
    talk::say(&process::id().to_string())?;
    loop {
        thread::park();
    }
}

/// Comes with its token, is let in, and never says that it is in sync.
fn halfway() -> Result<(), Box<dyn Error>> {
    talk::say(&process::id().to_string())?;
    let endpoint: Endpoint = env::var("IPOS_ENDPOINT")?.parse()?;
    let token = Token::from_hex(&env::var("IPOS_TOKEN")?)?;
    let link = Link::connect(&endpoint)?;
    let mut hello = Vec::new();
    frame::append(&mut hello, |out| out.extend(hello::invited(&token)));
    link.write_all(&hello, None)?;
    let mut frames = FrameReader::new(1 << 20);
    while frames.fill(&link, None)? {
        while frames.next_frame()?.is_some() {}
    }
    loop {
        thread::park();
    }
}
