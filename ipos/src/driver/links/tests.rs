#![cfg(not(loom))]

use ipos_transport::Link;

use super::*;

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
