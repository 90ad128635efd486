//! Roles of the parity tests: players, who do with each kind of value what the lines say.

pub mod desk;
pub mod kind;
pub mod kinds;
pub mod listed;
pub mod player;
pub mod race;
mod strangers;

use std::{
    env,
    error::Error,
    io::{self, stdin},
    process::{Command, Stdio},
    time::Duration,
};

use ipos::Ipos;

use self::{
    kind::Kind,
    player::{Answer, Player, variant},
};
use crate::{
    PATIENCE,
    talk::{Talk, say},
};

/// Plays a role of this family.
///
/// | role | arguments |
/// |---|---|
/// | `player` | `join` or `new`, and for how many milliseconds to try, or nothing for long |
/// | `stranger` | a player who knows kinds that no host's code names |
/// | `caller` | a process that calls functions of a desk |
/// | `racer` | a name to write by |
/// | `relay` | a player in one session who is the host of another, with a player in it |
/// | `sleeper` | a process that never joins |
///
/// # Errors
///
/// What the role ends with.
pub fn play(role: &str, arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let argument = |at: usize| arguments.get(at).map(String::as_str);
    match role {
        "player" => obey(enter(argument(0), argument(1)), kinds::kinds()),
        "stranger" => obey(enter(None, None), strangers::kinds()),
        "caller" => {
            let ipos = enter(None, None)?;
            lines(|line| desk::act(&ipos, line))
        }
        "racer" => race::play(argument(0).unwrap_or_default()),
        "relay" => relay(),
        "sleeper" => Ok(io::copy(&mut stdin(), &mut io::sink()).map(drop)?),
        _ => Err(format!("there is no role {role}").into()),
    }
}

fn enter(how: Option<&str>, patience: Option<&str>) -> ipos::Result<Ipos> {
    let patience = patience
        .and_then(|text| text.parse().ok())
        .map(Duration::from_millis);
    match how {
        Some("new") => Ipos::new(),
        _ => Ipos::builder()
            .sync_timeout(patience.unwrap_or(PATIENCE))
            .join(),
    }
}

/// Plays, or says the error that there is no session to play in.
fn obey(ipos: ipos::Result<Ipos>, kinds: Vec<Box<dyn Kind>>) -> Result<(), Box<dyn Error>> {
    match ipos {
        Ok(ipos) => {
            let mut player = Player::new(ipos, kinds);
            lines(|line| player.act(line))
        }
        Err(error) => Ok(say(&format!("{}: {error}", variant(&error)))?),
    }
}

/// Answers each line, until there are no more.
fn lines(mut act: impl FnMut(&str) -> Answer) -> Result<(), Box<dyn Error>> {
    for line in stdin().lines() {
        match act(&line?) {
            Ok(answer) => say(&answer)?,
            Err(error) => say(&format!("error: {error}"))?,
        }
    }
    Ok(())
}

/// Answers lines about the session that it is in, about the `inner` one that it hosts, and those
/// for the player `below`.
fn relay() -> Result<(), Box<dyn Error>> {
    let mut outer = Player::new(enter(None, None)?, kinds::kinds());
    let inner = Ipos::builder().sync_timeout(PATIENCE).host()?;
    let mut command = Command::new(env::current_exe()?);
    command
        .arg("parity/player")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let below = inner.spawn(command)?;
    let mut below = Talk::with(&below);
    let mut inner = Player::new(inner, kinds::kinds());
    lines(|line| match line.split_once(' ') {
        Some(("inner", line)) => inner.act(line),
        Some(("below", line)) => Ok(below.ask(line)),
        _ => outer.act(line),
    })
}
