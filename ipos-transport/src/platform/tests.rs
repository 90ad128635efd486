#![cfg(not(loom))]

use std::{fs, time::Duration};

use super::*;

#[test]
fn a_directory_that_others_can_enter_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    fs::set_permissions(directory.path(), private()).unwrap();
    check_private(directory.path()).unwrap();

    fs::set_permissions(directory.path(), Permissions::from_mode(0o710)).unwrap();
    let error = check_private(directory.path()).unwrap_err();
    assert!(matches!(error, Error::NotPrivate { mode: 0o710, .. }));
    assert!(error.to_string().contains("mode 710"), "{error}");
}

#[test]
fn a_link_to_a_directory_is_no_directory_of_ours() {
    let directory = tempfile::tempdir().unwrap();
    assert!(is_our_directory(directory.path()));
    let link = directory.path().join("link");
    std::os::unix::fs::symlink(directory.path(), &link).unwrap();
    assert!(!is_our_directory(&link));
    assert!(!is_our_directory(&directory.path().join("nothing")));
}

#[test]
fn a_thrown_switch_stays_thrown() {
    let switch = Switch::new().unwrap();
    assert!(!switch.wait(Duration::ZERO).unwrap());
    switch.throw();
    switch.throw();
    for _ in 0..3 {
        assert!(switch.wait(Duration::from_secs(30)).unwrap());
    }
}

#[test]
fn a_process_is_alive_until_it_has_ended() {
    let mut child = std::process::Command::new("true").spawn().unwrap();
    child.wait().unwrap();
    for (pid, expected) in [
        (std::process::id(), true),
        (1, true),
        (child.id(), false),
        (0, false),
        (u32::MAX, false),
    ] {
        assert_eq!(is_alive(pid), expected, "{pid}");
    }
}
