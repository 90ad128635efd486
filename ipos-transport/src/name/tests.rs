#![cfg(not(loom))]

use std::{
    fs::{self, Permissions},
    os::unix::{
        fs::{PermissionsExt, symlink},
        net::UnixListener,
    },
    path::Path,
    sync::{
        Barrier,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use crate::{Endpoint, Error, Link, Listener, platform};

fn names(base: &Path) -> std::path::PathBuf {
    base.join(format!("ipos-{}", platform::our_user()))
}

fn is_empty(base: &Path) -> bool {
    fs::read_dir(base).unwrap().next().is_none()
}

#[test]
fn a_name_is_served_by_one_at_a_time_and_found_by_others() {
    let base = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        let listener = Listener::named_in(base.path(), "editor-1.2_x").unwrap();
        let found = Endpoint::named_in(base.path(), "editor-1.2_x").unwrap();
        assert_eq!(&found, listener.endpoint());
        let link = Link::connect(&found).unwrap();
        listener.accept().unwrap();
        drop(link);
        match Listener::named_in(base.path(), "editor-1.2_x") {
            Err(Error::AlreadyServed { name, pid }) => {
                assert_eq!((&name[..], pid), ("editor-1.2_x", Some(std::process::id())));
            }
            other => panic!("{other:?}"),
        }
        Listener::named_in(base.path(), "another").unwrap();
        drop(listener);
        assert!(is_empty(base.path()));
    }
}

#[test]
fn what_one_has_left_that_crashed_is_taken_over() {
    let base = tempfile::tempdir().unwrap();
    let _another = Listener::named_in(base.path(), "another").unwrap();
    let place = Endpoint::named_in(base.path(), "crashed").unwrap();
    fs::write(
        place.path().with_extension("lock"),
        "4711, then a lot of text",
    )
    .unwrap();
    drop(UnixListener::bind(place.path()).unwrap());
    Link::connect(&place).unwrap_err();
    let listener = Listener::named_in(base.path(), "crashed").unwrap();
    Link::connect(&place).unwrap();
    listener.accept().unwrap();
    assert_eq!(
        fs::read_to_string(place.path().with_extension("lock")).unwrap(),
        std::process::id().to_string()
    );
}

#[test]
fn of_many_that_come_at_once_one_serves() {
    const THREADS: usize = 8;
    let base = tempfile::tempdir().unwrap();
    let (serving, served) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let start = Barrier::new(THREADS);
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                start.wait();
                for _ in 0..200 {
                    match Listener::named_in(base.path(), "race") {
                        Ok(listener) => {
                            assert_eq!(serving.fetch_add(1, Ordering::SeqCst), 0);
                            served.fetch_add(1, Ordering::SeqCst);
                            // The one that serves is reached.
                            Link::connect(listener.endpoint()).unwrap();
                            listener.accept().unwrap();
                            serving.fetch_sub(1, Ordering::SeqCst);
                        }
                        Err(Error::AlreadyServed { .. }) => {}
                        Err(other) => panic!("{other}"),
                    }
                }
            });
        }
    });
    assert!(served.into_inner() > 0);
    assert!(is_empty(base.path()));
}

#[test]
fn a_name_is_plain() {
    let base = tempfile::tempdir().unwrap();
    let long = "n".repeat(65);
    for (name, why) in [
        ("", "is empty"),
        (".", "begins with a dot"),
        ("..", "begins with a dot"),
        ("a/b", "has other characters"),
        ("/etc/passwd", "has other characters"),
        ("a b", "has other characters"),
        ("ä", "has other characters"),
        ("a\0b", "has other characters"),
        (&long, "is longer than 64 bytes"),
    ] {
        let served = Listener::named_in(base.path(), name).unwrap_err();
        let sought = Endpoint::named_in(base.path(), name).unwrap_err();
        for error in [served, sought] {
            assert!(matches!(error, Error::BadName { .. }), "{name}: {error}");
            assert!(error.to_string().contains(why), "{name}: {error}");
        }
    }
    assert!(is_empty(base.path()));
}

#[test]
fn a_directory_that_others_can_enter_is_not_used() {
    type Trick = fn(&Path, &Path);
    let tricks: [(&str, Trick); 4] = [
        ("open to all", |_, names| {
            fs::create_dir(names).unwrap();
            fs::set_permissions(names, Permissions::from_mode(0o777)).unwrap();
        }),
        ("open to be read", |_, names| {
            fs::create_dir(names).unwrap();
            fs::set_permissions(names, Permissions::from_mode(0o755)).unwrap();
        }),
        ("a link to a good one", |base, names| {
            let good = base.join("good");
            fs::create_dir(&good).unwrap();
            fs::set_permissions(&good, Permissions::from_mode(0o700)).unwrap();
            symlink(good, names).unwrap();
        }),
        ("a file", |_, names| fs::write(names, "").unwrap()),
    ];
    for (what, trick) in tricks {
        let base = tempfile::tempdir().unwrap();
        trick(base.path(), &names(base.path()));
        let served = Listener::named_in(base.path(), "name").unwrap_err();
        let sought = Endpoint::named_in(base.path(), "name").unwrap_err();
        for error in [served, sought] {
            assert!(matches!(error, Error::NotPrivate { .. }), "{what}: {error}");
        }
    }
}

#[test]
fn a_link_in_place_of_the_lock_is_not_followed() {
    let base = tempfile::tempdir().unwrap();
    let _another = Listener::named_in(base.path(), "another").unwrap();
    let other = base.path().join("other");
    fs::write(&other, "untouched").unwrap();
    symlink(&other, names(base.path()).join("name.lock")).unwrap();
    let error = Listener::named_in(base.path(), "name").unwrap_err();
    assert!(matches!(error, Error::Io { .. }), "{error}");
    assert_eq!(fs::read_to_string(&other).unwrap(), "untouched");
}

#[test]
fn nothing_is_served_where_nothing_is() {
    let base = tempfile::tempdir().unwrap();
    let error = Endpoint::named_in(base.path(), "name").unwrap_err();
    assert!(matches!(error, Error::Io { .. }), "{error}");
}

#[test]
fn of_who_serves_a_name_only_a_process_is_told_that_is_there() {
    let base = tempfile::tempdir().unwrap();
    let mut ended = std::process::Command::new("true").spawn().unwrap();
    ended.wait().unwrap();
    let _listener = Listener::named_in(base.path(), "name").unwrap();
    let lock = names(base.path()).join("name.lock");
    let own = std::process::id();
    for (text, expected) in [
        (own.to_string(), Some(own)),
        (format!("{own}\n"), Some(own)),
        // The one before has left it, and who has it now has not written yet.
        (ended.id().to_string(), None),
        (String::new(), None),
        ("who knows".to_owned(), None),
        ("99999999999".to_owned(), None),
    ] {
        fs::write(&lock, &text).unwrap();
        match Listener::named_in(base.path(), "name") {
            Err(Error::AlreadyServed { pid, .. }) => assert_eq!(pid, expected, "{text}"),
            other => panic!("{text}: {other:?}"),
        }
    }
}

#[test]
fn a_lock_that_never_stands_where_it_was_made_is_an_error() {
    let base = tempfile::tempdir().unwrap();
    let place = super::place(base.path(), "name").unwrap();
    let error = super::Lock::take_if(place.path(), "name", |_, _| false, |_| Ok(())).unwrap_err();
    assert!(matches!(error, Error::Io { .. }), "{error}");
    assert!(error.to_string().contains("gone each time"), "{error}");
    super::Lock::take(place.path(), "name").unwrap();
}

#[test]
fn a_full_disk_is_an_error_after_which_nothing_is_left() {
    let base = tempfile::tempdir().unwrap();
    let place = super::place(base.path(), "name").unwrap();
    let full = |_: &mut super::Lock| Err(std::io::ErrorKind::StorageFull.into());
    let error = super::Lock::take_if(place.path(), "name", |_, _| true, full).unwrap_err();
    assert!(error.to_string().contains("name.lock"), "{error}");
    assert_eq!(std::fs::read_dir(base.path()).unwrap().count(), 0);
    super::Lock::take(place.path(), "name").unwrap();
}
