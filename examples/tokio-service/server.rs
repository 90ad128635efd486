//! The server: a task for each client, and the workers.

use crate::{Job, Result, Service};
use ipos::{Change, Ipos, Process, SharedHandle};
use std::{
    env, io,
    net::SocketAddr,
    process::{Command, ExitStatus},
    sync::atomic::{AtomicU64, Ordering},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    task::{self, JoinSet},
};
use tokio_stream::{Stream, StreamExt};

const WORKERS: usize = 3;

/// The largest number: all are taken apart by trying.
const MOST: u64 = 1_000_000_000_000_000;

pub struct Server {
    pub address: SocketAddr,
    pub service: SharedHandle<Service>,
    listener: TcpListener,
    workers: Vec<Process>,
    _ipos: Ipos, // the session lasts as long as this
}

pub async fn start() -> Result<Server> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let ipos = Ipos::host()?;
    let service = ipos.create("service", Service::default())?;
    let mut starting = Vec::new();
    for _ in 0..WORKERS {
        let ipos = ipos.clone();
        // To start a process and wait for it is for a thread that may be held up.
        starting.push(task::spawn_blocking(move || {
            ipos.spawn(Command::new(env::current_exe()?).arg("worker"))
                .map_err(io::Error::other)
        }));
    }
    let mut workers = Vec::new();
    for worker in starting {
        workers.push(worker.await??);
    }
    Ok(Server {
        address: listener.local_addr()?,
        service,
        listener,
        workers,
        _ipos: ipos,
    })
}

impl Server {
    /// Serves clients until the service is closed and its workers have ended.
    pub async fn run(self) -> Result<()> {
        let mut ends = JoinSet::new();
        for worker in self.workers {
            ends.spawn_blocking(move || (worker.id(), worker.wait()));
        }
        loop {
            tokio::select! {
                client = self.listener.accept() => {
                    let (client, from) = client?;
                    let service = self.service.clone();
                    task::spawn(async move {
                        if let Err(error) = serve(client, service).await {
                            println!("{from}: {error}");
                        }
                    });
                }
                Some(end) = ends.join_next() => ended(end?)?,
                closing = self.service.wait_until_async(|s| s.is_closing) => {
                    closing?;
                    break;
                }
            }
        }
        while let Some(end) = ends.join_next().await {
            ended(end?)?;
        }
        Ok(())
    }
}

fn ended((worker, end): (u32, ipos::Result<ExitStatus>)) -> Result<()> {
    let end = end?;
    println!("worker {worker} ended with {end}");
    if end.success() {
        Ok(())
    } else {
        Err("what it was at is lost".into())
    }
}

/// One client: each line is a number to take apart, or a word.
async fn serve(client: TcpStream, service: SharedHandle<Service>) -> Result<()> {
    let (reader, mut writer) = client.into_split();
    let mut lines = BufReader::new(reader).lines();
    while let Some(line) = lines.next_line().await? {
        let answer = match (line.trim(), line.trim().parse()) {
            ("watch", _) => {
                return watch(&service, lines, writer).await;
            }
            (_, Ok(number @ 1..=MOST)) => {
                format!("{number} = {}", product(&factors(&service, number).await?))
            }
            _ => format!("send a number from 1 to {MOST}, or `watch`"),
        };
        writer.write_all(format!("{answer}\n").as_bytes()).await?;
    }
    Ok(())
}

/// Has a number taken apart by a worker.
async fn factors(service: &SharedHandle<Service>, number: u64) -> ipos::Result<Vec<u64>> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let id = NEXT.fetch_add(1, Ordering::Relaxed);
    service.update(|s| s.waiting_mut().push_back(Job { id, number }))?;
    service
        .wait_until_async(|s| s.answers.contains_key(&id))
        .await?;
    let answer = service.update(|s| s.answers_mut().remove(&id))?;
    Ok(answer.expect("only who asked takes an answer out"))
}

/// Tells a client what the workers do, as they do it, until it goes away.
async fn watch(
    service: &SharedHandle<Service>,
    mut lines: Lines<BufReader<OwnedReadHalf>>,
    mut writer: OwnedWriteHalf,
) -> Result<()> {
    let mut news = std::pin::pin!(news(service));
    writer.write_all(b"watching\n").await?;
    loop {
        tokio::select! {
            Some(line) = news.next() => writer.write_all(line.as_bytes()).await?,
            line = lines.next_line() => if line?.is_none() { return Ok(()) },
            else => return Ok(()),
        }
    }
}

/// What is to be said of each change of the one field, and of nothing else.
fn news(service: &SharedHandle<Service>) -> impl Stream<Item = String> + use<> {
    let answered = service.subscribe_to(|s| &s.answered);
    StreamExt::filter_map(answered, |change| match change {
        Change::Patched {
            seq,
            origin,
            patches,
        } => {
            let worker = origin.pid().unwrap_or(0);
            Some(format!(
                "{seq}: worker {worker} has answered: {patches:?}\n"
            ))
        }
        Change::Reset { .. } => Some("(some was missed)\n".to_owned()),
        Change::Deleted => None,
    })
}

fn product(factors: &[u64]) -> String {
    let factors: Vec<_> = factors.iter().map(u64::to_string).collect();
    if factors.is_empty() {
        "1".to_owned()
    } else {
        factors.join(" x ")
    }
}
