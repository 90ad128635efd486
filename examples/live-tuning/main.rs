//! `cargo run --example live-tuning`: a simulation in a process of its own, and sliders in the terminal that change
//! it while it runs. Both sides write. Without a terminal, or with `--script`, the sliders move by themselves.

mod control;
mod picture;
mod screen;
mod script;
mod simulation;
mod sliders;

use ipos::{Events, Ipos, Shared};
use serde::{Deserialize, Serialize};
use std::{
    env,
    io::{self, IsTerminal},
    process::Command,
};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// What the two processes share.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
struct Lab {
    params: Params, // written by the user, and by the simulation when it comes to harm
    view: View,     // written by the simulation
    pace: f64,      // the pause between two pictures, in seconds
    is_over: bool,  // tells the simulation to end
    news: Events<String>, // what the simulation says
}

/// What the sliders are at.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
struct Params {
    tension: f64,
    damping: f64,
    frequency: f64,
    drive: f64,
    is_paused: bool,
}

/// What is to be seen: the simulation draws itself.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
struct View {
    picture: Vec<String>,
    time: u64,
    height: f64,
    energy: f64,
    is_paused: bool,
}

fn main() -> Result<()> {
    match env::args().nth(1).as_deref() {
        Some("simulation") => return simulation::run(),
        Some("--script") | None => {}
        Some(other) => return Err(format!("what is `{other}`?").into()),
    }
    let ipos = Ipos::host()?;
    let lab = ipos.create("lab", Lab::default())?;
    lab.update(|l| {
        l.set_pace(1.0 / 30.0);
        for slider in &sliders::ALL {
            (slider.set)(&mut l.params_mut(), slider.at_first);
        }
    })?;
    let mut program = Command::new(env::current_exe()?);
    let simulation = ipos.spawn(program.arg("simulation"))?;
    if env::args().len() > 1 || !io::stdout().is_terminal() {
        script::run(&lab)?;
    } else {
        control::run(&lab, &simulation)?;
    }
    lab.update(|l| l.set_is_over(true))?;
    println!("the simulation ended with {}", simulation.wait()?);
    Ok(())
}
