#![cfg(not(loom))]

use super::*;
use crate::testing;

#[test]
fn both_ends_of_both_kinds_are_this_process() {
    testing::over_both(|left, right| {
        for link in [left, right] {
            assert_eq!(link.peer().uid, platform::our_user());
            assert!(link.peer().pid.is_none_or(|pid| pid == std::process::id()));
        }
    });
}

#[test]
fn another_user_is_refused() {
    let peer = PeerIdentity {
        pid: None,
        uid: 1001,
    };
    assert_eq!(peer.require_user(1001).unwrap(), peer);
    let error = peer.require_user(1000).unwrap_err();
    let text = error.to_string();
    assert!(text.contains("1001") && text.contains("1000"), "{text}");
}
