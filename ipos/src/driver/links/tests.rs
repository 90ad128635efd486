#![cfg(not(loom))]

use ipos_transport::Link;

use super::*;
use crate::wire::put;

#[test]
fn what_was_given_and_taken_leaves_no_more_room() {
    const PEER: PeerId = PeerId(1);
    let (link, _other_end) = Link::pair();
    let outbox = Arc::new(Outbox::new(Arc::new(link), "test-writer"));
    let mut links = Links::new(1000);
    links.insert(PEER, outbox.clone());
    links.welcomed(PEER);
    for _ in 0..20 {
        links.give(PEER, 2000);
        links.post(PEER, &[0; 2000]);
        outbox.send();
        assert_eq!(outbox.queued(), 0, "the system takes so much");
    }
    links.post(PEER, &vec![0; 60_000]);
    assert_eq!(links.take_lagging(), [], "it is being given so much");
    links.post(PEER, &vec![0; 60_000]);
    assert_eq!(links.take_lagging(), [PEER]);
}

#[test]
fn what_was_written_is_counted_once() {
    const PEER: PeerId = PeerId(1);
    let (link, _other_end) = Link::pair();
    let outbox = Arc::new(Outbox::new(Arc::new(link), "test-writer"));
    let mut links = Links::new(1000);
    links.insert(PEER, outbox.clone());
    links.post(PEER, b"hello");
    outbox.send();
    let written = links.written();
    assert!(written > 5);
    // It is gone, and a last word is sent.
    links.remove(PEER).unwrap();
    assert_eq!(links.written(), written);
    post(&outbox, b"goodbye");
    outbox.send();
    let all = links.written();
    assert!(all > written);
    assert_eq!(links.counted(&outbox), all);
    assert_eq!(links.written(), 0);
}

#[test]
fn a_value_is_framed_in_place() {
    let check = |length: usize| {
        let value: Vec<u8> = (0..length).map(|at| at.to_le_bytes()[at % 3]).collect();
        let mut expected = Vec::new();
        for chunk in value.chunks(CHUNK) {
            let chunk = ToMember::Chunk(chunk);
            frame::append(&mut expected, |frame| put(frame, &chunk));
        }
        assert!(Block::of(value).0 == expected, "{length} bytes");
    };
    let lengths = [0, 1, 127, 128, 20_000];
    lengths.into_iter().for_each(check);
    for chunks in 1..4 {
        let whole = chunks * CHUNK;
        let lengths = [whole - 1, whole, whole + 1, whole + 129];
        lengths.into_iter().for_each(check);
    }
}
