//! Every example, run without a terminal, and what it has come to.

use std::{
    env, fs,
    io::Read,
    path::PathBuf,
    process::{Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

/// Far more than any example takes.
const DEADLINE: Duration = Duration::from_secs(120);

/// Runs an example; gives what it prints. What it says to its error output stands in the test's.
fn run(name: &str, args: &[&str]) -> String {
    let mut program = Command::new(example(name));
    let program = program
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
    let mut child = program
        .spawn()
        .unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut output = child.stdout.take().unwrap();
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut text = String::new();
        // A child of its own may still hold it when it is killed; then nobody listens any more.
        let _ = sender.send(output.read_to_string(&mut text).map(|_| text));
    });
    let Ok(text) = receiver.recv_timeout(DEADLINE) else {
        child.kill().unwrap();
        panic!("{name} has not ended after {DEADLINE:?}");
    };
    let (text, end) = (text.unwrap(), child.wait().unwrap());
    assert!(end.success(), "{name} ended with {end} after\n{text}");
    text
}

/// Cargo puts the examples beside the folder of the tests' own programs.
fn example(name: &str) -> PathBuf {
    let mut path = env::current_exe().unwrap();
    path.pop();
    path.pop();
    path.join("examples").join(name)
}

fn check(name: &str, args: &[&str], expected: &[&str]) -> String {
    let text = run(name, args);
    for line in expected {
        assert!(text.contains(line), "`{line}` is not in\n{text}");
    }
    text
}

#[test]
fn plugin_host_survives_its_plugins() {
    check(
        "plugin-host",
        &[],
        &[
            "calc crashed on line 4 (exit status: 101): quarantined",
            "calc begins at line 5 as process",
            "calc crashed on line 7 (signal: 6 (SIGABRT)",
            "having done 6",
            "n = n + 1                | n is 4",
            "apples + pears + n       | 22",
            "calc: 8 done, 2 crashes, quarantined: {4, 7}",
            "words: 10 done, 0 crashes, quarantined: {}",
        ],
    );
}

#[test]
fn tokio_service_answers_each_number_once() {
    check(
        "tokio-service",
        &["--check"],
        &[
            "10087139 = 1607 x 6277",
            "has answered: [Insert(",
            "checked: 120 numbers, each answered once",
        ],
    );
}

#[test]
fn live_tuning_is_written_by_both_sides() {
    let text = check(
        "live-tuning",
        &["--script"],
        &[
            "stands in three waves.\n┌sliders──",
            "│> frequency          0.790  ││",
            "│> tension            0.720  ││",
            "│the string broke at tension 1.20: lowered to 0.72 ",
            "It was paused at step ",
            "the simulation ended with exit status: 0",
        ],
    );
    let is_curve = |c: char| ('\u{2801}'..='\u{28ff}').contains(&c);
    assert!(
        text.chars().filter(|c| is_curve(*c)).count() > 100,
        "{text}"
    );
}

#[test]
fn worker_pool_renders_the_same_with_workers_and_with_one_killed() {
    let image = |args: &[&str], name, expected: &[&str]| {
        let file = format!("{}/{name}.png", env!("CARGO_TARGET_TMPDIR"));
        check("worker-pool", &[args, &[&file]].concat(), expected);
        fs::read(file).unwrap()
    };
    let alone = image(&["--alone"], "alone", &["480 by 320 pixels"]);
    let together = image(&[], "together", &["worker 3 has rendered "]);
    let killed = ["worker 1 ended with signal: 9 (SIGKILL); tiles ["];
    let with_one_killed = image(&["--kill"], "killed", &killed);
    assert!(alone.starts_with(b"\x89PNG") && alone.len() > 10_000);
    assert!(alone == together, "workers make another image");
    assert!(alone == with_one_killed, "a killed worker has left a trace");
}
