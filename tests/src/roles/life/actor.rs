//! A process that does what a test tells it, one line at a time.

use std::{
    collections::BTreeMap,
    error::Error,
    fs::File,
    io::{Read, Write, stdin},
    os::unix::net::UnixStream,
    process,
    sync::Arc,
    thread::{self, JoinHandle},
    time::Duration,
};

use fork::Fork;
use ipos::{
    Builder, Invitation, Ipos, Limits, Process, SessionEvent, SharedHandle, Subscription, Waiting,
};
use ipos_transport::{Token, frame};

use super::{
    HOUR,
    board::Board,
    ears::Ear,
    held::{Held, Hold, Plan, Watch, Word},
    rules, scarce, status, system,
};
use crate::{PATIENCE, hello, talk};

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
        talk::say(&told(actor.act(&words)))?;
    }
    Ok(())
}

/// What there is to answer: the answer, or the error with the name of its variant.
fn told(result: ipos::Result<String>) -> String {
    result.unwrap_or_else(|error| {
        let debug = format!("{error:?}");
        let variant = debug.split([' ', '(']).next().unwrap_or_default();
        format!("{variant}: {error}")
    })
}

#[derive(Default)]
struct Actor {
    ipos: Option<Ipos>,
    invitation: Option<Invitation>,
    guests: Vec<Process>,
    handles: BTreeMap<String, Arc<dyn Held>>,
    events: Option<Subscription<SessionEvent>>,
    watch: Option<Watch>,
    hold: Option<Hold>,
    ears: BTreeMap<String, Box<dyn Ear>>,
    /// All the descriptors that it can have.
    hoard: Vec<File>,
    /// What other threads were asked to do.
    begun: Vec<JoinHandle<String>>,
}

impl Actor {
    fn act(&mut self, words: &[&str]) -> ipos::Result<String> {
        match *words {
            ["host"] => self.ipos = Some(Ipos::host()?),
            ["join"] => self.ipos = Some(Ipos::join()?),
            ["new"] => self.ipos = Some(Ipos::new()?),
            ["spin", "host"] => self.ipos = Some(spinning().host()?),
            ["spin", "join"] => self.ipos = Some(spinning().join()?),
            ["lean", "host"] => {
                let lean = Ipos::builder().label("lean").queue_limit(64 * 1024);
                self.ipos = Some(lean.host()?);
            }
            ["lean", "join"] => {
                self.ipos = Some(Ipos::builder().queue_limit(64 * 1024).join()?);
            }
            ["limited", "host"] => self.ipos = Some(limited().host()?),
            ["hasty", "join"] => {
                let hasty = Ipos::builder().sync_timeout(Duration::from_millis(100));
                self.ipos = Some(hasty.join()?);
            }
            ["join", label] => self.ipos = Some(Ipos::builder().label(label).join()?),
            ["serve", name] => self.ipos = Some(Ipos::serve(name)?),
            ["connect", name] => self.ipos = Some(Ipos::connect(name)?),
            ["connect", name, milliseconds] => {
                let patient = Ipos::builder().sync_timeout(duration(milliseconds));
                self.ipos = Some(patient.connect(name)?);
            }
            ["ping", milliseconds, role] => {
                let pinging = Ipos::builder().ping(duration(milliseconds));
                self.ipos = Some(match role {
                    "host" => pinging.host()?,
                    _ => pinging.join()?,
                });
            }
            ["leave"] => self.ipos = None,
            ["log", path] => status::log(path),
            ["exit", code] => process::exit(code.parse().expect("a code is a number")),
            ["abort"] => process::abort(),

            ["is-host"] => return Ok(self.ipos().is_host().to_string()),
            ["peers"] => return Ok(status::peers(self.ipos())),
            ["acknowledged"] => return Ok(status::is_acknowledged(self.ipos()).to_string()),
            ["stats"] => return Ok(status::stats(self.ipos())),
            ["fork"] => self.fork(),
            ["starve"] => self.hoard = scarce::hoard(),
            ["feed"] => self.hoard.clear(),
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
            ["child", line] => return Ok(system::child_of_this("life/actor", line)),
            ["remove"] => {
                let guest = self.guests.last().expect("somebody was let in");
                return Ok(self.ipos().remove_process(guest).to_string());
            }

            ["remove", peer] => {
                let peers = self.ipos().peers();
                let peer = peers
                    .iter()
                    .find(|it| it.id.to_string() == format!("peer {peer}"));
                let removed = peer.is_some_and(|peer| self.ipos().remove_peer(peer.id));
                return Ok(removed.to_string());
            }

            ["knock", endpoint, token] => return Ok(knock(endpoint, token)),

            ["create", key, "number", value] => self.create(key, u64::parse(value))?,
            ["create", key, "text", value] => self.create(key, String::parse(value))?,
            ["create", key, "list", value] => self.create(key, Vec::<u64>::parse(value))?,
            ["create", key, "board", value] => self.create(key, Board::parse(value))?,
            ["create", key, "plan", value] => self.create(key, Plan::parse(value))?,
            ["create-with", key, "number", value, rule] => {
                let handle = rules::number(self.ipos(), key, value, rule)?;
                self.keep(key, handle);
            }
            ["create-with", key, "list", value, rule] => {
                let handle = rules::list(self.ipos(), key, value, rule)?;
                self.keep(key, handle);
            }
            ["open-gate"] => rules::open_gate(),
            ["came-to-gate"] => return Ok(rules::came_to_gate().to_string()),
            // The handle that is kept is the one from before.
            ["put", key, "number", value] => drop(self.ipos().create(key, u64::parse(value))?),
            ["put", key, "text", value] => drop(self.ipos().create(key, String::parse(value))?),
            ["get", key, "number"] => self.keep(key, self.ipos().get::<u64>(key)?),
            ["get", key, "text"] => self.keep(key, self.ipos().get::<String>(key)?),
            ["get", key, "list"] => self.keep(key, self.ipos().get::<Vec<u64>>(key)?),
            ["get", key, "board"] => self.keep(key, self.ipos().get::<Board>(key)?),
            ["get", key, "plan"] => self.keep(key, self.ipos().get::<Plan>(key)?),
            ["wait-for", key] => self.keep(key, self.ipos().wait_for::<u64>(key, HOUR)?),
            ["delete", key] => return Ok(self.ipos().delete(key)?.to_string()),
            ["keys"] => return Ok(self.ipos().keys().join(" ")),

            ["read", key] => return Ok(self.handle(key).tell()),
            ["seq", key] => return Ok(self.handle(key).place().to_string()),
            ["set", key, value] => self.handle(key).put(value)?,
            ["forget", key] => drop(self.handles.remove(key)),
            ["wait", key, value] => self.handle(key).wait(value)?,
            ["wait-in-vain", key] => self.handle(key).wait_in_vain()?,
            ["changed", key] => self.handle(key).change()?,
            ["flush", key] => self.handle(key).settle()?,
            ["confirmed", key] => return Ok(self.handle(key).is_settled().to_string()),
            ["update", key, ref change @ ..] => self.handle(key).update(change)?,
            ["transact", key, ref change @ ..] => self.handle(key).transact(change)?,
            ["fill", key, times, bytes] => {
                let bytes: usize = bytes.parse().expect("a number");
                for n in 0..times.parse().expect("a number") {
                    self.handle(key).put(&format!("{n:0bytes$}"))?;
                }
            }
            ["pile", times, bytes] => {
                let bytes: usize = bytes.parse().expect("a number");
                for n in 0..times.parse().expect("a number") {
                    self.ipos().create(format!("pile{n}"), "x".repeat(bytes))?;
                }
            }
            ["write", list, number, author, until] => {
                return self.write(list, number, author, until);
            }
            ["count", number, list, until] => return self.count(number, list, until),
            ["transact-inside", key, other] => {
                return Ok(told(
                    self.handle(key)
                        .inside(&|| self.handle(other).transact(&[])),
                ));
            }
            ["barrier-inside", key] => {
                return Ok(told(self.handle(key).inside(&|| self.ipos().barrier(HOUR))));
            }
            ["barrier"] => self.ipos().barrier(HOUR)?,
            ["barrier", milliseconds] => {
                self.ipos().barrier(duration(milliseconds))?;
            }

            ["events"] => self.events = Some(self.ipos().events()),
            ["event"] => return Ok(self.next(|events| events.next_timeout(PATIENCE), is_trouble)),
            ["event", "now"] => return Ok(self.next(Subscription::try_next, is_trouble)),
            ["news"] => return Ok(self.next(|events| events.next_timeout(PATIENCE), is_news)),
            ["news", "now"] => return Ok(self.next(Subscription::try_next, is_news)),
            ["hold", key] => self.hold = Some(self.handle(key).hold()),
            ["release"] => self.hold = None,
            ["watch", key] => self.watch = Some(self.handle(key).watch()),
            ["watched"] => return Ok(self.watch.take().expect("it watches").end()),

            ["follow", key] => {
                let ear = self.handle(key).listen();
                self.ears.insert(key.to_owned(), ear);
            }
            ["told", key] => return Ok(self.ear(key).hear(false).unwrap_or_else(none)),
            ["told", key, "now"] => return Ok(self.ear(key).hear(true).unwrap_or_else(none)),
            ["told", key, "until", value] => {
                let ear = self.ear(key);
                while ear.copy() != value {
                    ear.hear(false).expect("it is told in time");
                }
            }
            ["told", key, "all"] => {
                let ear = self.ear(key);
                let told: Vec<String> = std::iter::from_fn(|| ear.hear(true)).collect();
                let last = told.last().cloned().unwrap_or_default();
                return Ok(format!("{} things, then {last}", told.len()));
            }
            ["copy", key] => return Ok(self.ear(key).copy()),
            ["copy", key, "anew"] => return Ok(self.ear(key).snapshot()),

            ["begin", ref words @ ..] => self.begin(words),
            ["end"] => {
                let begun = self.begun.pop().expect("something was begun");
                return Ok(begun.join().expect("it does not panic"));
            }
            _ => return Ok(format!("what is {words:?}?")),
        }
        Ok("ok".to_owned())
    }

    /// Makes a copy of this process, which drops all that it has and ends.
    fn fork(&mut self) {
        match fork::fork().expect("the system makes a copy") {
            Fork::Child => {
                self.handles.clear();
                self.ears.clear();
                (self.events, self.ipos) = (None, None);
                process::exit(0)
            }
            Fork::Parent(copy) => {
                let status = fork::waitpid(copy).expect("it is there");
                assert_eq!(status, 0, "it has ended well");
            }
        }
    }

    fn ipos(&self) -> &Ipos {
        self.ipos.as_ref().expect("the actor is in a session")
    }

    fn handle(&self, key: &str) -> &Arc<dyn Held> {
        self.handles.get(key).expect("the actor has a handle")
    }

    fn events(&self) -> &Subscription<SessionEvent> {
        self.events.as_ref().expect("the actor has subscribed")
    }

    fn ear(&mut self, key: &str) -> &mut dyn Ear {
        let ear = self.ears.get_mut(key);
        &mut **ear.expect("it listens to the key")
    }

    /// The next event of some kind, by a way to wait for it; the others are dropped.
    fn next(
        &self,
        next: impl Fn(&Subscription<SessionEvent>) -> Option<SessionEvent>,
        is_meant: fn(&SessionEvent) -> bool,
    ) -> String {
        let mut events = std::iter::from_fn(|| next(self.events()));
        events.find(is_meant).map_or_else(none, tell)
    }

    /// Does something in another thread, while this one goes on.
    fn begin(&mut self, words: &[&str]) {
        let owned: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
        let mut twin = Self {
            ipos: self.ipos.clone(),
            handles: self.handles.clone(),
            ..Self::default()
        };
        self.begun.push(thread::spawn(move || {
            let words: Vec<&str> = owned.iter().map(String::as_str).collect();
            told(twin.act(&words))
        }));
    }

    /// Adds to a number, and its commits to a list, until another number is no more 0; gives how often.
    fn count(&self, number: &str, list: &str, until: &str) -> ipos::Result<String> {
        let mut times = 0;
        while self.handle(until).tell() == "0" {
            self.handle(list).update(&["push", &times.to_string()])?;
            self.handle(number).update(&["add", "1"])?;
            times += 1;
            if times % 64 == 0 {
                self.handle(number).settle()?;
            }
        }
        self.handle(number).settle()?;
        self.handle(list).settle()?;
        Ok(times.to_string())
    }

    /// Adds numbers of its own to a list, and each time to a number, until another one is no more 0; gives how
    /// often.
    fn write(&self, list: &str, number: &str, author: &str, until: &str) -> ipos::Result<String> {
        let author: u64 = author.parse().expect("a number");
        let mut times = 0;
        while self.handle(until).tell() == "0" {
            times += 1;
            let mine = author * 1_000_000 + times;
            self.handle(list).update(&["push", &mine.to_string()])?;
            self.handle(number).update(&["add", "1"])?;
            // Or it would get far ahead of a host that has little time.
            if times % 512 == 0 {
                self.handle(number).settle()?;
            }
        }
        self.handle(list).settle()?;
        self.handle(number).settle()?;
        Ok(times.to_string())
    }

    fn create<T: Word>(&mut self, key: &str, value: T) -> ipos::Result<()> {
        let handle = self.ipos().create(key, value)?;
        self.keep(key, handle);
        Ok(())
    }

    fn keep<T: Word>(&mut self, key: &str, handle: SharedHandle<T>) {
        self.handles.insert(key.to_owned(), Arc::new(handle));
    }
}

fn duration(milliseconds: &str) -> Duration {
    Duration::from_millis(milliseconds.parse().expect("a number"))
}

/// A process's number in the system, if it is known.
fn number(pid: Option<u32>) -> String {
    pid.map_or_else(none, |pid| pid.to_string())
}

/// That there is nothing to tell.
fn none() -> String {
    "none".to_owned()
}

/// Whether an event is a refusal, or tells of a slow process or subscription.
fn is_trouble(event: &SessionEvent) -> bool {
    !is_news(event)
}

/// Whether an event tells of a process or an object that comes or goes.
fn is_news(event: &SessionEvent) -> bool {
    matches!(
        event,
        SessionEvent::Joined { .. }
            | SessionEvent::Left { .. }
            | SessionEvent::Exited { .. }
            | SessionEvent::Created { .. }
            | SessionEvent::Deleted { .. }
    )
}

/// An event as a line.
fn tell(event: SessionEvent) -> String {
    match event {
        SessionEvent::Refused {
            key,
            origin,
            reason,
        } => format!("{key} of {}: {reason}", rules::name(&origin)),
        SessionEvent::Lagged { peer } => format!("{peer} lags"),
        SessionEvent::Joined { peer, pid, label } => {
            format!("{peer} joined: {} {label}", number(pid))
        }
        SessionEvent::Left {
            peer,
            pid,
            label,
            status: None,
        } => {
            format!("{peer} left: {} {label}", number(pid))
        }
        SessionEvent::Left {
            peer,
            status: Some(status),
            ..
        }
        | SessionEvent::Exited { peer, status, .. } => format!("{peer} ended: {status}"),
        SessionEvent::Created { key, origin } => {
            format!("{key} created by {}", rules::name(&origin))
        }
        SessionEvent::Deleted { key, origin } => {
            let by = origin.map_or_else(none, |origin| rules::name(&origin));
            format!("{key} deleted by {by}")
        }
        other => format!("{other:?}"),
    }
}

/// Says a valid hello, without asking who listens, and tells what comes of it.
fn knock(endpoint: &str, token: &str) -> String {
    let Ok(mut stream) = UnixStream::connect(endpoint) else {
        return "hung up on".to_owned();
    };
    let token = Token::from_hex(token).expect("a token");
    let mut hello = Vec::new();
    frame::append(&mut hello, |out| out.extend(hello::invited(&token)));
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

/// With little room for what members do.
fn limited() -> Builder {
    Ipos::builder().limits(Limits {
        members: 4,
        objects: 8,
        key_bytes: 2 * 1024,
        value_bytes: 1024 * 1024,
        schema_bytes: 16 * 1024,
    })
}

fn spinning() -> Builder {
    Ipos::builder().waiting(Waiting::Spin(Duration::from_micros(50)))
}
