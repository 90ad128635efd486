//! A process that does what a test tells it, one line at a time.

use std::{
    collections::BTreeMap,
    error::Error,
    io::{Read, Write, stdin},
    os::unix::net::UnixStream,
    process,
    time::Duration,
};

use ipos::{Builder, Invitation, Ipos, Process, Shared, SharedHandle, Waiting};
use ipos_transport::{Token, frame};

use super::{HOUR, board::Board, system};
use crate::talk;

/// Answers each line of the input with one line, until the input ends.
///
/// # Errors
///
/// When the pipes fail.
pub fn act(ipos: Option<Ipos>) -> Result<(), Box<dyn Error>> {
    let mut actor = Actor {
        ipos,
        ..Actor::default()
    };
    for line in stdin().lines() {
        let line = line?;
        let mut words: Vec<&str> = line.split(' ').collect();
        if words[0] == "announce" {
            talk::say("announced")?;
            words.remove(0);
        }
        match actor.act(&words) {
            Ok(answer) => talk::say(&answer)?,
            Err(error) => {
                let debug = format!("{error:?}");
                let variant = debug.split([' ', '(']).next().unwrap_or_default();
                talk::say(&format!("{variant}: {error}"))?;
            }
        }
    }
    Ok(())
}

#[derive(Default)]
struct Actor {
    ipos: Option<Ipos>,
    invitation: Option<Invitation>,
    guests: Vec<Process>,
    handles: BTreeMap<String, Box<dyn Held>>,
}

impl Actor {
    fn act(&mut self, words: &[&str]) -> ipos::Result<String> {
        match *words {
            ["host"] => self.ipos = Some(Ipos::host()?),
            ["join"] => self.ipos = Some(Ipos::join()?),
            ["new"] => self.ipos = Some(Ipos::new()?),
            ["spin", "host"] => self.ipos = Some(spinning().host()?),
            ["spin", "join"] => self.ipos = Some(spinning().join()?),
            ["hasty", "join"] => {
                let hasty = Ipos::builder().sync_timeout(Duration::from_millis(100));
                self.ipos = Some(hasty.join()?);
            }
            ["leave"] => self.ipos = None,
            ["exit", code] => process::exit(code.parse().expect("a code is a number")),
            ["abort"] => process::abort(),

            ["is-host"] => return Ok(self.ipos().is_host().to_string()),
            ["threads"] => return Ok(system::threads().join(" ")),
            ["descriptors"] => return Ok(system::descriptors().to_string()),

            ["invite"] => {
                let invitation = self.ipos().invite()?;
                let envs = invitation.envs().into_iter().map(|(_, value)| value);
                let envs = envs.collect::<Vec<_>>().join(" ");
                self.invitation = Some(invitation);
                return Ok(envs);
            }
            ["let-in"] => {
                let invitation = self.invitation.take().expect("somebody is invited");
                self.guests.push(invitation.wait(HOUR)?);
            }
            ["withdraw"] => self.invitation = None,
            ["bring", role] => {
                let mut command = process::Command::new("/proc/self/exe");
                command
                    .arg(format!("life/{role}"))
                    .stdin(process::Stdio::null());
                let guest = self.ipos().spawn(command)?;
                self.guests.push(guest);
            }
            ["remove"] => {
                let guest = self.guests.last().expect("somebody was let in");
                return Ok(self.ipos().remove_process(guest).to_string());
            }

            ["knock", endpoint, token] => return Ok(knock(endpoint, token)),

            ["create", key, "number", value] => self.create(key, u64::parse(value))?,
            ["create", key, "text", value] => self.create(key, String::parse(value))?,
            ["create", key, "list", value] => self.create(key, Vec::<u64>::parse(value))?,
            ["create", key, "board", value] => self.create(key, Board::parse(value))?,
            ["get", key, "number"] => self.keep(key, self.ipos().get::<u64>(key)?),
            ["get", key, "text"] => self.keep(key, self.ipos().get::<String>(key)?),
            ["get", key, "list"] => self.keep(key, self.ipos().get::<Vec<u64>>(key)?),
            ["get", key, "board"] => self.keep(key, self.ipos().get::<Board>(key)?),
            ["wait-for", key] => self.keep(key, self.ipos().wait_for::<u64>(key, HOUR)?),
            ["delete", key] => return Ok(self.ipos().delete(key)?.to_string()),
            ["keys"] => return Ok(self.ipos().keys().join(" ")),

            ["read", key] => return Ok(self.handle(key).tell()),
            ["seq", key] => return Ok(self.handle(key).place().to_string()),
            ["set", key, value] => self.handle(key).put(value)?,
            ["forget", key] => drop(self.handles.remove(key)),
            ["wait", key, value] => self.handle(key).wait(value)?,
            ["changed", key] => self.handle(key).change()?,
            ["flush", key] => self.handle(key).settle()?,
            _ => return Ok(format!("what is {words:?}?")),
        }
        Ok("ok".to_owned())
    }

    fn ipos(&self) -> &Ipos {
        self.ipos.as_ref().expect("the actor is in a session")
    }

    fn handle(&self, key: &str) -> &dyn Held {
        &**self.handles.get(key).expect("the actor has a handle")
    }

    fn create<T: Word>(&mut self, key: &str, value: T) -> ipos::Result<()> {
        let handle = self.ipos().create(key, value)?;
        self.keep(key, handle);
        Ok(())
    }

    fn keep<T: Word>(&mut self, key: &str, handle: SharedHandle<T>) {
        self.handles.insert(key.to_owned(), Box::new(handle));
    }
}

/// Says a valid hello, without asking who listens, and tells what comes of it.
fn knock(endpoint: &str, token: &str) -> String {
    let Ok(mut stream) = UnixStream::connect(endpoint) else {
        return "hung up on".to_owned();
    };
    let token = Token::from_hex(token).expect("a token");
    let mut hello = Vec::new();
    frame::append(&mut hello, |out| {
        out.extend(b"IPOS\x01\0");
        out.extend(token.as_bytes());
        out.push(0);
    });
    // Whoever is hung up on may find out here or there.
    let mut answer = Vec::new();
    match stream
        .write_all(&hello)
        .and_then(|()| stream.read_to_end(&mut answer))
    {
        Ok(0) | Err(_) => "hung up on".to_owned(),
        Ok(bytes) => format!("told {bytes} bytes"),
    }
}

fn spinning() -> Builder {
    Ipos::builder().waiting(Waiting::Spin(Duration::from_micros(50)))
}

/// A handle of any type.
trait Held {
    fn tell(&self) -> String;
    fn place(&self) -> u64;
    fn put(&self, value: &str) -> ipos::Result<()>;
    fn wait(&self, value: &str) -> ipos::Result<()>;
    fn change(&self) -> ipos::Result<()>;
    fn settle(&self) -> ipos::Result<()>;
}

impl<T: Word> Held for SharedHandle<T> {
    fn tell(&self) -> String {
        self.read().tell()
    }
    fn place(&self) -> u64 {
        self.seq()
    }
    fn put(&self, value: &str) -> ipos::Result<()> {
        self.set(T::parse(value))
    }
    fn wait(&self, value: &str) -> ipos::Result<()> {
        self.wait_until(HOUR, |now| now.tell() == value)
    }
    fn change(&self) -> ipos::Result<()> {
        self.changed(HOUR)
    }
    fn settle(&self) -> ipos::Result<()> {
        self.flush(HOUR)
    }
}

/// A value that is one word on a line.
trait Word: Shared {
    fn parse(word: &str) -> Self;
    fn tell(&self) -> String;
}

impl Word for u64 {
    fn parse(word: &str) -> Self {
        word.parse().expect("a number")
    }
    fn tell(&self) -> String {
        self.to_string()
    }
}

impl Word for String {
    fn parse(word: &str) -> Self {
        word.to_owned()
    }
    fn tell(&self) -> String {
        self.clone()
    }
}

impl Word for Vec<u64> {
    fn parse(word: &str) -> Self {
        word.split(',').map(u64::parse).collect()
    }
    fn tell(&self) -> String {
        self.iter()
            .map(u64::to_string)
            .collect::<Vec<_>>()
            .join(",")
    }
}

impl Word for Board {
    fn parse(_: &str) -> Self {
        Self::sample()
    }
    fn tell(&self) -> String {
        self.digest()
    }
}
