//! A process's end of a session that does what a line of words says. Parent and children play by
//! the same words.

use std::{collections::BTreeMap, error::Error, rc::Rc};

use ipos::Ipos;

use super::kind::{Hears, Held, Kind, Which};

/// What a line answers: `ok`, a number, or what was asked for.
pub type Answer = Result<String, Box<dyn Error>>;

/// A process's end of a session, and the handles that it holds.
pub struct Player {
    pub ipos: Ipos,
    kinds: Rc<[Box<dyn Kind>]>,
    held: BTreeMap<Name, Box<dyn Held>>,
    listening: BTreeMap<Name, Box<dyn Hears>>,
    /// Handles to objects that are no more, with the error that they answer.
    ended: Vec<(Name, &'static str, Box<dyn Held>)>,
}

/// A key, and the kind that it was asked for as.
type Name = (String, &'static str);

impl Player {
    pub fn new(ipos: Ipos, kinds: Vec<Box<dyn Kind>>) -> Self {
        Self {
            ipos,
            kinds: kinds.into(),
            held: BTreeMap::new(),
            listening: BTreeMap::new(),
            ended: Vec::new(),
        }
    }

    /// Does what a line says: `verb key kind value seq`, as far as the verb needs them.
    ///
    /// | verb | does |
    /// |---|---|
    /// | `kinds` | answers the names of all kinds |
    /// | `keys` | answers the keys of all objects |
    /// | `host` | answers whether this process is the host |
    /// | `create` `set` `update` | writes, sees that at once, and answers its place in the order |
    /// | `churn` | the same with fifty commits; the last is an update |
    /// | `see` | the value at a place in the order is this, by the old handle and by a new one |
    /// | `has` | the object is there and is this, without any waiting |
    /// | `delete` | the object was there and is gone at once |
    /// | `missing` | there was no such object ever |
    /// | `deleted` | there is no such object any more |
    /// | `gone` | the object was deleted, which the old handle tells; it still reads this |
    /// | `replaced` | the same when the key was given to another type |
    /// | `lost` | the same when the session has ended |
    /// | `listen` | hears of changes from now on |
    /// | `hear` | one change was told since, and with it a copy is this |
    /// | `still` | what was `gone`, `replaced` or `lost` has stayed so, and still reads this |
    ///
    /// # Errors
    ///
    /// When anything is otherwise.
    pub fn act(&mut self, line: &str) -> Answer {
        let mut words = line.split(' ').chain(std::iter::repeat(""));
        let mut next = || words.next().unwrap_or_default();
        let (verb, key, kind, which, seq) = (next(), next(), next(), next(), next());
        match verb {
            "kinds" => return Ok(self.names().join(" ")),
            "keys" => return Ok(self.ipos.keys().join(" ")),
            "host" => return Ok(self.ipos.is_host().to_string()),
            _ => {}
        }
        let kinds = self.kinds.clone();
        let kind = &**kinds
            .iter()
            .find(|known| known.name() == kind)
            .ok_or("no such kind")?;
        let name = (key.to_owned(), kind.name());
        // An update has only one outcome.
        let which = if which.is_empty() {
            Which::Updated
        } else {
            which.parse()?
        };
        match verb {
            "create" => {
                let held = kind.create(&self.ipos, key, which)?;
                self.held.insert(name.clone(), held);
            }
            "set" => self.held(&name)?.set(which)?,
            "update" => self.held(&name)?.update()?,
            "churn" => {
                for _ in 0..25 {
                    self.held(&name)?.set(Which::First)?;
                    self.held(&name)?.update()?;
                }
            }
            "see" => {
                if !self.held.contains_key(&name) {
                    self.held
                        .insert(name.clone(), kind.wait_for(&self.ipos, key)?);
                }
                self.held(&name)?.reach(seq.parse()?)?;
            }
            "has" => {
                self.held.insert(name.clone(), kind.get(&self.ipos, key)?);
            }
            "delete" => {
                expect("delete", &self.ipos.delete(key)?, &true)?;
                self.must_be_missing(kind, key, "Deleted")?;
            }
            "listen" => {
                let hears = self.held(&name)?.listen();
                self.listening.insert(name.clone(), hears);
            }
            "hear" => {
                let hears = self.listening.get_mut(&name);
                hears.ok_or("nobody listens")?.hear(which)?;
            }
            "missing" | "deleted" => {
                let error = if verb == "missing" {
                    "NoSuchObject"
                } else {
                    "Deleted"
                };
                self.must_be_missing(kind, key, error)?;
                expect("delete", &self.ipos.delete(key)?, &false)?;
            }
            "gone" => {
                self.must_end(&name, "Deleted", which)?;
                self.must_be_missing(kind, key, "Deleted")?;
            }
            "replaced" => {
                self.must_end(&name, "TypeMismatch", which)?;
                must_fail("get", "TypeMismatch", kind.get(&self.ipos, key))?;
            }
            "lost" => {
                self.must_end(&name, "HostGone", which)?;
                must_fail(
                    "create",
                    "HostGone",
                    kind.create(&self.ipos, key, Which::First),
                )?;
                must_fail("delete", "HostGone", self.ipos.delete(key))?;
                kind.get(&self.ipos, key)?.must_be(which)?;
            }
            "still" => {
                let mut ended = self.ended.iter().filter(|(ended, ..)| *ended == name);
                let (_, end, held) = ended.next().ok_or("nothing like that has ended here")?;
                stays_ended(&**held, end, which)?;
            }
            _ => return Err("no such verb".into()),
        }
        match verb {
            "create" | "set" | "update" | "churn" => self.must_be(kind, &name, which)?,
            "see" | "has" => return self.must_be(kind, &name, which).map(|()| "ok".into()),
            _ => return Ok("ok".into()),
        }
        Ok(self.held(&name)?.flush()?.to_string())
    }

    /// The names of all kinds.
    fn names(&self) -> Vec<&'static str> {
        self.kinds.iter().map(|kind| kind.name()).collect()
    }

    fn held(&self, name: &Name) -> Result<&dyn Held, String> {
        self.held
            .get(name)
            .map(|held| &**held)
            .ok_or_else(|| format!("no handle to {name:?}"))
    }

    /// By the handle that is held, and by a new one.
    fn must_be(&self, kind: &dyn Kind, name: &Name, which: Which) -> Result<(), Box<dyn Error>> {
        self.held(name)?.must_be(which)?;
        kind.get(&self.ipos, &name.0)?.must_be(which)?;
        expect("contains", &self.ipos.contains(&name.0), &true)
    }

    fn must_be_missing(
        &self,
        kind: &dyn Kind,
        key: &str,
        error: &'static str,
    ) -> Result<(), Box<dyn Error>> {
        must_fail("get", error, kind.get(&self.ipos, key))?;
        expect("contains", &self.ipos.contains(key), &false)
    }

    fn must_end(
        &mut self,
        name: &Name,
        end: &'static str,
        which: Which,
    ) -> Result<(), Box<dyn Error>> {
        let held = self
            .held
            .remove(name)
            .ok_or_else(|| format!("no handle to {name:?}"))?;
        stays_ended(&*held, end, which)?;
        self.ended.insert(0, (name.clone(), end, held));
        Ok(())
    }
}

/// Waits for a handle's end: it refuses to be written, and still reads the last state.
fn stays_ended(held: &dyn Held, end: &str, which: Which) -> Result<(), Box<dyn Error>> {
    must_fail("wait_until", end, held.end())?;
    must_fail("update", end, held.update())?;
    must_fail("set", end, held.set(which))?;
    must_fail("write", end, held.open())?;
    Ok(held.must_be(which)?)
}

fn expect<T: PartialEq + std::fmt::Debug>(
    what: &str,
    found: &T,
    expected: &T,
) -> Result<(), Box<dyn Error>> {
    if found == expected {
        return Ok(());
    }
    Err(format!("{what} gives {found:?} and not {expected:?}").into())
}

fn must_fail<T>(what: &str, end: &str, result: ipos::Result<T>) -> Result<(), Box<dyn Error>> {
    match result {
        Err(error) if variant(&error) == end => Ok(()),
        Err(error) => Err(format!("{what} answers not {end} but: {error}").into()),
        Ok(_) => Err(format!("{what} answers not {end}, it works").into()),
    }
}

/// The name of an error's variant.
pub fn variant(error: &ipos::Error) -> String {
    format!("{error:?}")
        .chars()
        .take_while(|letter| letter.is_alphanumeric())
        .collect()
}
