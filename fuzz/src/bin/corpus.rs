//! Makes the corpora anew, from seeds: `cargo run -p ipos-fuzz --bin corpus`.

use std::io;

use fastrand::Rng;
use ipos_fuzz::{all, engine::Engine, files, mutate::LONGEST};

/// How many inputs are drawn for a target.
const DRAWN: u64 = 3000;

/// How many bytes of them are kept.
const SIZE: usize = 34 * 1024;

fn main() -> io::Result<()> {
    for target in all() {
        let mut engine = Engine::new(target, 0);
        // Short ones first, which others are then the same as.
        let drawn = (0..DRAWN).map(|seed| (target.make)(&mut Rng::with_seed(seed)));
        let mut drawn: Vec<Vec<u8>> = drawn.filter(|input| input.len() <= LONGEST).collect();
        drawn.sort_by_key(Vec::len);
        for input in drawn {
            engine
                .execute(input)
                .map_err(|failure| io::Error::other(failure.why))?;
        }
        // From all lengths, as many as fit.
        let all = engine.corpus();
        let length: usize = all.iter().map(|input| input.len() + 4).sum();
        let every = length.div_ceil(SIZE).max(1);
        let kept: Vec<Vec<u8>> = all.iter().step_by(every).cloned().collect();
        let size = files::write_corpus(target, &kept)?;
        println!(
            "{}: {} inputs of {}, {size} bytes",
            target.name,
            kept.len(),
            all.len()
        );
    }
    Ok(())
}
