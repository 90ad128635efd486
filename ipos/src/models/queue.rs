//! The bounded queue: who is told, and who wakes whom.

use std::sync::Arc;

use ipos_transport::model::spawn;
use loom::future::block_on;

use super::EVER;
use crate::{
    audience::{Closing as _, LIMIT, Queue},
    core::PeerId,
    subscribe::{SessionEvent, Subscribers, Subscription},
};

fn event(number: u32) -> SessionEvent {
    let peer = PeerId(number);
    SessionEvent::Lagged { peer }
}

fn tell(queue: &Queue<SessionEvent>, number: u32) {
    queue.push(event(number));
    queue.wake();
}

fn queue() -> (Arc<Queue<SessionEvent>>, Subscription<SessionEvent>) {
    let queue = Queue::new(LIMIT);
    (queue.clone(), Subscription::new(queue))
}

ipos_transport::models! {
    /// Two threads tell something, and a third waits for both.
    two_who_tell: Some(2), [
        "what is told rings no bell",
        "a queue's bell is muted again when those who wait were woken",
        "who waits to hear something listens after it has looked",
    ], || {
        let (queue, heard) = queue();
        let tellers = [1, 2].map(|number| {
            let queue = queue.clone();
            spawn(move || tell(&queue, number))
        });
        let both = [heard.next_timeout(EVER), heard.next_timeout(EVER)];
        let orders = [[1, 2], [2, 1]].map(|order| order.map(|number| Some(event(number))));
        assert!(orders.contains(&both), "{both:?}");
        for teller in tellers {
            teller.join().expect("it does not panic");
        }
    };

    /// A future waits for one thing, a thread for another, and each gets one.
    a_future_and_a_thread: Some(2), ["what is told rings no bell"], || {
        let (queue, heard) = queue();
        let stream = heard.stream();
        let future = spawn(move || {
            let mut stream = stream;
            block_on(std::future::poll_fn(|context| {
                futures_core::Stream::poll_next(std::pin::Pin::new(&mut stream), context)
            }))
        });
        let teller = spawn(move || {
            tell(&queue, 1);
            tell(&queue, 2);
        });
        assert!(heard.next_timeout(EVER).is_some());
        assert!(future.join().expect("it does not panic").is_some());
        teller.join().expect("it does not panic");
    };

    /// A queue is closed after the last thing is told, which a future takes before it ends.
    closing: Some(3), ["what is told rings no bell"], || {
        let (queue, heard) = queue();
        let closer = spawn(move || {
            tell(&queue, 1);
            queue.close();
            queue.wake();
        });
        assert_eq!(block_on(heard.next_async()), Some(event(1)));
        assert_eq!(block_on(heard.next_async()), None);
        closer.join().expect("it does not panic");
    };

    /// Two threads publish to all who have subscribed, and a third waits for both.
    two_who_publish: Some(2), [
        "what is told rings no bell",
        "the session's bell is muted again when all were woken",
    ], || {
        let subscribers = Subscribers::of(PeerId::HOST);
        let heard = subscribers.subscribe();
        let publishers = [1, 2].map(|number| {
            let subscribers = subscribers.clone();
            spawn(move || {
                subscribers.publish(&event(number));
                subscribers.wake();
            })
        });
        assert!(heard.next_timeout(EVER).is_some());
        assert!(heard.next_timeout(EVER).is_some());
        for publisher in publishers {
            publisher.join().expect("it does not panic");
        }
    };

    /// Somebody subscribes while the session ends: it hears the end, in whichever order that is.
    subscribing_at_the_end: None, ["what is told rings no bell"], || {
        let subscribers = Subscribers::of(PeerId::HOST);
        let closing = subscribers.clone();
        let closer = spawn(move || closing.close());
        let heard = subscribers.subscribe();
        assert_eq!(heard.next_timeout(EVER), None);
        closer.join().expect("it does not panic");
    };
}
