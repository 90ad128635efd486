//! What the system says of this process and of others, and waiting for it to say something.

use std::{
    fs,
    io::Write,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::PATIENCE;

/// The names of this process's threads that IPOS has started, in order. The system may go on to list
/// a thread for a moment after it was joined, and lists a new one before it has its name.
///
/// # Panics
///
/// When the system does not tell.
pub fn threads() -> Vec<String> {
    threads_of(std::process::id())
}

/// The same of another process.
///
/// # Panics
///
/// When it is not there.
pub fn threads_of(pid: u32) -> Vec<String> {
    let own = pid.to_string();
    let tasks = fs::read_dir(format!("/proc/{pid}/task")).expect("the system lists threads");
    // The first thread has the program's name, which may look like one of ours.
    let tasks = tasks.flatten().filter(|task| *task.file_name() != *own);
    // A thread may end between being listed and being asked.
    let names = tasks.filter_map(|task| fs::read_to_string(task.path().join("comm")).ok());
    let mut names: Vec<_> = names.map(|name| name.trim().to_owned()).collect();
    names.retain(|name| name.starts_with("ipos-"));
    names.sort();
    names
}

/// What a process answers to one line that has this one's program and environment, and plays a role.
///
/// # Panics
///
/// When it cannot be started or does not answer.
#[must_use]
pub fn child_of_this(role: &str, line: &str) -> String {
    let mut child = Command::new("/proc/self/exe")
        .arg(role)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program is still there");
    let mut to = child.stdin.take().expect("it has a pipe there");
    writeln!(to, "{line}").expect("it listens");
    drop(to);
    let output = child.wait_with_output().expect("it ends");
    let output = String::from_utf8_lossy(&output.stdout).into_owned();
    output.trim().to_owned()
}

/// How many descriptors this process has open.
///
/// # Panics
///
/// When the system does not tell.
pub fn descriptors() -> usize {
    descriptors_of(std::process::id())
}

/// The same of another process, where this one's reading of the list does not count.
///
/// # Panics
///
/// When it is not there.
pub fn descriptors_of(pid: u32) -> usize {
    fs::read_dir(format!("/proc/{pid}/fd"))
        .expect("the system lists descriptors")
        .count()
}

/// The processes of a group, be they zombies.
///
/// # Panics
///
/// When the system does not tell.
pub fn group(leader: u32) -> Vec<u32> {
    let processes = fs::read_dir("/proc").expect("the system lists processes");
    let pids = processes.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    let is_in = |pid: &u32| {
        // The name in brackets, a letter for the state, the parent, and the group.
        let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        let of = stat
            .rsplit(')')
            .next()
            .and_then(|rest| rest.split(' ').nth(3));
        of == Some(&leader.to_string())
    };
    pids.filter(is_in).collect()
}

/// How often the threads of a process that have a name have gone to sleep by themselves.
///
/// # Panics
///
/// When the process is not there.
pub fn naps(pid: u32, thread: &str) -> u64 {
    let tasks = fs::read_dir(format!("/proc/{pid}/task")).expect("the process is there");
    let statuses =
        tasks.filter_map(|task| fs::read_to_string(task.ok()?.path().join("status")).ok());
    let named = statuses.filter(|status| status.starts_with(&format!("Name:\t{thread}\n")));
    let naps = named.filter_map(|status| {
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
        line?.trim().parse::<u64>().ok()
    });
    naps.sum()
}

/// Whether a process is there, be it as a zombie.
pub fn is_there(pid: u32) -> bool {
    fs::exists(format!("/proc/{pid}")).unwrap_or(true)
}

/// Whether all threads of a process are stopped; they are not at once when it is told to.
///
/// # Panics
///
/// When it is not there.
pub fn is_stopped(pid: u32) -> bool {
    let tasks = fs::read_dir(format!("/proc/{pid}/task")).expect("the process is there");
    let mut stats = tasks
        .flatten()
        .map(|task| fs::read_to_string(task.path().join("stat")));
    // A number, the name in brackets, and then a letter for the state.
    stats.all(|stat| {
        stat.is_ok_and(|stat| {
            stat.rsplit(')')
                .next()
                .is_some_and(|rest| rest.starts_with(" T"))
        })
    })
}

/// The most memory that a process has had, in KiB.
///
/// # Panics
///
/// When it is not there.
pub fn peak_memory(pid: u32) -> u64 {
    memory(pid, "VmHWM:")
}

/// The memory that a process has, in KiB.
///
/// # Panics
///
/// When it is not there.
pub fn resident_memory(pid: u32) -> u64 {
    memory(pid, "VmRSS:")
}

fn memory(pid: u32, name: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).expect("the process is there");
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let line = line.expect("the system tells of memory").trim();
    line.trim_end_matches(" kB")
        .parse()
        .expect("it is a number")
}

/// Waits for something of which nobody tells.
///
/// # Panics
///
/// When it does not come about.
#[track_caller]
pub fn eventually(what: &str, mut is_so: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < deadline, "it never came about that {what}");
        // Leaves the processors to those who bring it about.
        thread::park_timeout(Duration::from_millis(1));
    }
}
