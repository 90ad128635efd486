//! `cargo run --example worker-pool -- [--kill] [--large] [--alone] [file.png]`: worker processes render a Mandelbrot
//! set. They claim its tiles by an action, so each tile is rendered by one. `--kill` kills one of them in the middle;
//! `--alone` renders without workers, to compare.

mod bars;
mod parent;
mod scene;
mod worker;

use ipos::Shared;
use scene::Scene;
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, VecDeque},
    env,
};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// What the parent and its workers share.
#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Pool {
    scene: Scene,
    waiting: VecDeque<u32>,      // tiles that nobody has claimed
    claimed: BTreeMap<u32, u32>, // tiles that are worked on, each with its worker
    done: BTreeMap<u32, Tile>,
    running: u32, // how many workers there are
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Tile {
    worker: u32,
    pixels: Vec<u8>,
}

/// What is decided on the true state, by the host, one after the other.
#[ipos::actions]
impl Pool {
    /// A tile, which nobody else gets.
    fn claim(pool: &mut PoolMut<'_>, worker: u32) -> Option<u32> {
        let tile = pool.waiting_mut().pop_front()?;
        pool.claimed_mut().insert(tile, worker);
        Some(tile)
    }

    /// A worker has ended. What it has claimed and not done goes back, to be claimed by others; gives that.
    fn leave(pool: &mut PoolMut<'_>, worker: u32) -> Vec<u32> {
        let of_worker = pool.claimed.iter().filter(|(_, by)| **by == worker);
        let tiles: Vec<u32> = of_worker.map(|(tile, _)| *tile).collect();
        for tile in &tiles {
            pool.claimed_mut().remove(tile);
            pool.waiting_mut().push_front(*tile);
        }
        pool.running_mut().sub(1);
        tiles
    }
}

fn main() -> Result<()> {
    let mut file = "mandelbrot.png".to_owned();
    let (mut is_killing, mut is_alone, mut scene) = (false, false, Scene::small());
    for argument in env::args().skip(1) {
        match argument.as_str() {
            "--kill" => is_killing = true,
            "--alone" => is_alone = true,
            "--large" => scene = Scene::large(),
            "--worker" => return worker::run(),
            _ => file = argument,
        }
    }
    let image = if is_alone {
        scene.alone()
    } else {
        parent::run(&scene, is_killing)?
    };
    image.write(&file)?;
    println!("{file}: {} by {} pixels", image.width, image.height);
    Ok(())
}
