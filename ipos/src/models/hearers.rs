//! Those who listen to an object: the flag that says whether there are any.

use std::sync::Arc;

use ipos_transport::model::spawn;

use crate::{
    audience::{Heard, Hearer, Hearers, LIMIT, Peers, Queue},
    core::{Audience as _, PeerId, Told},
    schema::table_of,
};

fn hearer(queue: &Arc<Queue<Heard>>) -> Hearer {
    Hearer {
        queue: Arc::downgrade(queue),
        peers: Peers::new(PeerId::HOST),
        path: Vec::new(),
        schema: table_of::<u32>(),
        follows: false,
    }
}

/// Tells as a replica does, which asks first whether anybody listens.
fn tell(hearers: &Hearers, seq: u64) {
    if !hearers.is_empty() {
        hearers.tell(Told::Reset { seq });
    }
    hearers.wake();
}

ipos_transport::models! {
    /// Somebody joins while the one who listened is found to have gone, and hears what is told from then on.
    joining_as_another_goes: Some(4), ["the flag is lowered when the list is let go of"], || {
        let hearers = Arc::new(Hearers::default());
        let gone = Queue::new(LIMIT);
        hearers.join(hearer(&gone));
        drop(gone);
        let others = hearers.clone();
        let teller = spawn(move || tell(&others, 1));
        let queue = Queue::new(LIMIT);
        hearers.join(hearer(&queue));
        tell(&hearers, 2);
        let heard: Vec<_> = std::iter::from_fn(|| queue.pop()).collect();
        let has = |told| heard.iter().any(|it| matches!(it, Heard::Reset { seq } if *seq == told));
        assert!(has(2), "{heard:?}");
        teller.join().expect("it does not panic");
    };
}
