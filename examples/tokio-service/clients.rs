//! The service tries itself: many clients at once, and one that watches.

use crate::{Result, server};
use std::net::SocketAddr;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
    task::JoinSet,
};

const CLIENTS: u64 = 10;
const NUMBERS: u64 = 12;

pub async fn check() -> Result<()> {
    let server = server::start().await?;
    let (address, service) = (server.address, server.service.clone());
    let server = tokio::spawn(server.run());

    let mut watching = BufReader::new(TcpStream::connect(address).await?);
    watching.write_all(b"watch\n").await?;
    let mut line = String::new();
    watching.read_line(&mut line).await?;
    print!("watch: {line}");

    let mut clients = JoinSet::new();
    for client in 0..CLIENTS {
        clients.spawn(ask(address, client));
    }
    while let Some(line) = clients.join_next().await {
        println!("{}", line??);
    }
    println!();
    for _ in 0..3 {
        line.clear();
        watching.read_line(&mut line).await?;
        print!("watch: {line}");
    }
    println!();

    let s = service.snapshot();
    for (worker, answered) in &s.answered {
        println!("worker {worker} has answered {answered}");
    }
    assert_eq!(s.answered.values().sum::<u64>(), CLIENTS * NUMBERS);
    assert!(s.waiting.is_empty() && s.answers.is_empty());
    service.update(|s| s.set_is_closing(true))?;
    server.await??;
    println!("checked: {} numbers, each answered once", CLIENTS * NUMBERS);
    Ok(())
}

/// One client; gives the last line that it was told.
async fn ask(address: SocketAddr, client: u64) -> Result<String> {
    let mut server = BufReader::new(TcpStream::connect(address).await?);
    let mut line = String::new();
    for n in 0..NUMBERS {
        let number = (client + 1) * 1_000_003 + n * 7_919;
        server.write_all(format!("{number}\n").as_bytes()).await?;
        line.clear();
        server.read_line(&mut line).await?;
        let (asked, factors) = line.trim().split_once(" = ").ok_or("not an answer")?;
        let factors: std::result::Result<Vec<u64>, _> =
            factors.split(" x ").map(str::parse).collect();
        assert_eq!(
            (asked.parse(), factors?.iter().product()),
            (Ok(number), number)
        );
    }
    Ok(line.trim().to_owned())
}
