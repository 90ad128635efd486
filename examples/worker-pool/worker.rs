//! A worker's process: it claims tiles until all are done.

use crate::{Pool, Result, Tile};
use ipos::Ipos;
use std::{env, time::Duration};

pub fn run() -> Result<()> {
    let worker = env::args().nth(2).ok_or("a worker has a number")?.parse()?;
    let ipos = Ipos::join()?;
    let pool = ipos.get::<Pool>("pool")?;
    let scene = pool.read().scene.clone();
    let all = scene.tiles().len();
    loop {
        if let Some(tile) = pool.call(Pool::claim_action(worker))? {
            let pixels = scene.render(tile);
            pool.update(|p| {
                p.claimed_mut().remove(&tile);
                p.done_mut().insert(tile, Tile { worker, pixels });
            })?;
            continue;
        }
        // The last tiles are with others. One of them may die, and its tiles come back.
        pool.wait_until(Duration::MAX, |p| {
            p.done.len() == all || !p.waiting.is_empty()
        })?;
        if pool.read().done.len() == all {
            return Ok(pool.flush(Duration::MAX)?);
        }
    }
}
