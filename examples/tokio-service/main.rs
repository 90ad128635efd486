//! `cargo run --example tokio-service`: a TCP service that takes numbers apart into their factors. Its state
//! is shared with its workers, processes that run tokio as well. `--check` has it try itself.

mod clients;
mod server;
mod worker;

use ipos::Shared;
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, VecDeque},
    env,
};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// The service's state, in the server and in each worker.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
struct Service {
    waiting: VecDeque<Job>, // the clients' numbers; workers take them from the front
    answers: BTreeMap<u64, Vec<u64>>, // by job; whoever asked takes it out
    answered: BTreeMap<u32, u64>, // how many, by worker
    is_closing: bool,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Job {
    id: u64,
    number: u64,
}

#[tokio::main]
async fn main() -> Result<()> {
    match env::args().nth(1).as_deref() {
        Some("worker") => worker::run().await,
        Some("--check") => clients::check().await,
        _ => {
            let server = server::start().await?;
            println!("try `nc {} {}`", server.address.ip(), server.address.port());
            println!("and send numbers, or `watch`");
            server.run().await
        }
    }
}
