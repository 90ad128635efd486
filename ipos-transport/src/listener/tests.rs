use std::{fs, os::unix::fs::PermissionsExt, sync::Arc};

use super::*;
use crate::testing::within;

#[test]
fn the_longest_base_that_has_room_makes_an_endpoint() {
    let longest = Endpoint::PATH_LIMIT - "/ipos-XXXXXX/s".len();
    let parent = tempfile::tempdir_in("/tmp").unwrap();
    let name = "x".repeat(longest - parent.path().as_os_str().len() - 1);
    let fits = parent.path().join(&name);
    let too_long = parent.path().join(name + "x");
    for path in [&fits, &too_long] {
        fs::create_dir(path).unwrap();
    }

    assert!(has_room(&fits));
    let listener = Listener::private_in(&fits).unwrap();
    let length = listener.endpoint().to_string().len();
    assert_eq!(length, Endpoint::PATH_LIMIT);
    Link::connect(listener.endpoint()).unwrap();

    assert!(!has_room(&too_long));
    let error = Listener::private_in(&too_long).unwrap_err();
    assert!(matches!(error, Error::PathTooLong { .. }));
    assert_eq!(fs::read_dir(&too_long).unwrap().count(), 0);
}

#[test]
fn its_directory_is_private_and_goes_with_it() {
    let base = tempfile::tempdir().unwrap();
    let listener = Listener::private_in(base.path()).unwrap();
    let socket = listener.endpoint().path().to_owned();
    let directory = socket.parent().unwrap();
    let mode = fs::metadata(directory).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
    assert_eq!(directory.parent().unwrap(), base.path());
    assert!(socket.exists());

    drop(listener);
    assert!(!directory.exists());
    assert_eq!(fs::read_dir(base.path()).unwrap().count(), 0);
}

#[test]
fn listeners_do_not_get_in_each_others_way() {
    let (one, other) = (Listener::private().unwrap(), Listener::private().unwrap());
    assert_ne!(one.endpoint(), other.endpoint());
    let link = Link::connect(other.endpoint()).unwrap();
    drop(one);
    let accepted = other.accept().unwrap();
    link.write_all(b"x", None).unwrap();
    assert_eq!(accepted.read(&mut [0; 8], None).unwrap(), 1);
}

#[test]
fn close_ends_accepts_that_are_blocked_and_those_to_come() {
    let listener = Arc::new(Listener::private().unwrap());
    let accepts: Vec<_> = (0..3)
        .map(|_| {
            let listener = Arc::clone(&listener);
            thread::spawn(move || listener.accept())
        })
        .collect();
    // One of them at least has to be in its accept by then.
    let link = Link::connect(listener.endpoint()).unwrap();
    listener.close();
    listener.close();
    let accepted = within(move || {
        let answers = accepts.into_iter().map(|accept| accept.join().unwrap());
        answers.flatten().count()
    });
    assert!(accepted <= 1);
    drop(link);

    // Someone who waits in the backlog does not get in any more.
    let _late = Link::connect(listener.endpoint());
    let answer = within(move || listener.accept());
    assert!(matches!(answer, Err(Error::Closed)));
}

#[test]
fn someone_who_left_before_being_accepted_does_no_harm() {
    let listener = Listener::private().unwrap();
    drop(Link::connect(listener.endpoint()).unwrap());
    let link = Link::connect(listener.endpoint()).unwrap();
    link.write_all(b"still here", None).unwrap();
    let gone = listener.accept().unwrap();
    assert_eq!(gone.read(&mut [0; 8], None).unwrap(), 0);
    let here = listener.accept().unwrap();
    assert_eq!(here.read(&mut [0; 64], None).unwrap(), 10);
}

#[test]
fn a_base_that_does_not_exist_is_named() {
    let error = Listener::private_in(Path::new("/nonexistent")).unwrap_err();
    assert!(error.to_string().contains("`/nonexistent`"), "{error}");
}
