//! A session of many members, each a process, that do little.

use std::error::Error;

use ipos::Ipos;

use super::bring;
use crate::{PATIENCE, roles::life::HOUR, talk};

/// Whether members may write: 0 is not yet, 1 is that they may, 2 is that they are to leave.
const STAGE: &str = "stage";

/// How many have written.
const TOTAL: &str = "total";

/// The role of the host: so many come, each writes once, all go. Has itself and a member measured at each stage.
///
/// # Errors
///
/// When the session fails.
///
/// # Panics
///
/// When a member ends badly.
pub(super) fn host(members: u64) -> Result<(), Box<dyn Error>> {
    let ipos = Ipos::builder().sync_timeout(PATIENCE).host()?;
    let stage = ipos.create(STAGE, 0u64)?;
    let total = ipos.create(TOTAL, 0u64)?;
    talk::ask("measure alone");
    let mut processes = Vec::new();
    for _ in 0..members {
        processes.push(bring(&ipos, "chaos/many", &[])?.0);
    }
    stage.set(1)?;
    total.wait_until(PATIENCE, |&total| total == members)?;
    ipos.barrier(PATIENCE)?;
    talk::ask(&format!("measure {}", processes[0].id()));
    stage.set(2)?;
    for process in &processes {
        assert!(process.wait()?.success());
    }
    talk::ask("measure left");
    drop(ipos);
    talk::ask("measure closed");
    Ok(())
}

/// The role of a member.
///
/// # Errors
///
/// When the session fails.
pub(super) fn member() -> Result<(), Box<dyn Error>> {
    let ipos = Ipos::builder().sync_timeout(PATIENCE).join()?;
    let stage = ipos.get::<u64>(STAGE)?;
    stage.wait_until(HOUR, |&stage| stage == 1)?;
    ipos.get::<u64>(TOTAL)?.update(|total| total.add(1))?;
    stage.wait_until(HOUR, |&stage| stage == 2)?;
    Ok(())
}
