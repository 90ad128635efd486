//! Where messages go in tests.

use crate::{
    core::{Notice, PeerId, Post, PostValue},
    store::Outside,
};

/// What was posted, in its order.
#[derive(Debug, Default)]
pub(super) struct Posts(pub(super) Vec<(PeerId, Vec<u8>)>);

impl Post for Posts {
    fn post(&mut self, to: PeerId, message: &[u8]) {
        self.0.push((to, message.to_vec()));
    }
}

impl PostValue for Posts {
    type Chunks = Vec<Vec<u8>>;

    fn post_value(&mut self, to: PeerId, chunks: Vec<Vec<u8>>) {
        self.0.extend(chunks.into_iter().map(|chunk| (to, chunk)));
    }
}

impl Outside for Posts {
    fn notice(&mut self, _: Notice<'_>) {}
}
