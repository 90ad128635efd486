use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Board {
    title: String,
}

impl BoardMut<'_> {
    fn set_title(&mut self, title: &str) {
        self.title_mut().set(title);
    }
}

fn main() {}
