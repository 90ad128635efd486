//! What an actor holds: handles to objects whose values are words.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use ipos::{Shared, SharedHandle};
use serde::{Deserialize, Serialize};

use super::{
    HOUR,
    board::Board,
    ears::{Ear, Listener},
};

/// A handle of any type.
pub trait Held: Send + Sync {
    /// The value.
    fn tell(&self) -> String;
    /// Its place in the order.
    fn place(&self) -> u64;
    /// Replaces the value.
    fn put(&self, value: &str) -> ipos::Result<()>;
    /// Waits for a value.
    fn wait(&self, value: &str) -> ipos::Result<()>;
    /// Waits for what never comes.
    fn wait_in_vain(&self) -> ipos::Result<()>;
    /// Waits for a change.
    fn change(&self) -> ipos::Result<()>;
    /// Waits for the verdicts.
    fn settle(&self) -> ipos::Result<()>;
    /// Whether they are there.
    fn is_settled(&self) -> bool;
    /// Makes a commit of a change.
    fn update(&self, change: &[&str]) -> ipos::Result<()>;
    /// Makes a commit of a change, and waits for its verdict.
    fn transact(&self, change: &[&str]) -> ipos::Result<()>;
    /// Does something while the object is held.
    fn inside(&self, act: &dyn Fn() -> ipos::Result<()>) -> ipos::Result<String>;
    /// Begins to note the values that can be seen.
    fn watch(&self) -> Watch;
    /// Reads it in another thread, which does not let go of it.
    fn hold(&self) -> Hold;
    /// Begins to listen.
    fn listen(&self) -> Box<dyn Ear>;
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
    fn wait_in_vain(&self) -> ipos::Result<()> {
        self.wait_until(Duration::from_millis(20), |_| false)
    }
    fn change(&self) -> ipos::Result<()> {
        self.changed(HOUR)
    }
    fn settle(&self) -> ipos::Result<()> {
        self.flush(HOUR)
    }
    fn is_settled(&self) -> bool {
        self.is_confirmed()
    }
    fn update(&self, change: &[&str]) -> ipos::Result<()> {
        SharedHandle::update(self, |writer| T::make(writer, change))
    }
    fn transact(&self, change: &[&str]) -> ipos::Result<()> {
        SharedHandle::transact(self, |writer| T::make(writer, change))
    }
    fn inside(&self, act: &dyn Fn() -> ipos::Result<()>) -> ipos::Result<String> {
        let _guard = self.read();
        act().map(|()| "ok".to_owned())
    }
    fn hold(&self) -> Hold {
        let handle = self.clone();
        let (holds, is_held) = mpsc::channel();
        let (release, released) = mpsc::channel();
        let thread = thread::spawn(move || {
            let _held = handle.read();
            let _ = holds.send(());
            // Its end is what is waited for.
            let _: Result<(), _> = released.recv();
        });
        is_held.recv().expect("the thread reads it");
        Hold {
            release: Some(release),
            thread: Some(thread),
        }
    }
    fn watch(&self) -> Watch {
        let (handle, over) = (self.clone(), Arc::new(AtomicBool::new(false)));
        let is_over = over.clone();
        let mut seen = vec![handle.tell()];
        let thread = thread::spawn(move || {
            // What it is told of before the end is looked at once more.
            let mut last = false;
            while !last {
                last = is_over.load(Ordering::Acquire);
                let now = handle.tell();
                if seen.last() != Some(&now) {
                    seen.push(now);
                }
                thread::yield_now();
            }
            seen.join(" ")
        });
        Watch { over, thread }
    }
    fn listen(&self) -> Box<dyn Ear> {
        Box::new(Listener::new(self.follow()))
    }
}

/// A thread that reads an object, until this is dropped.
pub struct Hold {
    release: Option<mpsc::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Hold {
    fn drop(&mut self) {
        drop(self.release.take());
        if let Some(thread) = self.thread.take() {
            thread.join().expect("it only reads");
        }
    }
}

/// A thread that notes the values of an object.
pub struct Watch {
    over: Arc<AtomicBool>,
    thread: JoinHandle<String>,
}

impl Watch {
    /// The values that it has seen, one after the other.
    ///
    /// # Panics
    ///
    /// When its thread has.
    #[must_use]
    pub fn end(self) -> String {
        self.over.store(true, Ordering::Release);
        self.thread.join().expect("it only reads")
    }
}

/// A value that is one word on a line.
pub trait Word: Shared {
    /// From the word.
    fn parse(word: &str) -> Self;
    /// The word.
    fn tell(&self) -> String;
    /// Makes a change that is told in words; none are none.
    fn make(writer: &mut Self::Mut<'_>, change: &[&str]);
}

fn unknown(change: &[&str]) {
    assert!(change.is_empty(), "what is {change:?}?");
}

fn place(word: &str) -> usize {
    word.parse().expect("a place")
}

impl Word for u64 {
    fn parse(word: &str) -> Self {
        word.parse().expect("a number")
    }
    fn tell(&self) -> String {
        self.to_string()
    }
    fn make(writer: &mut Self::Mut<'_>, change: &[&str]) {
        match *change {
            ["set", n] => writer.set(Self::parse(n)),
            ["add", n] => writer.add(Self::parse(n)),
            ["endless"] => loop {
                std::hint::spin_loop();
            },
            _ => unknown(change),
        }
    }
}

impl Word for String {
    fn parse(word: &str) -> Self {
        word.to_owned()
    }
    fn tell(&self) -> String {
        self.clone()
    }
    fn make(writer: &mut Self::Mut<'_>, change: &[&str]) {
        match *change {
            ["push", text] => writer.push_str(text),
            _ => unknown(change),
        }
    }
}

impl Word for Vec<u64> {
    fn parse(word: &str) -> Self {
        let words = word.split_terminator(',');
        words.map(u64::parse).collect()
    }
    fn tell(&self) -> String {
        self.iter()
            .map(u64::to_string)
            .collect::<Vec<_>>()
            .join(",")
    }
    fn make(writer: &mut Self::Mut<'_>, change: &[&str]) {
        match *change {
            ["push", n] => writer.push(u64::parse(n)),
            ["remove", at] => {
                writer.remove(place(at));
            }
            ["at", at, n] => writer.at(place(at)).set(u64::parse(n)),
            ["two", at, n] => {
                writer.remove(place(at));
                writer.push(u64::parse(n));
            }
            _ => unknown(change),
        }
    }
}

impl Word for Board {
    fn parse(_: &str) -> Self {
        Self::sample()
    }
    fn tell(&self) -> String {
        self.digest()
    }
    fn make(_: &mut Self::Mut<'_>, change: &[&str]) {
        unknown(change);
    }
}

/// Tasks that the host alone approves.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
pub struct Plan {
    title: String,
    tasks: Vec<Task>,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
struct Task {
    name: String,
    #[shared(host_only)]
    approved: bool,
}

impl Word for Plan {
    fn parse(word: &str) -> Self {
        let mut words = word.split(',');
        let title = words.next().unwrap_or_default().to_owned();
        let task = |name: &str| Task {
            name: name.to_owned(),
            approved: false,
        };
        Self {
            title,
            tasks: words.map(task).collect(),
        }
    }
    fn tell(&self) -> String {
        let tasks = self.tasks.iter();
        let tasks =
            tasks.map(|task| format!(",{}{}", task.name, if task.approved { "!" } else { "" }));
        self.title.clone() + &tasks.collect::<String>()
    }
    fn make(writer: &mut Self::Mut<'_>, change: &[&str]) {
        match *change {
            ["title", title] => writer.set_title(title),
            ["add", name] => writer.tasks_mut().push(Task {
                name: name.to_owned(),
                approved: false,
            }),
            ["name", at, name] => writer.tasks_mut().at(place(at)).set_name(name),
            ["approve", at] => writer.tasks_mut().at(place(at)).set_approved(true),
            ["name-and-approve", at, name] => {
                let mut tasks = writer.tasks_mut();
                let mut task = tasks.at(place(at));
                task.set_name(name);
                task.set_approved(true);
            }
            ["remove", at] => {
                writer.tasks_mut().remove(place(at));
            }
            _ => unknown(change),
        }
    }
}
