//! Connections that are cut while both sides go on.

use std::{
    sync::{Arc, Mutex, PoisonError},
    thread::{self, JoinHandle},
};

use ipos_tests::roles::life::system::eventually;
use ipos_transport::{Endpoint, Link, Listener};

use crate::cast::{
    Cast,
    Step::{Ask, Begin, Finish, Hear, Signal, Start, Until},
};

/// What stands between a name and the host that serves another one. It can cut what goes through it.
struct Between {
    listener: Arc<Listener>,
    lines: Arc<Mutex<Vec<Arc<Link>>>>,
    accepting: Option<JoinHandle<()>>,
}

impl Between {
    fn new(cast: &Cast, name: &str, target: &str) -> Self {
        let base = cast.stage().path();
        let listener = Arc::new(Listener::named_in(base, name).unwrap());
        let target = Endpoint::named_in(base, target).unwrap();
        let lines = Arc::<Mutex<Vec<Arc<Link>>>>::default();
        let (accepts, known) = (listener.clone(), lines.clone());
        let accepting = thread::spawn(move || {
            let mut carrying = Vec::new();
            while let Ok(link) = accepts.accept() {
                let Ok(on) = Link::connect(&target) else {
                    continue;
                };
                let ends = [Arc::new(link), Arc::new(on)];
                known.lock().unwrap().extend(ends.clone());
                for (from, to) in [(0, 1), (1, 0)] {
                    let (from, to) = (ends[from].clone(), ends[to].clone());
                    carrying.push(thread::spawn(move || carry(&from, &to)));
                }
            }
            for thread in carrying {
                thread.join().unwrap();
            }
        });
        Self {
            listener,
            lines,
            accepting: Some(accepting),
        }
    }

    fn cut(&self) {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        for line in lines.drain(..) {
            line.shutdown();
        }
    }
}

impl Drop for Between {
    fn drop(&mut self) {
        self.listener.close();
        self.cut();
        if let Some(accepting) = self.accepting.take() {
            accepting.join().unwrap();
        }
    }
}

fn carry(from: &Link, to: &Link) {
    let mut buffer = vec![0; 4096];
    while let Ok(read @ 1..) = from.read(&mut buffer, None) {
        if to.write_all(&buffer[..read], None).is_err() {
            break;
        }
    }
    from.shutdown();
    to.shutdown();
}

#[test]
fn a_member_whose_connection_was_cut_goes_on_where_it_was() {
    let mut cast = Cast::new();
    cast.play(&[
        Start("h"),
        Ask("h", "serve real", "ok"),
        Ask("h", "create n number 1", "ok"),
        Ask("h", "create log list ", "ok"),
        Start("o"),
        Ask("o", "connect real", "ok"),
        Ask("o", "events", "ok"),
    ]);
    let between = Between::new(&cast, "board", "real");
    cast.play(&[
        Start("m"),
        Ask("m", "connect board", "ok"),
        Ask("m", "get n number", "ok"),
        Ask("m", "get log list", "ok"),
        Ask("m", "events", "ok"),
        Ask("o", "news", "peer 2 joined: .."),
        // From the first wait on a connection has more descriptors.
        Ask("m", "wait-in-vain n", "Timeout: .."),
        Ask("h", "wait-in-vain n", "Timeout: .."),
        Ask("h", "barrier", "ok"),
        Ask("h", "barrier", "ok"),
    ]);
    let before = ["m", "h"].map(|who| (cast.ask(who, "threads"), cast.ask(who, "descriptors")));
    for n in 0..100 {
        between.cut();
        cast.play(&[
            Ask("m", format!("update log push {n}").leak(), "ok"),
            Ask("m", "update n add 1", "ok"),
            Ask("m", "event", "Disconnected { why: .. }"),
            Ask("m", "event", "Reconnected { anew: false }"),
        ]);
    }
    cast.play(&[
        Ask("m", "flush n", "ok"),
        Ask("m", "flush log", "ok"),
        Ask("h", "wait n 101", "ok"),
        Ask("m", "transact n add 1", "ok"),
        Ask("h", "set n 3", "ok"),
        Ask("m", "wait n 3", "ok"),
        // The others have heard of nothing.
        Ask("o", "news now", "none"),
    ]);
    let log: Vec<String> = (0..100).map(|n: u32| n.to_string()).collect();
    assert_eq!(
        cast.ask("h", "read log"),
        log.join(","),
        "each once, in order"
    );
    for (who, before) in ["m", "h"].into_iter().zip(before) {
        eventually(&format!("{who} is as it was: {before:?}"), || {
            (cast.ask(who, "threads"), cast.ask(who, "descriptors")) == before
        });
    }
    cast.play(&[
        Finish("m"),
        Ask("o", "news", "peer 2 left: .."),
        Finish("o"),
        Finish("h"),
    ]);
}

#[test]
fn nobody_waits_for_a_member_that_is_cut_off() {
    let mut cast = Cast::new();
    cast.play(&[
        Start("h"),
        Ask("h", "serve real", "ok"),
        Ask("h", "create n number 1", "ok"),
    ]);
    let between = Between::new(&cast, "board", "real");
    cast.play(&[
        Start("m"),
        Ask("m", "connect board", "ok"),
        Ask("m", "get n number", "ok"),
        Ask("h", "events", "ok"),
    ]);
    cast.play(&[Signal("m", "STOP")]);
    between.cut();
    cast.play(&[
        Ask("h", "set n 2", "ok"),
        Ask("h", "barrier", "ok"),
        Ask("h", "news now", "none"),
        Signal("m", "CONT"),
        Ask("m", "wait n 2", "ok"),
        Ask("m", "update n add 1", "ok"),
        Ask("h", "wait n 3", "ok"),
        Ask("h", "barrier", "ok"),
        // One that has ended is not waited for.
        Signal("m", "KILL"),
    ]);
    drop(between);
    cast.play(&[
        Start("late"),
        Ask("late", "connect real", "ok"),
        Finish("late"),
        Finish("h"),
    ]);
}

#[test]
fn a_member_that_is_cut_off_can_be_removed() {
    let mut cast = Cast::new();
    cast.play(&[Start("h"), Ask("h", "serve real", "ok")]);
    let between = Between::new(&cast, "board", "real");
    cast.play(&[
        Start("m"),
        Ask("m", "connect board", "ok"),
        Ask("h", "events", "ok"),
        Signal("m", "STOP"),
    ]);
    between.cut();
    cast.play(&[
        Until("h", "peers", "peer 1 Away .. queued unknown"),
        Ask("h", "remove 1", "true"),
        Ask("h", "remove 1", "false"),
        Ask("h", "peers", ""),
        Ask("h", "news", "peer 1 left: .."),
        Signal("m", "CONT"),
        Ask(
            "m",
            "wait-for never",
            "HostGone: .. it was removed from the session",
        ),
        Ask("h", "news now", "none"),
        Finish("m"),
        Finish("h"),
    ]);
}

#[test]
fn a_member_sees_that_its_host_is_away() {
    let mut cast = Cast::new();
    cast.play(&[
        Start("h"),
        Ask("h", "serve real", "ok"),
        Ask("h", "create n number 1", "ok"),
    ]);
    let between = Between::new(&cast, "board", "real");
    cast.play(&[
        Start("m"),
        Ask("m", "connect board", "ok"),
        Ask("m", "events", "ok"),
        Ask("m", "get n number", "ok"),
        Signal("h", "STOP"),
    ]);
    between.cut();
    // It sees the host as one that is not there.
    cast.play(&[
        Ask("m", "event", "Disconnected { why: .. }"),
        Until("m", "peers", "peer 0 Away .."),
        Ask("m", "update n add 1", "ok"),
        Signal("h", "CONT"),
        Ask("m", "event", "Reconnected { anew: false }"),
        Until("m", "peers", "peer 0 Live .."),
        Ask("h", "wait n 2", "ok"),
        Finish("m"),
        Finish("h"),
    ]);
}

#[test]
fn of_a_process_that_has_crashed_others_hear_at_once() {
    let mut cast = Cast::new();
    cast.play(&[
        Start("h"),
        Ask("h", "serve board", "ok"),
        Ask("h", "events", "ok"),
        Start("m"),
        Ask("m", "connect board", "ok"),
        Ask("h", "news", "peer 1 joined: .."),
        Until("h", "threads", "ipos-link ipos-listener"),
        Signal("m", "KILL"),
        Ask("h", "news", "peer 1 left: .."),
        Until("h", "threads", "ipos-listener"),
        Finish("h"),
    ]);
}

#[test]
fn who_waits_while_its_connection_is_cut_hears_of_what_comes_then() {
    let mut cast = Cast::new();
    cast.play(&[
        Start("h"),
        Ask("h", "serve real", "ok"),
        Ask("h", "create n number 0", "ok"),
    ]);
    let between = Between::new(&cast, "board", "real");
    cast.play(&[
        Start("m"),
        Ask("m", "connect board", "ok"),
        Ask("m", "get n number", "ok"),
    ]);
    for (n, [who, other]) in (1..=40).zip([["m", "h"], ["h", "m"]].into_iter().cycle()) {
        let ask = |what| &*format!("{what} n {n}").leak();
        cast.play(&[Begin(who, ask("wait"))]);
        between.cut();
        cast.play(&[Ask(other, ask("set"), "ok"), Hear(who, "ok")]);
    }
    cast.play(&[Finish("m"), Finish("h")]);
}
