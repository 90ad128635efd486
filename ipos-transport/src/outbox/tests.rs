#![cfg(not(loom))]

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    time::Duration,
};

use super::{
    pace::DENSE,
    queue::{BLOCK, KEEP},
    *,
};
use crate::{
    FrameReader, frame,
    testing::{over_both, soon},
};

fn outbox(link: Link) -> Outbox {
    Outbox::new(Arc::new(link), "test-writer")
}

fn started(outbox: &Outbox) -> bool {
    outbox.core.lock().started
}

/// How much memory the outbox takes, with the batch at hand, wherever that is.
fn kept(outbox: &Outbox) -> usize {
    let state = outbox.core.lock();
    state.queue.capacity() + state.handed.bytes.capacity().max(state.at_hand)
}

/// Appends and sends until the link is full and bytes stay behind.
fn overfill(outbox: &Outbox) {
    for _ in 0..5000 {
        outbox.append(|queue| queue.extend([5; 1000]));
        outbox.send();
    }
    assert!(outbox.queued() > 1_000_000, "{outbox:?}");
}

/// Reads until the end, and counts.
fn read_to_end(link: &Link) -> usize {
    let mut total = 0;
    loop {
        match link.read(&mut [0; 10_000], Some(soon())).unwrap() {
            0 => return total,
            read => total += read,
        }
    }
}

#[test]
fn an_idle_link_needs_no_thread() {
    over_both(|left, right| {
        let outbox = outbox(left);
        outbox.send();
        // So few are no burst, however soon one comes after the other.
        for _ in 0..DENSE - 1 {
            assert_eq!(outbox.append(|queue| queue.extend(b"ab")), 2);
            assert_eq!(outbox.append(|queue| queue.extend(b"cd")), 4);
            outbox.send();
            assert_eq!(outbox.queued(), 0);
            let mut buffer = [0; 8];
            assert_eq!(right.read(&mut buffer, Some(soon())).unwrap(), 4);
            assert_eq!(&buffer[..4], b"abcd");
        }
        assert!(outbox.drain(soon()));
        assert!(!started(&outbox));
    });
}

#[test]
fn a_burst_gathers_and_all_of_it_leaves() {
    over_both(|left, right| {
        let outbox = outbox(left);
        let mut sent = 0;
        // Until one comes soon enough after the other.
        while outbox.core.lock().writer != Writer::Lingering {
            outbox.append(|queue| queue.push(1));
            outbox.send();
            sent += 1;
            assert!(sent < 10_000_000, "{outbox:?}");
            if sent % 1000 == 0 {
                right.read(&mut [0; 1000], Some(soon())).unwrap();
            }
        }
        outbox.append(|queue| queue.push(2));
        outbox.flush();
        assert_eq!(outbox.queued(), 0);
        outbox.append(|queue| queue.push(3));
        outbox.send();
        let mut last = 0;
        while last != 3 {
            let mut buffer = [0; 1000];
            let read = right.read(&mut buffer, Some(soon())).unwrap();
            last = buffer[read - 1];
        }
        outbox.close();
    });
}

#[test]
fn while_the_thread_lingers_only_who_flushes_writes() {
    over_both(|left, right| {
        let outbox = outbox(left);
        let mut buffer = [0; 8];
        // A thread that never comes to its turn.
        let linger = || {
            let mut state = outbox.core.lock();
            (state.writer, state.started) = (Writer::Lingering, true);
        };
        linger();
        for bytes in [2, 4] {
            outbox.append(|queue| queue.extend(b"ab"));
            outbox.send();
            assert_eq!((outbox.queued(), outbox.written()), (bytes, 0));
        }
        outbox.flush();
        assert_eq!((outbox.queued(), outbox.written()), (0, 4));
        assert_eq!(right.read(&mut buffer, Some(soon())).unwrap(), 4);
        assert_eq!(&buffer[..4], b"abab");
        // What is enough for a write of its own is written at once.
        linger();
        outbox.append(|queue| queue.resize(queue.len() + CHUNK - 1, 7));
        outbox.send();
        assert_eq!(outbox.written(), 4);
        outbox.append(|queue| queue.push(7));
        outbox.send();
        assert!(outbox.written() > 4, "{outbox:?}");
    });
}

#[test]
fn what_gathers_for_one_who_sends_over_many_links_is_sent_by_one_who_answers() {
    over_both(|left, right| {
        let outbox = outbox(left);
        outbox.append(|queue| queue.push(1));
        outbox.send_among(16);
        assert_eq!(outbox.written(), 1);
        {
            // A thread that never comes to its turn.
            let mut state = outbox.core.lock();
            (state.writer, state.started) = (Writer::Lingering, true);
        }
        for bytes in 1..=2 {
            outbox.append(|queue| queue.push(2));
            outbox.send_among(16);
            assert_eq!((outbox.queued(), outbox.written()), (bytes, 1));
        }
        outbox.append(|queue| queue.push(3));
        outbox.send();
        assert_eq!((outbox.queued(), outbox.written()), (0, 4));
        let mut buffer = [0; 8];
        let mut read = 0;
        while read < 4 {
            read += right.read(&mut buffer[read..], Some(soon())).unwrap();
        }
        assert_eq!(buffer[..4], [1, 2, 2, 3]);
    });
}

#[test]
fn the_bytes_of_all_senders_leave_in_the_order_of_appending() {
    const EACH: u64 = 3000;
    const SENDERS: u64 = 4;
    over_both(|left, right| {
        let outbox = Arc::new(outbox(left));
        let order = Arc::new(Mutex::new(0_u64));
        let senders: Vec<_> = (0..SENDERS)
            .map(|sender| {
                let (outbox, order) = (Arc::clone(&outbox), Arc::clone(&order));
                thread::spawn(move || {
                    for count in 0..EACH {
                        outbox.append(|queue| {
                            let mut next = order.lock().unwrap();
                            frame::append(queue, |payload| {
                                payload.extend(next.to_le_bytes());
                                payload.extend(std::iter::repeat_n(
                                    u8::try_from(sender).unwrap(),
                                    usize::try_from(count % 300).unwrap(),
                                ));
                            });
                            *next += 1;
                        });
                        outbox.send();
                    }
                })
            })
            .collect();

        let mut reader = FrameReader::new(10_000);
        let mut expected = 0_u64;
        while expected < SENDERS * EACH {
            assert!(reader.fill(&right, Some(soon())).unwrap());
            while let Some(payload) = reader.next_frame().unwrap() {
                assert_eq!(payload[..8], expected.to_le_bytes());
                expected += 1;
                if expected % 16 == 0 {
                    thread::yield_now();
                }
            }
        }
        for sender in senders {
            sender.join().unwrap();
        }
        assert!(outbox.drain(soon()));
        assert_eq!(outbox.queued(), 0);
    });
}

#[test]
fn a_reader_that_reads_nothing_holds_up_nobody_and_close_returns() {
    over_both(|left, right| {
        let outbox = outbox(left);
        overfill(&outbox);
        assert!(started(&outbox));
        assert!(!outbox.drain(Instant::now() + Duration::from_millis(5)));

        outbox.close();
        outbox.close();
        assert!(outbox.is_closed());
        assert_eq!(outbox.queued(), 0);
        assert_eq!(kept(&outbox), 0);
        let append = outbox.append(|_| panic!("called after close"));
        assert_eq!(append, 0);
        outbox.send();
        assert!(!outbox.drain(soon()));
        // What the system had taken still arrives.
        assert!(read_to_end(&right) > 0);
    });
}

#[test]
fn dropping_closes() {
    over_both(|left, right| {
        let outbox = outbox(left);
        overfill(&outbox);
        drop(outbox);
        assert!(read_to_end(&right) < 5_000_000);
    });
}

#[test]
fn drain_waits_until_a_slow_reader_has_read_all() {
    over_both(|left, right| {
        let outbox = outbox(left);
        overfill(&outbox);
        let reader = thread::spawn(move || read_to_end(&right));
        assert!(outbox.drain(soon()));
        assert_eq!(outbox.queued(), 0);
        // From here on the sender writes again, and the thread sleeps.
        outbox.append(|queue| queue.push(1));
        assert!(outbox.drain(soon()));
        outbox.close();
        assert_eq!(reader.join().unwrap(), 5_000_001);
    });
}

#[test]
fn who_drains_to_a_level_goes_on_when_that_much_is_left() {
    over_both(|left, right| {
        let outbox = outbox(left);
        overfill(&outbox);
        let reader = thread::spawn(move || {
            let (mut read, mut buffer) = (0, [0; 16 * 1024]);
            while read < 4_000_000 {
                read += right.read(&mut buffer, Some(soon())).unwrap();
            }
            right
        });
        assert!(outbox.drain_to(2_000_000, soon()));
        let _right = reader.join().unwrap();
        assert!(outbox.queued() > 0, "nobody reads the rest");
        assert!(!outbox.drain(Instant::now()));
        outbox.close();
    });
}

#[test]
fn close_ends_those_who_drain() {
    over_both(|left, _right| {
        let outbox = Arc::new(outbox(left));
        overfill(&outbox);
        let drains: Vec<_> = (0..3)
            .map(|_| {
                let outbox = Arc::clone(&outbox);
                thread::spawn(move || outbox.drain(soon()))
            })
            .collect();
        outbox.close();
        for drain in drains {
            assert!(!drain.join().unwrap());
        }
    });
}

#[test]
fn a_peer_that_is_gone_closes_the_outbox() {
    over_both(|left, right| {
        let outbox = outbox(left);
        right.write_all(b"last words", None).unwrap();
        drop(right);
        outbox.append(|queue| queue.push(1));
        outbox.send();
        assert!(outbox.is_closed());
        assert_eq!(outbox.append(|_| panic!("called after the end")), 0);
        assert_eq!(outbox.queued(), 0);
        assert_eq!(read_to_end(&outbox.core.link), 10);
    });
}

#[test]
fn a_peer_that_leaves_during_a_write_closes_the_outbox() {
    over_both(|left, right| {
        let outbox = outbox(left);
        overfill(&outbox);
        drop(right);
        assert!(!outbox.drain(soon()));
        assert!(outbox.is_closed());
        assert_eq!(outbox.queued(), 0);
    });
}

#[test]
fn senders_and_close_may_race() {
    over_both(|left, right| {
        // An end of reading is what a sender races with too.
        let reader = thread::spawn(move || read_to_end(&right));
        let outbox = Arc::new(outbox(left));
        let senders: Vec<_> = (0..4)
            .map(|_| {
                let outbox = Arc::clone(&outbox);
                thread::spawn(move || {
                    while outbox.append(|queue| queue.extend([1; 5000])) > 0 {
                        outbox.send();
                    }
                })
            })
            .collect();
        while outbox.append(|queue| queue.push(1)) < 50_000 && !started(&outbox) {
            outbox.send();
        }
        outbox.close();
        for sender in senders {
            sender.join().unwrap();
        }
        reader.join().unwrap();
        assert_eq!(outbox.queued(), 0);
    });
}

#[test]
fn an_append_that_panics_appends_nothing() {
    over_both(|left, right| {
        let outbox = outbox(left);
        outbox.append(|queue| queue.extend(b"whole"));
        let panic = catch_unwind(AssertUnwindSafe(|| {
            outbox.append(|queue| {
                queue.extend(b"half");
                std::panic::resume_unwind(Box::new(()));
            })
        }));
        assert!(panic.is_err());
        assert_eq!(outbox.append(|queue| queue.extend(b"!")), 6);
        outbox.send();
        drop(outbox);
        assert_eq!(read_to_end(&right), 6);
    });
}

#[test]
fn memory_of_a_burst_is_given_back() {
    over_both(|left, right| {
        let outbox = outbox(left);
        outbox.append(|queue| queue.resize(10_000_000, 0));
        outbox.send();
        let reader = thread::spawn(move || read_to_end(&right));
        assert!(outbox.drain(soon()));
        assert!(kept(&outbox) <= 2 * KEEP);
        drop(outbox);
        assert_eq!(reader.join().unwrap(), 10_000_000);
    });
}

/// What a slow reader makes an outbox keep, with messages of these sizes in turn, is what `queued` says, and a little.
fn check_kept(messages: &'static [usize]) {
    const LIMIT: usize = 8 * BLOCK;
    let largest = messages.iter().max().unwrap();
    over_both(move |left, right| {
        let outbox = outbox(left);
        let (mut read, mut appended) = (0, 0);
        let mut next = messages.iter().cycle();
        let mut buffer = vec![0; 64 * 1024];
        while appended < 2 * LIMIT {
            let size = next.next().unwrap();
            if outbox.queued() + size > LIMIT {
                read += right.read(&mut buffer, Some(soon())).unwrap();
                continue;
            }
            outbox.append(|queue| queue.resize(queue.len() + size, 7));
            appended += size;
            outbox.send();
            // The blocks, of which the open one may be half empty; the spare one; what is written.
            let most = LIMIT + LIMIT / 8 + (BLOCK + largest) + KEEP;
            assert!(kept(&outbox) <= most, "{} of {LIMIT}", kept(&outbox));
        }
        let reader = thread::spawn(move || read_to_end(&right));
        assert!(outbox.drain(soon()));
        assert!(kept(&outbox) <= 2 * KEEP);
        drop(outbox);
        assert_eq!(reader.join().unwrap() + read, appended);
    });
}

#[test]
fn what_is_kept_for_a_slow_reader_is_what_is_queued() {
    check_kept(&[5000]);
    check_kept(&[9000, 3]);
    check_kept(&[BLOCK / 2 + 1]);
    check_kept(&[10, 3 * BLOCK, 10]);
}

#[test]
fn blocks_leave_in_their_place() {
    over_both(|left, right| {
        let outbox = outbox(left);
        let sizes = [1, BLOCK, 3, BLOCK / 2, 100_000, 2 * BLOCK, 1];
        let total: usize = sizes.iter().sum();
        outbox.append(|queue| queue.push(0));
        for (byte, size) in (1..).zip(sizes) {
            outbox.append_block(vec![byte; size]);
        }
        assert_eq!(outbox.queued(), 1 + total);
        outbox.append(|queue| queue.push(9));
        let reader = thread::spawn(move || {
            let (mut heard, mut buffer) = (Vec::new(), vec![0; 10_000]);
            while heard.len() < total + 2 {
                let read = right.read(&mut buffer, Some(soon())).unwrap();
                heard.extend_from_slice(&buffer[..read]);
            }
            heard
        });
        assert!(outbox.drain(soon()));
        let heard = reader.join().unwrap();
        let runs: Vec<_> = heard
            .chunk_by(|a, b| a == b)
            .map(|run| (run[0], run.len()))
            .collect();
        let expected: Vec<_> = (1..).zip(sizes).collect();
        assert_eq!(runs, [&[(0, 1)], &*expected, &[(9, 1)]].concat());
        outbox.close();
        assert_eq!(outbox.append_block(vec![1]), 0);
    });
}
