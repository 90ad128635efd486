//! A host and its members, which end with the test however that ends, and leave nothing.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    os::unix::process::CommandExt,
    process::{Child, ChildStdin},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread,
};

use ipos_tests::{PATIENCE, child, roles::life::system};
use rustix::process::{Pid, Signal, kill_process_group};
use tempfile::TempDir;

/// A host as the leader of a group of processes, in which its members are as well.
pub struct Stage {
    host: Child,
    to: ChildStdin,
    heard: Receiver<String>,
    /// Where sockets stand.
    place: TempDir,
    is_over: bool,
}

impl Stage {
    pub fn new(role: &str, arguments: &[&str]) -> Self {
        let place = tempfile::tempdir().unwrap();
        let mut command = child!(role);
        command.args(arguments).process_group(0);
        command.env("XDG_RUNTIME_DIR", place.path());
        // Each thread would else keep to itself what it gives back, and there are many that do not live long.
        command.env("MALLOC_ARENA_MAX", "1");
        let mut host = command.spawn().unwrap();
        let to = host.stdin.take().unwrap();
        let from = BufReader::new(host.stdout.take().unwrap());
        let (tell, heard) = channel();
        thread::spawn(move || {
            let mut lines = from.lines().map_while(Result::ok);
            lines.try_for_each(|line| tell.send(line))
        });
        Self {
            host,
            to,
            heard,
            place,
            is_over: false,
        }
    }

    /// Does what the host asks for, until it ends; then it has ended well, and nothing of it is left.
    pub fn play(&mut self, mut act: impl FnMut(u32, &[&str])) {
        let pid = self.host.id();
        let mut last = Vec::new();
        loop {
            match self.heard.recv_timeout(3 * PATIENCE) {
                Ok(line) => {
                    let words: Vec<&str> = line.split(' ').collect();
                    act(pid, &words);
                    if words == ["measure", "closed"] {
                        last = system::group(pid);
                    }
                    writeln!(self.to, "done").unwrap();
                }
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => panic!("the host has fallen silent"),
            }
        }
        assert_eq!(last, [pid], "no process is left, and no zombie");
        let left: Vec<_> = fs::read_dir(self.place.path()).unwrap().collect();
        assert!(left.is_empty(), "{left:?}");
        let status = self.host.wait().unwrap();
        self.is_over = true;
        assert!(status.success(), "{status}");
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if self.is_over {
            return;
        }
        // The number is the group's as long as its leader was not waited for. Those that are stopped end as well.
        let leader = i32::try_from(self.host.id()).ok().and_then(Pid::from_raw);
        if let Some(leader) = leader {
            let _ = kill_process_group(leader, Signal::KILL);
        }
        let _ = self.host.wait();
    }
}
