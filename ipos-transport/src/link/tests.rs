#![cfg(not(loom))]

use std::sync::Arc;

use rustix::net::{AddressFamily, SocketAddrUnix, SocketType};

use super::*;
use crate::testing::{over_both, socket_pair, soon, within};

/// Reads up to the end of the stream.
fn read_to_end(link: &Link) -> Vec<u8> {
    let mut all = Vec::new();
    let mut buffer = [0; 1000];
    loop {
        match link.read(&mut buffer, Some(soon())).unwrap() {
            0 => return all,
            read => all.extend(&buffer[..read]),
        }
    }
}

/// Writes until nothing fits any more.
fn fill_up(link: &Link) -> usize {
    let mut total = 0;
    loop {
        match link.try_write(&[7; 10_000]).unwrap() {
            0 => return total,
            written => total += written,
        }
    }
}

#[test]
fn bytes_go_both_ways_in_order() {
    over_both(|left, right| {
        left.write_all(b"to the right", None).unwrap();
        right.write_all(b"to the ", Some(soon())).unwrap();
        right.write_all(b"left", None).unwrap();
        assert_eq!(right.try_read(&mut [0; 3]).unwrap(), Some(3));
        let mut buffer = [0; 11];
        for byte in &mut buffer {
            let byte = std::slice::from_mut(byte);
            assert_eq!(left.read(byte, Some(soon())).unwrap(), 1);
        }
        assert_eq!(&buffer, b"to the left");
        drop(left);
        assert_eq!(read_to_end(&right), b"the right");
    });
}

#[test]
fn much_goes_through_while_both_ends_are_busy() {
    over_both(|left, right| {
        let sent: Vec<u8> = (0..2_000_000_u32)
            .map(|i| u8::try_from(i % 251).unwrap())
            .collect();
        let expected = sent.clone();
        let writer = thread::spawn(move || {
            let (half, rest) = sent.split_at(sent.len() / 2);
            left.write_all(half, None).unwrap();
            left.write_all(rest, Some(soon())).unwrap();
        });
        assert!(read_to_end(&right) == expected);
        writer.join().unwrap();
    });
}

#[test]
fn what_would_wait_says_so_instead() {
    over_both(|left, right| {
        assert_eq!(left.try_read(&mut [0; 8]).unwrap(), None);
        let total = fill_up(&left);
        assert!(total >= 100_000, "{total}");
        assert_eq!(left.try_write(b"x").unwrap(), 0);

        let mut read = 0;
        while let Some(bytes) = right.try_read(&mut [0; 4096]).unwrap() {
            read += bytes;
        }
        assert_eq!(read, total);
        assert_eq!(left.try_write(b"x").unwrap(), 1);
    });
}

#[test]
fn deadlines_end_reads_and_writes() {
    over_both(|left, right| {
        for wait in [Duration::ZERO, Duration::from_millis(5)] {
            let error = left.read(&mut [0; 8], Some(Instant::now() + wait));
            assert!(matches!(error, Err(Error::Timeout { .. })));
            let error = left.write_all(&vec![0; 2_000_000], Some(Instant::now() + wait));
            assert!(matches!(error, Err(Error::Timeout { .. })));
        }
        // What is there is read even after the deadline.
        assert!(right.read(&mut [0; 8], Some(Instant::now())).unwrap() > 0);
    });
}

#[test]
fn the_end_comes_after_the_bytes_also_when_the_peer_left_bytes_unread() {
    over_both(|left, right| {
        right.write_all(b"never read", None).unwrap();
        left.write_all(b"last words", None).unwrap();
        drop(left);
        assert_eq!(read_to_end(&right), b"last words");
        assert_eq!(right.try_read(&mut [0; 8]).unwrap(), Some(0));
        assert_eq!(right.read(&mut [0; 8], None).unwrap(), 0);
    });
}

#[test]
fn writing_to_a_peer_that_is_gone_is_closed() {
    over_both(|left, right| {
        right.write_all(b"never read", None).unwrap();
        drop(left);
        assert!(matches!(right.try_write(b"x"), Err(Error::Closed)));
        assert!(matches!(right.write_all(b"x", None), Err(Error::Closed)));
        let error = right.write_all(b"x", Some(soon()));
        assert!(matches!(error, Err(Error::Closed)));
        right.shutdown();
    });
}

#[test]
fn shutdown_ends_both_directions_of_both_ends() {
    over_both(|left, right| {
        left.write_all(b"queued", None).unwrap();
        left.shutdown();
        left.shutdown();
        assert_eq!(read_to_end(&right), b"queued");
        assert_eq!(left.read(&mut [0; 8], None).unwrap(), 0);
        assert!(matches!(left.try_write(b"x"), Err(Error::Closed)));
        assert!(matches!(right.try_write(b"x"), Err(Error::Closed)));
        right.shutdown();
    });
}

#[test]
fn shutdown_wakes_a_read_here_and_there() {
    over_both(|left, right| {
        let (left, right) = (Arc::new(left), Arc::new(right));
        let readers: Vec<_> = [&left, &right]
            .into_iter()
            .flat_map(|link| [(Arc::clone(link), None), (Arc::clone(link), Some(soon()))])
            .map(|(link, deadline)| thread::spawn(move || link.read(&mut [0; 8], deadline)))
            .collect();
        left.shutdown();
        for reader in readers {
            assert_eq!(reader.join().unwrap().unwrap(), 0);
        }
    });
}

#[test]
fn shutdown_wakes_a_write_here_and_there() {
    over_both(|left, right| {
        let (left, right) = (Arc::new(left), Arc::new(right));
        fill_up(&left);
        fill_up(&right);
        let writers: Vec<_> = [&left, &right]
            .into_iter()
            .map(Arc::clone)
            .map(|link| thread::spawn(move || link.write_all(&vec![0; 1_000_000], None)))
            .collect();
        right.shutdown();
        for writer in writers {
            assert!(matches!(writer.join().unwrap(), Err(Error::Closed)));
        }
    });
}

#[test]
fn a_host_that_is_gone_is_an_error_that_names_the_socket() {
    let directory = tempfile::tempdir().unwrap();
    let stale = directory.path().join("s");
    drop(std::os::unix::net::UnixListener::bind(&stale).unwrap());
    for path in [stale, directory.path().join("nothing")] {
        let error = Link::connect(&Endpoint::new(&path).unwrap()).unwrap_err();
        assert!(matches!(error, Error::Io { .. }));
        let text = error.to_string();
        assert!(text.contains(path.to_str().unwrap()), "{text}");
    }
}

#[test]
fn a_full_backlog_is_waited_out_and_never_taken_for_a_connection() {
    let directory = tempfile::tempdir().unwrap();
    let endpoint = Endpoint::new(directory.path().join("s")).unwrap();
    let socket = rustix::net::socket(AddressFamily::UNIX, SocketType::STREAM, None).unwrap();
    rustix::net::bind(&socket, &SocketAddrUnix::new(endpoint.path()).unwrap()).unwrap();
    rustix::net::listen(&socket, 0).unwrap();
    let listener = std::os::unix::net::UnixListener::from(socket);

    let mut waiting = Vec::new();
    let error = loop {
        match connect(&endpoint, Duration::from_millis(5)) {
            Ok(stream) => waiting.push(stream),
            Err(error) => break error,
        }
    };
    // Linux lets us wait; others refuse at once.
    assert!(matches!(error, Error::Timeout { .. } | Error::Io { .. }));
    if let Error::Timeout { .. } = error {
        let late = thread::spawn(move || Link::connect(&endpoint).map(|link| link.peer()));
        for _ in 0..=waiting.len() {
            listener.accept().unwrap();
        }
        let peer = within(move || late.join().unwrap()).unwrap();
        assert_eq!(peer, PeerIdentity::own());
    }
}

#[test]
fn a_link_outlives_its_listener() {
    let (member, host) = socket_pair();
    host.write_all(b"x", None).unwrap();
    assert_eq!(member.read(&mut [0; 8], None).unwrap(), 1);
}
