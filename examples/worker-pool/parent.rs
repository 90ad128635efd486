//! The parent: starts the workers, hears what they do, and puts the image together.

use crate::{
    Pool, PoolPatch, Result,
    bars::Bars,
    scene::{Image, Scene},
};
use ipos::{Change, Ipos, MapPatch, Process, SharedHandle};
use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    process::Command,
    thread::{self, JoinHandle},
};

const WORKERS: u32 = 4;

/// The one that `--kill` kills, while it is at work on a tile.
const VICTIM: u32 = 1;

pub fn run(scene: &Scene, is_killing: bool) -> Result<Image> {
    let ipos = Ipos::host()?;
    let pool = ipos.create(
        "pool",
        Pool {
            scene: scene.clone(),
            waiting: scene.tiles().collect(),
            claimed: BTreeMap::new(),
            done: BTreeMap::new(),
            running: WORKERS,
        },
    )?;
    let all = scene.tiles().len();
    let bars = Bars::new(WORKERS, all);
    let mut image = Image::new(scene);
    // From before the first worker, so that nothing is missed.
    let changes = pool.subscribe();
    let (mut workers, mut ends) = (Vec::new(), Vec::new());
    for worker in 0..WORKERS {
        let mut program = Command::new(env::current_exe()?);
        let process = ipos.spawn(program.args(["--worker", &worker.to_string()]))?;
        ends.push(look_after(worker, process.clone(), &pool, &bars));
        workers.push(process);
    }
    // By what was heard: the object may be ahead of that.
    let (mut done, mut must_kill) = (BTreeSet::new(), is_killing);
    while done.len() < all {
        let patches = match changes.iter().next().ok_or("the session has ended")? {
            Change::Patched { patches, .. } => patches,
            other => return Err(format!("more has happened than can be heard: {other:?}").into()),
        };
        for patch in patches {
            match patch {
                PoolPatch::Claimed(MapPatch::Insert(tile, worker)) => {
                    bars.begins(worker, tile);
                    if must_kill && worker == VICTIM && done.len() >= all / 3 {
                        workers[VICTIM as usize].kill()?;
                        must_kill = false;
                    }
                }
                PoolPatch::Done(MapPatch::Insert(tile, made)) => {
                    image.put(scene, tile, &made.pixels);
                    bars.has_done(made.worker);
                    done.insert(tile);
                }
                _ => {}
            }
        }
        let p = pool.read();
        if p.running == 0 && p.done.len() < all {
            return Err("no worker is left".into());
        }
    }
    for end in ends {
        end.join()
            .expect("who looks after a worker does not panic")?;
    }
    bars.all_done();
    for (worker, done) in count(&pool) {
        bars.say(&format!("worker {worker} has rendered {done} tiles"));
    }
    Ok(image)
}

/// Waits for a worker's end, and sees that others get what it has left behind.
fn look_after(
    worker: u32,
    process: Process,
    pool: &SharedHandle<Pool>,
    bars: &Bars,
) -> JoinHandle<Result<()>> {
    let (pool, bars) = (pool.clone(), bars.clone());
    thread::spawn(move || {
        let end = process.wait()?;
        let tiles = pool.call(Pool::leave_action(worker))?;
        bars.ended(worker, &end.to_string());
        if !end.success() {
            bars.say(&format!(
                "worker {worker} ended with {end}; tiles {tiles:?} go back"
            ));
        }
        Ok(())
    })
}

fn count(pool: &SharedHandle<Pool>) -> BTreeMap<u32, usize> {
    let mut count = BTreeMap::new();
    for tile in pool.read().done.values() {
        *count.entry(tile.worker).or_default() += 1;
    }
    count
}
