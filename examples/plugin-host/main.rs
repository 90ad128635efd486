//! `cargo run --example plugin-host`: an editor whose plug-ins are processes. One of them crashes on
//! some lines; the editor goes on, and so does the plug-in, behind the line that it crashed on.

mod calc;

use ipos::{Event, Events, Ipos, Shared, SharedHandle, Subscription};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    env, process,
    process::Command,
    thread,
    time::Duration,
};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// What the editor and its plug-ins share.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
struct Editor {
    lines: Vec<Line>,
    plugins: BTreeMap<String, Plugin>,
    is_closing: bool,     // no more lines will come
    news: Events<String>, // what is told to the user, in the order in which it happened
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
struct Line {
    text: String,
    notes: BTreeMap<String, String>, // by plug-in
}

/// All that a plug-in knows from one line to the next. Its process may die: this stays.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
struct Plugin {
    at: usize,                     // the line that it works on, or waits for
    memory: BTreeMap<String, i64>, // the variables of `calc`
    done: usize,
    quarantined: BTreeSet<usize>, // the lines that it crashed on
    crashes: usize,
}

const PLUGINS: [&str; 2] = ["calc", "words"];

fn main() -> Result<()> {
    match env::args().nth(1) {
        Some(name) => plugin(&name),
        None => editor(),
    }
}

fn editor() -> Result<()> {
    let ipos = Ipos::host()?;
    let editor = ipos.create("editor", Editor::default())?;
    let news = editor.events(|e| &e.news);
    let teller = thread::spawn(move || tell(news));
    thread::scope(|scope| {
        let keepers = PLUGINS.map(|name| scope.spawn(|| keep(&ipos, &editor, name)));
        // The user, who types while the plug-ins start, crash and start again.
        for text in document() {
            editor.update(|e| {
                e.lines_mut().push(Line {
                    text,
                    ..Line::default()
                });
            })?;
        }
        editor.update(|e| e.set_is_closing(true))?;
        for keeper in keepers {
            keeper.join().expect("a keeper does not panic")?;
        }
        Result::Ok(())
    })?;
    let e = editor.snapshot();
    drop(ipos); // ends the session, and with it the news
    teller.join().expect("the teller does not panic");
    show(&e);
    Ok(())
}

/// Starts a plug-in, and starts it again as often as it crashes.
fn keep(ipos: &Ipos, editor: &SharedHandle<Editor>, name: &str) -> Result<()> {
    editor.update(|e| e.plugins_mut().insert(name.to_owned(), Plugin::default()))?;
    loop {
        let mut program = Command::new(env::current_exe()?);
        let plugin = ipos.spawn(program.arg(name))?;
        let end = plugin.wait()?;
        if end.success() {
            return Ok(());
        }
        // Where it was is in the shared object, and so is all that it knew: nothing to be saved.
        editor.update(|e| {
            let at = e.plugins[name].at;
            let news = format!("{name} crashed on line {at} ({end}): quarantined");
            e.news_mut().emit(news);
            let mut plugins = e.plugins_mut();
            let mut plugin = plugins.get_mut(name).expect("it was put in above");
            plugin.crashes_mut().add(1);
            plugin.quarantined_mut().insert(at);
            plugin.set_at(at + 1);
        })?;
    }
}

/// The plug-in's process.
fn plugin(name: &str) -> Result<()> {
    let ipos = Ipos::join()?;
    let editor = ipos.get::<Editor>("editor")?;
    let news = {
        let (me, plugin) = (process::id(), &editor.read().plugins[name]);
        let (at, done) = (plugin.at, plugin.done);
        format!("{name} begins at line {at} as process {me}, having done {done}")
    };
    editor.update(|e| e.news_mut().emit(news))?;
    loop {
        editor.wait_until(Duration::MAX, |e| {
            e.plugins[name].at < e.lines.len() || e.is_closing
        })?;
        let (at, text, memory) = {
            let e = editor.read();
            let plugin = &e.plugins[name];
            let Some(line) = e.lines.get(plugin.at) else {
                return Ok(());
            };
            (plugin.at, line.text.clone(), plugin.memory.clone())
        };
        let (variable, note) = match name {
            "calc" => match on_small_stack(move || calc::line(&text, &memory)) {
                Ok((Some(name), value)) => {
                    let note = format!("{name} is {value}");
                    (Some((name, value)), note)
                }
                Ok((None, value)) => (None, value.to_string()),
                Err(problem) => (None, problem),
            },
            _ => (None, format!("words: {}", text.split_whitespace().count())),
        };
        // The note, the memory and the way to the next line are one commit: all of it is there after a
        // crash, or nothing. So each line is done once.
        editor.update(|e| {
            let news = format!("{name} on line {at}: {note}");
            e.news_mut().emit(news);
            e.lines_mut()
                .at(at)
                .notes_mut()
                .insert(name.to_owned(), note);
            let mut plugins = e.plugins_mut();
            let mut plugin = plugins.get_mut(name).expect("the host put it in");
            plugin.memory_mut().extend(variable);
            plugin.done_mut().add(1);
            plugin.set_at(at + 1);
        })?;
        // Whatever the next line does to this process, the host knows of this one.
        editor.flush(Duration::MAX)?;
    }
}

/// A thread with less stack than the main one, so that a small line can use it up.
fn on_small_stack<R: Send + 'static>(work: impl FnOnce() -> R + Send + 'static) -> R {
    let thread = thread::Builder::new().stack_size(512 << 10).spawn(work);
    let end = thread.expect("there is room for a thread").join();
    end.unwrap_or_else(|_| process::exit(101)) // as a panic of the main thread does
}

fn tell(news: Subscription<Event<String>>) {
    for event in news {
        match event {
            Event::Emitted { event, .. } => println!("{event}"),
            Event::Missed { .. } => println!("(some news was missed)"),
        }
    }
}

/// The last state; and that each line was done by each plug-in once, or is quarantined.
fn show(e: &Editor) {
    println!();
    for (number, line) in e.lines.iter().enumerate() {
        let notes = PLUGINS.map(|name| line.notes.get(name).map_or("quarantined", |n| n));
        let short: String = line.text.chars().take(24).collect();
        println!("{number:>2}  {short:<24} | {:<19} | {}", notes[0], notes[1]);
    }
    println!();
    for (name, plugin) in &e.plugins {
        let Plugin {
            done,
            crashes,
            quarantined,
            ..
        } = plugin;
        println!("{name}: {done} done, {crashes} crashes, quarantined: {quarantined:?}");
        assert_eq!(done + quarantined.len(), e.lines.len());
        for (number, line) in e.lines.iter().enumerate() {
            assert_ne!(line.notes.contains_key(name), quarantined.contains(&number));
        }
    }
    // Each of the lines that count has counted once, on whichever side of a crash.
    assert_eq!(e.plugins["calc"].memory["n"], 4);
}

fn document() -> Vec<String> {
    let deep = format!("{}1{}", "(".repeat(20_000), ")".repeat(20_000));
    let lines = [
        "apples = 3 * (2 + 2)",
        "n = 1",
        "pears = apples / 2",
        "n = n + 1",
        "each = apples / (pears - 6)",
        "n = n + 1",
        "plums = 7 + cherries",
        &deep,
        "n = n + 1",
        "apples + pears + n",
    ];
    lines.map(str::to_owned).into()
}
