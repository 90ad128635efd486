//! Objects: who reads, writes and waits for changes of them.

use std::sync::Arc;

use ipos_transport::model::spawn;
use loom::future::block_on;

use super::{EVER, alone, once, ticking};
use crate::Change;

ipos_transport::models! {
    /// A thread reads what it reads already, while another comes to write it.
    reading_twice: None, ["who reads waits behind a writer who waits for it"], || {
        let (ipos, tick) = ticking();
        let other = tick.clone();
        let writer = spawn(move || other.set(1).expect("the session is open"));
        {
            let first = tick.read();
            assert_eq!(*first, *tick.read());
        }
        writer.join().expect("it does not panic");
        assert_eq!(*tick.read(), 1);
        once(|| drop(ipos));
    };

    /// A thread and a future wait for a value, which another thread brings about.
    waiting_for_a_value: Some(2), [
        "who waits for a change listens after it has looked",
        "who waits for a change is not told that there is one",
    ], || {
        let (ipos, tick) = ticking();
        let (writing, waiting) = (tick.clone(), tick.clone());
        let writer = spawn(move || writing.set(2).expect("the session is open"));
        let future = spawn(move || block_on(waiting.wait_until_async(|tick| *tick == 2)));
        tick.wait_until(EVER, |tick| *tick == 2).expect("it comes");
        future.join().expect("it does not panic").expect("it comes");
        writer.join().expect("it does not panic");
        once(|| drop(ipos));
    };

    /// A loop of reading and waiting for a change misses none.
    no_change_is_missed: Some(3), ["who waits for a change listens after it has looked"], || {
        let (ipos, tick) = ticking();
        let other = tick.clone();
        let writer = spawn(move || {
            other.set(1).expect("the session is open");
            other.set(2).expect("the session is open");
        });
        while *tick.read() < 2 {
            tick.changed(EVER).expect("there is one to come");
        }
        writer.join().expect("it does not panic");
        once(|| drop(ipos));
    };

    /// A copy that begins while another thread writes, and is carried on by what is told, comes to the same.
    a_copy_from_the_middle: Some(3), [
        "what is told rings no bell",
        "who waits to hear something listens after it has looked",
    ], || {
        let (ipos, tick) = ticking();
        let other = tick.clone();
        let writer = spawn(move || {
            for _ in 0..2 {
                other.update(|tick| tick.add(1)).expect("the session is open");
            }
        });
        let told = tick.subscribe();
        let mut copy = told.snapshot();
        while copy < 2 {
            let change = told.next_timeout(EVER).expect("there is one to come");
            assert!(change.apply_to(&mut copy), "a copy that was told all");
        }
        assert_eq!(copy, 2);
        assert!(told.try_next().is_none());
        writer.join().expect("it does not panic");
        once(|| drop(ipos));
    };

    /// Somebody listens to an object that is deleted meanwhile, and hears its end.
    listening_to_what_ends: Some(5), ["who listens joins after it has looked"], || {
        let (ipos, tick) = ticking();
        let listener = spawn(move || {
            let told = tick.subscribe();
            assert!(matches!(told.next_timeout(EVER), Some(Change::Deleted)));
            assert!(told.next_timeout(EVER).is_none());
        });
        ipos.delete("tick").expect("it is there");
        listener.join().expect("it does not panic");
        once(|| drop(ipos));
    };

    /// A thread and a future wait for an object that another thread creates.
    waiting_for_an_object: Some(1), ["who waits for an object is not told that there is one"], || {
        let ipos = Arc::new(once(alone));
        let (creating, waiting) = (ipos.clone(), ipos.clone());
        let creator = spawn(move || creating.create("tick", 1_u32).expect("it is new"));
        let future = spawn(move || {
            let tick = block_on(waiting.wait_for_async::<u32>("tick"));
            *tick.expect("it comes").read()
        });
        let tick = ipos.wait_for::<u32>("tick", EVER).expect("it comes");
        assert_eq!(*tick.read(), 1);
        assert_eq!(future.join().expect("it does not panic"), 1);
        creator.join().expect("it does not panic");
        once(|| drop(ipos));
    };
}
