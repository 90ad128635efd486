//! Many who write at once, over real sockets, and end up equal.

use std::process::Command;

use ipos::{Ipos, Process};
use ipos_tests::{
    PATIENCE, child,
    roles::life::{
        board::{self, Board, WRITERS},
        keys,
    },
    talk::Talk,
};

const ROUNDS: u64 = 300;

fn spawn(ipos: &Ipos, mut command: Command) -> (Process, Talk) {
    let process = ipos.spawn(&mut command).unwrap();
    let talk = Talk::with(&process);
    (process, talk)
}

/// What each of the processes says at its end.
fn ends(processes: Vec<(Process, Talk)>) -> Vec<String> {
    let end = |(process, mut talk): (Process, Talk)| {
        let end = talk.hear();
        assert!(process.wait().unwrap().success());
        end.expect("it has come to its end well")
    };
    processes.into_iter().map(end).collect()
}

/// Asserts that all writers end up equal, and so does one who comes late.
fn check_board(commits: u64, ahead: u64) {
    let ipos = Ipos::host().unwrap();
    let board = ipos.create("board", Board::sample()).unwrap();
    let role = |n: usize| {
        child!(
            "life/board",
            n.to_string(),
            commits.to_string(),
            ahead.to_string()
        )
    };
    let mut processes: Vec<_> = (1..WRITERS).map(|n| spawn(&ipos, role(n))).collect();
    let (end, late) = std::thread::scope(|scope| {
        let late = scope.spawn(|| {
            board
                .wait_until(PATIENCE, |b| b.own.0 > commits / 2)
                .unwrap();
            spawn(&ipos, child!("life/board-late"))
        });
        let end = board::write_all(&board, 0, commits, ahead).unwrap();
        (end, late.join().unwrap())
    });
    processes.push(late);
    for (n, other) in ends(processes).into_iter().enumerate() {
        assert_eq!(other, end, "process {}", n + 1);
    }
    assert_eq!(
        board.read().own,
        (commits, commits, commits),
        "nobody's last write is lost"
    );
}

#[test]
fn processes_that_write_everything_at_once_end_up_equal_and_see_their_own_writes() {
    check_board(2000, 100);
}

#[test]
fn processes_that_write_everything_far_ahead_of_the_order_end_up_equal() {
    check_board(500, u64::MAX);
}

#[test]
fn processes_that_create_and_delete_the_same_keys_at_once_end_up_with_the_same() {
    let ipos = Ipos::host().unwrap();
    let rounds = ROUNDS.to_string();
    let mut processes: Vec<_> = (1..WRITERS)
        .map(|n| spawn(&ipos, child!("life/keys", n.to_string(), &rounds)))
        .collect();
    // One that has no type of its own for anything until all is over.
    processes.push(spawn(&ipos, child!("life/keys", WRITERS.to_string(), "0")));
    let end = keys::race(&ipos, 0, ROUNDS).unwrap();
    for (n, other) in ends(processes).into_iter().enumerate() {
        assert_eq!(other, end, "process {}", n + 1);
    }
}
