//! What is wrong with an execution is seen, and told with its input.

use std::{
    env, fs,
    os::unix::process::ExitStatusExt as _,
    path::{Path, PathBuf},
    process::Command,
    sync::mpsc,
    thread,
    time::Duration,
};

use ipos_fuzz::{Target, trace::Trace, watch::Watch};

const INPUT: &[u8] = b"any";

/// Says in a process of its own what is to go wrong there.
const WHAT: &str = "IPOS_FUZZ_HANGS";

fn target(name: &'static str, run: fn(&[u8]) -> Trace) -> Target {
    let make = |_: &mut fastrand::Rng| vec![];
    Target { name, run, make }
}

/// Goes wrong in a way that is seen when it is over.
fn refused(run: fn(&[u8]) -> Trace, why: &str) {
    let ran = Watch::new().execute(&target("refused", run), INPUT);
    let said = ran.unwrap_err();
    assert!(said.contains(why), "{said}");
}

#[test]
fn panics_and_memory_are_told() {
    refused(|input| panic!("it is {input:?}"), "it is [97, 110, 121]");
    let large = |_: &[u8]| {
        let bytes = Vec::<u8>::with_capacity(600 << 20);
        assert_eq!(std::hint::black_box(bytes).len(), 0);
        Trace::default()
    };
    refused(large, "it allocated 6");
    assert!(
        Watch::new()
            .execute(&target("fine", |_| Trace::default()), INPUT)
            .is_ok()
    );
}

#[test]
fn one_is_executed_at_a_time() {
    let (watch, (said, hears)) = (Watch::new(), mpsc::channel());
    let other = thread::spawn(move || {
        let ran = Watch::new().execute(&target("other", |_| Trace::default()), INPUT);
        said.send(ran.is_ok()).expect("it is waited for");
    });
    let busy = target("busy", |_| {
        drop(std::hint::black_box(Vec::<u8>::with_capacity(100 << 20)));
        Trace::default()
    });
    for _ in 0..100 {
        watch.execute(&busy, INPUT).expect("it is fine");
        assert!(watch.peak() >= 100 << 20, "no other one has begun");
        assert_eq!(hears.try_recv(), Err(mpsc::TryRecvError::Empty));
    }
    drop(watch);
    assert_eq!(hears.recv(), Ok(true));
    other.join().unwrap();
}

/// What does not end, by name.
fn endless(what: &str) -> fn(&[u8]) -> Trace {
    match what {
        "loop" => |_| loop {
            std::hint::spin_loop();
        },
        "lock" => |_| loop {
            thread::park();
        },
        _ => |_| {
            let all: Vec<Vec<u8>> = (0..64).map(|_| Vec::with_capacity(40 << 20)).collect();
            loop {
                thread::park();
                assert_eq!(std::hint::black_box(&all).len(), 64);
            }
        },
    }
}

/// The files of a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).unwrap();
    files.map(|file| file.unwrap().path()).collect()
}

#[test]
fn what_does_not_end_ends_the_process_and_leaves_its_input() {
    if let Some(what) = env::var_os(WHAT) {
        let patience = match what.to_str() {
            Some("memory") => Duration::from_secs(3600),
            _ => Duration::from_millis(1),
        };
        let endless = target("endless", endless(what.to_str().unwrap()));
        drop(Watch::with_patience(patience).execute(&endless, INPUT));
        unreachable!("it does not end");
    }
    for (what, why) in [
        ("loop", "it has not ended after"),
        ("lock", "it has not ended after"),
        ("memory", "it has allocated"),
    ] {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(what);
        drop(fs::remove_dir_all(&root));
        fs::create_dir_all(&root).unwrap();
        let this = "what_does_not_end_ends_the_process_and_leaves_its_input";
        let output = Command::new(env::current_exe().unwrap())
            .args(["--exact", this])
            .env(WHAT, what)
            .env("CARGO_MANIFEST_DIR", &root)
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.signal().is_some(), "{what}: {said}");
        assert!(said.contains(why), "{what}: {said}");
        let kept = files(&root.join("found/endless"));
        assert_eq!(kept.len(), 1, "{what}");
        assert_eq!(fs::read(&kept[0]).unwrap(), INPUT, "{what}");
        assert!(said.contains(kept[0].to_str().unwrap()), "{what}: {said}");
    }
}
