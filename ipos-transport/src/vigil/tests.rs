use std::{
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use super::Vigil;
use crate::PeerIdentity;

/// Longer than any test.
const LONG: Duration = Duration::from_secs(3600);

fn process(pid: u32) -> PeerIdentity {
    PeerIdentity {
        pid: Some(pid),
        ..PeerIdentity::own()
    }
}

#[test]
fn it_is_over_when_the_time_is_or_it_is_called_off() {
    let vigil = Vigil::new().unwrap();
    vigil.keep(PeerIdentity::own(), Duration::ZERO);
    thread::scope(|scope| {
        let kept = scope.spawn(|| vigil.keep(PeerIdentity::own(), LONG));
        vigil.call_off();
        kept.join().unwrap();
    });
    vigil.keep(PeerIdentity::own(), LONG);
}

#[cfg(target_os = "linux")]
#[test]
fn it_is_over_when_the_process_has_ended() {
    let mut child = Command::new("cat")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let other = process(child.id());
    thread::scope(|scope| {
        let kept = scope.spawn(move || Vigil::new().unwrap().keep(other, LONG));
        child.kill().unwrap();
        kept.join().unwrap();
    });
    // Nobody has asked how it ended, then somebody has.
    Vigil::new().unwrap().keep(other, LONG);
    child.wait().unwrap();
    Vigil::new().unwrap().keep(other, LONG);
}
