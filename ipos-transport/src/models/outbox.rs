//! The outbox: who writes, who waits, how it ends.

use std::sync::Arc;

use super::{full, never, read};
use crate::{Link, Outbox, memory::CAPACITY, model::spawn};

/// An outbox, and the end of the link to read from.
fn outbox() -> (Arc<Outbox>, Link) {
    let (left, right) = Link::pair();
    (Arc::new(Outbox::new(Arc::new(left), "writer")), right)
}

fn append(outbox: &Outbox, bytes: &[u8]) {
    outbox.append(|queue| queue.extend_from_slice(bytes));
}

fn send(outbox: &Outbox, bytes: &[u8]) {
    append(outbox, bytes);
    outbox.send();
}

crate::models! {
    /// Two threads send on a link that has room. What the one appends while the other writes is taken along, which
    /// may be the thread's to do.
    two_senders: Some(3), ["a sender leaves without a look at the queue"], || {
        let (outbox, right) = outbox();
        let other = outbox.clone();
        let sender = spawn(move || [1, 2].map(|byte| send(&other, &[byte])));
        send(&outbox, &[3]);
        send(&outbox, &[4]);
        let heard = read(&right, 4);
        let of = |sender: [u8; 2]| heard.iter().copied().filter(move |byte| sender.contains(byte));
        assert!(of([1, 2]).eq([1, 2]) && of([3, 4]).eq([3, 4]), "{heard:?}");
        sender.join().unwrap();
        assert!(outbox.drain(never()));
        outbox.close();
    };

    /// Two threads send more than a link holds, so that the one hands over to the outbox's thread, while a third reads.
    two_senders_on_a_full_link: Some(3), ["a writer is not told that there is room"], || {
        let (outbox, right) = outbox();
        send(&outbox, &full(1));
        let other = outbox.clone();
        let sender = spawn(move || send(&other, &[2, 3]));
        send(&outbox, &[4, 5]);
        let heard = read(&right, CAPACITY + 4);
        assert!(heard == [1, 2, 3, 4, 5] || heard == [1, 4, 5, 2, 3], "{heard:?}");
        sender.join().unwrap();
        outbox.close();
    };

    /// A sender hands over to a thread that has written all and waits for its turn.
    a_second_turn: Some(4), [
        "the writer's thread is not told that it is its turn",
        "the writer's thread is not told that the outbox is closed",
    ], || {
        let (outbox, right) = outbox();
        append(&outbox, &full(1));
        send(&outbox, &[2]);
        assert_eq!(read(&right, CAPACITY + 1), [1, 2]);
        append(&outbox, &full(3));
        send(&outbox, &[4]);
        assert_eq!(read(&right, CAPACITY + 1), [3, 4]);
        outbox.close();
    };

    /// One thread sends so often that the outbox's thread lingers, and flushes at the end, while another sends.
    gathering: Some(2), ["a sender leaves without a look at the queue"], || {
        let (outbox, right) = outbox();
        let other = outbox.clone();
        let sender = spawn(move || send(&other, &[9]));
        for byte in 1..=7 {
            send(&outbox, &[byte]);
        }
        outbox.flush();
        let heard = read(&right, 8);
        assert!(heard.iter().filter(|byte| **byte < 9).eq(&[1, 2, 3, 4, 5, 6, 7]), "{heard:?}");
        sender.join().unwrap();
        outbox.close();
    };

    /// The same without a flush: what has gathered is left to the thread.
    lingering: Some(3), ["the thread that lingers leaves without a look at the queue"], || {
        let (outbox, right) = outbox();
        for byte in 1..=7 {
            send(&outbox, &[byte]);
        }
        assert_eq!(read(&right, 7), [1, 2, 3, 4, 5, 6, 7]);
        outbox.close();
    };

    /// An outbox is drained, and then closed, while its thread lingers and another thread sends.
    draining_what_gathers: Some(2), [], || {
        let (outbox, right) = outbox();
        for byte in 1..=6 {
            send(&outbox, &[byte]);
        }
        append(&outbox, &[7]);
        assert!(outbox.drain(never()));
        let sending = outbox.clone();
        let sender = spawn(move || send(&sending, &[8]));
        outbox.close();
        sender.join().unwrap();
        assert_eq!(outbox.users(), 1);
        let heard = read(&right, usize::MAX);
        assert!(heard.starts_with(&[1, 2, 3, 4, 5, 6, 7]), "{heard:?}");
    };

    /// An outbox is drained while another thread sends, and the peer reads late.
    draining: Some(2), ["who drains is not told that all is written"], || {
        let (outbox, right) = outbox();
        append(&outbox, &full(1));
        append(&outbox, &[2]);
        let (other, sending) = (outbox.clone(), outbox.clone());
        let drainer = spawn(move || assert!(other.drain(never())));
        let sender = spawn(move || send(&sending, &[3]));
        assert_eq!(read(&right, CAPACITY + 2), [1, 2, 3]);
        drainer.join().unwrap();
        sender.join().unwrap();
        outbox.close();
    };

    /// What is drained is dropped.
    dropping_what_is_drained: None, ["who drains is not told that what it waits for was dropped"], || {
        let (outbox, right) = outbox();
        let other = outbox.clone();
        let drainer = spawn(move || assert!(other.drain(never())));
        append(&outbox, &[1]);
        outbox.drop_queued();
        drainer.join().unwrap();
        outbox.close();
        drop(outbox);
        let heard = read(&right, 1);
        assert!(heard.is_empty() || heard == [1], "{heard:?}");
    };

    /// An outbox is closed while its thread is about to be started, is blocked in a write, or waits, and another
    /// thread drains.
    closing: Some(3), [
        "a link is not shut down when its outbox is closed",
        "a thread is left to itself that was started while its outbox was closed",
        "who drains is not told that the outbox is closed",
    ], || {
        let (outbox, right) = outbox();
        append(&outbox, &full(1));
        append(&outbox, &[2]);
        let (other, sending) = (outbox.clone(), outbox.clone());
        let drainer = spawn(move || assert!(!other.drain(never())));
        let sender = spawn(move || sending.send());
        outbox.close();
        drainer.join().unwrap();
        sender.join().unwrap();
        // All threads have ended, so there is one left who knows the outbox.
        assert_eq!(outbox.users(), 1);
        let heard = read(&right, usize::MAX);
        assert!(heard.is_empty() || heard == [1], "{heard:?}");
    };

    /// The last one who knows an outbox drops it while the peer hangs up.
    a_peer_that_hangs_up: Some(3), ["a writer is not told that the connection is closed"], || {
        let (outbox, right) = outbox();
        append(&outbox, &full(1));
        send(&outbox, &[2]);
        let peer = spawn(move || drop(right));
        send(&outbox, &[3]);
        drop(outbox);
        peer.join().unwrap();
    };
}
