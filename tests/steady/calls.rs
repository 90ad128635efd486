//! System calls of a commit: one write on a connection that takes it, and few for many where it does not.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
};

use nix::{
    errno::Errno,
    libc,
    sys::{
        ptrace::{self, Options},
        signal::Signal,
        wait::{WaitPidFlag, WaitStatus, waitpid},
    },
    unistd::Pid,
};

/// How often each system call was made, by its number.
type Calls = BTreeMap<i64, u64>;

/// What a process has called.
#[derive(Debug, Default)]
struct Counted {
    /// By the thread that made the commits, while it did.
    committing: Calls,
    /// By all threads, until the other process had the commits.
    all: Calls,
}

/// Counts the calls of a host or a member while it makes so many commits.
#[expect(clippy::zombie_processes, reason = "who traces it waits for it")]
fn counted(who: &str, commits: u64) -> Counted {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ipos-tests-steady"));
    command.args(["calls", who, &commits.to_string()]);
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap());
    said.read_line(&mut String::new()).unwrap();
    // It has one thread yet, and all others come of that.
    let leader = Pid::from_raw(child.id().try_into().unwrap());
    let options =
        Options::PTRACE_O_TRACESYSGOOD | Options::PTRACE_O_TRACECLONE | Options::PTRACE_O_EXITKILL;
    ptrace::seize(leader, options).unwrap();
    ptrace::interrupt(leader).unwrap();
    child.stdin.take().unwrap().write_all(b"go\n").unwrap();
    trace(leader)
}

/// Follows a process until it has ended.
fn trace(leader: Pid) -> Counted {
    let mut counted = Counted::default();
    // How often it was marked, and by which thread.
    let (mut marks, mut committing) = (0, None);
    loop {
        // Other tests have children as well.
        let flags = WaitPidFlag::__WALL | WaitPidFlag::__WNOTHREAD;
        let status = waitpid(Pid::from_raw(-1), Some(flags)).unwrap();
        let (thread, signal) = match status {
            WaitStatus::Exited(ended, code) if ended == leader => {
                assert_eq!((code, marks), (0, 3), "it has come to its end");
                return counted;
            }
            WaitStatus::Signaled(ended, signal, _) if ended == leader => {
                panic!("it was ended by {signal}")
            }
            WaitStatus::PtraceSyscall(thread) => {
                if let Some(call) = entered(thread) {
                    if call == libc::SYS_getppid {
                        (marks, committing) = (marks + 1, Some(thread));
                    } else {
                        if marks == 1 && committing == Some(thread) {
                            *counted.committing.entry(call).or_default() += 1;
                        }
                        if marks == 1 || marks == 2 {
                            *counted.all.entry(call).or_default() += 1;
                        }
                    }
                }
                (thread, None)
            }
            WaitStatus::PtraceEvent(thread, ..) => (thread, None),
            WaitStatus::Stopped(thread, signal) => (thread, Some(signal)),
            _ => continue,
        };
        go_on(thread, signal);
    }
}

/// The system call that a thread is about to make; `None` when it has made it.
#[cfg(target_arch = "x86_64")]
fn entered(thread: Pid) -> Option<i64> {
    let registers = ptrace::getregs(thread).ok()?;
    // No call that is made here answers so.
    let has_no_answer = registers.rax.cast_signed() == -i64::from(libc::ENOSYS);
    has_no_answer.then_some(registers.orig_rax.cast_signed())
}

/// The system call that a thread is about to make; `None` when it has made it.
#[cfg(target_arch = "aarch64")]
fn entered(thread: Pid) -> Option<i64> {
    let registers = ptrace::getregs(thread).ok()?.regs;
    // There the system says which it is while the thread is stopped.
    (registers[7] == 0).then_some(registers[8].cast_signed())
}

fn go_on(thread: Pid, signal: Option<Signal>) {
    match ptrace::syscall(thread, signal) {
        // It has just been ended.
        Ok(()) | Err(Errno::ESRCH) => {}
        Err(error) => panic!("{error}"),
    }
}

/// How often something was written.
fn writes(calls: &Calls) -> u64 {
    let writing = [
        libc::SYS_sendto,
        libc::SYS_sendmsg,
        libc::SYS_write,
        libc::SYS_writev,
    ];
    writing.iter().filter_map(|call| calls.get(call)).sum()
}

#[test]
fn a_commit_is_one_write_and_nothing_else() {
    for who in ["host", "member"] {
        let Counted { committing, all } = counted(who, 100);
        println!("{who}: {committing:?}, with all other threads until the other has them {all:?}");
        assert_eq!(committing, Calls::from([(libc::SYS_sendto, 100)]), "{who}");
    }
}

#[test]
fn many_commits_are_few_writes_where_the_connection_is_full() {
    for (who, commits) in [("host", 10_000), ("member", 4_000)] {
        let Counted { committing, all } = counted(who, commits);
        println!("{who}: {committing:?}, with all other threads until the other has them {all:?}");
        let all = writes(&all);
        assert!(
            all < commits / 5,
            "{who}: {all} writes for {commits} commits"
        );
    }
}
