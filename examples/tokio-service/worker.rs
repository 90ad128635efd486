//! A worker's process: it takes jobs from the shared state and puts answers into it.

use crate::{Job, Result, Service};
use ipos::{Error, Ipos, SharedHandle};
use std::process;

pub async fn run() -> Result<()> {
    // It waits until everything is here, which is for a thread that may be held up.
    let ipos = tokio::task::spawn_blocking(Ipos::join).await??;
    let service = ipos.get::<Service>("service")?;
    while let Some(job) = take(&service).await? {
        let factors = tokio::task::spawn_blocking(move || factors(job.number)).await?;
        service.ready_async().await?;
        service.update(|s| {
            s.answers_mut().insert(job.id, factors);
            s.answered_mut().entry(process::id()).or_default().add(1);
        })?;
    }
    Ok(service.flush_async().await?)
}

/// A job that no other worker has; `None` when the service closes.
async fn take(service: &SharedHandle<Service>) -> Result<Option<Job>> {
    loop {
        service
            .wait_until_async(|s| !s.waiting.is_empty() || s.is_closing)
            .await?;
        if service.read().waiting.is_empty() {
            return Ok(None);
        }
        match service
            .transact_async(|s| s.waiting_mut().pop_front())
            .await
        {
            Ok(Some(job)) => return Ok(Some(job)),
            // Another one was faster: here, the others know already; there, the host has found out.
            Ok(None) | Err(Error::Rejected { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

fn factors(mut number: u64) -> Vec<u64> {
    let mut factors = Vec::new();
    let mut next = 2;
    while next <= number / next {
        while number.is_multiple_of(next) {
            factors.push(next);
            number /= next;
        }
        next += 1;
    }
    if number > 1 {
        factors.push(number);
    }
    factors
}
