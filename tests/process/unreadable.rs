//! What one process takes for a value and another one's `Deserialize` does not: the object becomes unreadable
//! there, or the host refuses it, and the session goes on.

use std::sync::{Mutex, mpsc::channel};

use ipos::{Ipos, SharedHandle};
use ipos_tests::{
    PATIENCE, child,
    roles::evens::{COUNT, KEY, Number, any, even},
    talk::Talk,
};

/// Who does the next thing.
#[derive(Clone, Copy, Debug)]
enum Who {
    /// The one that takes even numbers alone.
    Strict,
    /// The one that takes all.
    Lenient,
    /// The host, which takes all: all others have heard of everything.
    Host,
}
use Who::{Host, Lenient, Strict};

/// What a process is asked, and the answer; `..` at its end stands for anything.
type Row = (Who, &'static str, &'static str);

const THREE: &str = "`n` cannot be read as Even in this process: ipos_tests::roles::evens::even::Even \
                     refuses it: 3 is odd; ..";
const FIVE: &str = "`n` cannot be read as Even in this process: ipos_tests::roles::evens::even::Even \
                    refuses it: 5 is odd; ..";

fn fits(answer: &str, expected: &str) -> bool {
    match expected.strip_suffix("..") {
        Some(start) => answer.starts_with(start),
        None => answer == expected,
    }
}

/// Every member is in the session.
fn count(strict: &mut Talk, lenient: &mut Talk, count: &SharedHandle<u64>) {
    let before = *count.read();
    strict.order("count");
    lenient.order("count");
    count
        .wait_until(PATIENCE, |now| *now == before + 2)
        .unwrap();
}

fn check(rows: &[Row]) {
    let ipos = Ipos::host().unwrap();
    ipos.create(KEY, any::Even::of(2)).unwrap();
    let counted = ipos.create(COUNT, 0).unwrap();
    let processes = ["evens/even", "evens/any"].map(|role| ipos.spawn(child!(role)).unwrap());
    let [mut strict, mut lenient] = processes.each_ref().map(Talk::with);
    for row in rows {
        let &(who, line, expected) = row;
        let answer = match who {
            Strict => strict.ask(line),
            Lenient => lenient.ask(line),
            Host => ipos
                .barrier(PATIENCE)
                .map_or_else(|error| error.to_string(), |()| "ok".into()),
        };
        assert!(fits(&answer, expected), "{row:?} is answered `{answer}`");
    }
    count(&mut strict, &mut lenient, &counted);
}

#[test]
fn a_handle_ends_and_the_next_one_reads_what_has_become_readable() {
    check(&[
        (Lenient, "set 3", "ok"),
        (Strict, "outlive", THREE),
        (Strict, "changed", THREE),
        (Strict, "flush", THREE),
        (Strict, "set 6", THREE),
        (Strict, "transact 6", THREE),
        (Strict, "confirmed", "false"),
        (Strict, "read", "2"),
        (Strict, "get", THREE),
        (Strict, "value", "<Even: 1 bytes>"),
        (Strict, "barrier", "ok"),
        // A change that makes it readable is for the next handle.
        (Lenient, "set 4", "ok"),
        (Lenient, "flush", "ok"),
        (Host, "barrier", "ok"),
        (Strict, "read", "2"),
        (Strict, "flush", THREE),
        (Strict, "get", "ok"),
        (Strict, "read", "4"),
        (Strict, "set 6", "ok"),
        (Strict, "flush", "ok"),
        (Strict, "confirmed", "true"),
        (Lenient, "wait 6", "ok"),
        // And again.
        (Lenient, "set 5", "ok"),
        (Strict, "outlive", FIVE),
        (Strict, "get", FIVE),
        (Strict, "read", "6"),
    ]);
}

#[test]
fn a_subscription_ends_with_the_last_state_that_can_be_read() {
    check(&[
        (Strict, "subscribe", "ok"),
        (Lenient, "set 4", "ok"),
        (Lenient, "set 3", "ok"),
        (Strict, "heard", "[Set(Even(4))], Deleted"),
        (Strict, "read", "4"),
        (Strict, "subscribe", "ok"),
        (Strict, "heard", "Deleted"),
        (Lenient, "set 6", "ok"),
        (Lenient, "flush", "ok"),
        (Host, "barrier", "ok"),
        (Strict, "get", "ok"),
        (Strict, "subscribe", "ok"),
        (Lenient, "set 8", "ok"),
        (Lenient, "create 10", "ok"),
        (Lenient, "create 5", "ok"),
        (Strict, "heard", "[Set(Even(8))], Reset, Deleted"),
        (Strict, "read", "10"),
    ]);
}

#[test]
fn an_object_is_put_in_place_of_one_that_cannot_be_read() {
    check(&[
        (Lenient, "create 3", "ok"),
        (Strict, "outlive", THREE),
        (Strict, "get", THREE),
        (Strict, "create 4", "ok"),
        (Strict, "flush", "ok"),
        (Lenient, "wait 4", "ok"),
        (Lenient, "create 5", "ok"),
        (Strict, "outlive", FIVE),
        (Strict, "read", "4"),
        (Lenient, "create 8", "ok"),
        (Lenient, "flush", "ok"),
        (Host, "barrier", "ok"),
        (Strict, "get", "ok"),
        (Strict, "read", "8"),
    ]);
}

#[test]
fn who_waits_for_a_verdict_is_told_and_what_was_proposed_counts() {
    for line in ["transact 8", "set-and-flush 8"] {
        let ipos = Ipos::host().unwrap();
        let (entered, has_entered) = channel();
        let (open, gate) = channel();
        let gate = Mutex::new(gate);
        ipos.create_with(KEY, any::Even::of(2), move |_, after, _| {
            if after.number() == 3 {
                entered.send(()).unwrap();
                gate.lock().unwrap().recv().unwrap();
            }
            Ok(())
        })
        .unwrap();
        let counted = ipos.create(COUNT, 0).unwrap();
        let processes = ["evens/even", "evens/any"].map(|role| ipos.spawn(child!(role)).unwrap());
        let [mut strict, mut lenient] = processes.each_ref().map(Talk::with);
        // The host has not said anything yet to the one that comes first.
        lenient.order("set 3");
        has_entered.recv().unwrap();
        assert_eq!(strict.ask(line), "inside");
        open.send(()).unwrap();
        let answer = strict.hear().unwrap();
        assert!(fits(&answer, THREE), "{line}: {answer}");
        // What was on its way has arrived, and made the number one that can be read.
        strict.order("barrier");
        strict.order("get");
        assert_eq!(strict.ask("read"), "8");
        strict.order("flush");
        count(&mut strict, &mut lenient, &counted);
    }
}

#[test]
fn a_host_refuses_what_its_own_type_refuses() {
    let ipos = Ipos::host().unwrap();
    let number = ipos.create(KEY, even::Even::of(2)).unwrap();
    let counted = ipos.create(COUNT, 0).unwrap();
    let processes = ["evens/even", "evens/any"].map(|role| ipos.spawn(child!(role)).unwrap());
    let [mut strict, mut lenient] = processes.each_ref().map(Talk::with);
    let refused = |what: &str| {
        format!(
            "a commit was refused, and is undone: the host cannot read what it makes of the object: \
             ipos_tests::roles::evens::even::Even refuses it: {what} is odd"
        )
    };
    lenient.order("set 3");
    assert_eq!(lenient.ask("flush"), refused("3"));
    assert_eq!(lenient.ask("read"), "2");
    assert_eq!(lenient.ask("transact 5"), "inside");
    assert_eq!(lenient.hear().unwrap(), refused("5"));
    lenient.order("set 4");
    lenient.order("flush");
    number.wait_until(PATIENCE, |n| n.number() == 4).unwrap();
    // An object in place of it as well, if the host has to read it.
    lenient.order("create 7");
    assert_eq!(lenient.ask("flush"), refused("7"));
    lenient.order("wait 4");
    lenient.order("set 6");
    lenient.order("flush");
    number.wait_until(PATIENCE, |n| n.number() == 6).unwrap();
    strict.order("wait 6");
    count(&mut strict, &mut lenient, &counted);
}

#[test]
fn a_host_that_has_not_read_an_object_passes_it_on() {
    let ipos = Ipos::host().unwrap();
    ipos.create(KEY, any::Even::of(2)).unwrap();
    let counted = ipos.create(COUNT, 0).unwrap();
    let processes = ["evens/even", "evens/any"].map(|role| ipos.spawn(child!(role)).unwrap());
    let [mut strict, mut lenient] = processes.each_ref().map(Talk::with);
    for process in [&mut strict, &mut lenient] {
        // They have their handles by then.
        assert_eq!(process.ask("read"), "2");
    }
    ipos.delete(KEY).unwrap();
    ipos.barrier(PATIENCE).unwrap();
    lenient.order("create 3");
    lenient.order("barrier");
    let error = ipos.get::<even::Even>(KEY).unwrap_err().to_string();
    assert!(fits(&error, THREE), "{error}");
    assert!(fits(&strict.ask("get"), THREE));
    assert_eq!(ipos.get::<any::Even>(KEY).unwrap().read().number(), 3);
    count(&mut strict, &mut lenient, &counted);
}
