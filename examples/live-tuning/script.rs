//! The user's side without a terminal: a tour, whose stops are printed as the terminal would show them.

use crate::{Lab, Result, screen, sliders};
use ipos::{Event, SharedHandle};
use ratatui::{Terminal, backend::TestBackend};
use std::time::Duration;

const TENSION: usize = 0;
const FREQUENCY: usize = 2;

/// More than enough, for something that takes a moment.
const PATIENCE: Duration = Duration::from_secs(60);

pub fn run(lab: &SharedHandle<Lab>) -> Result<()> {
    let events = lab.events(|l| &l.news);
    lab.update(|l| l.set_pace(0.0))?;

    after(lab, 600)?;
    print("The string is moved at its left end.", lab, 0, &[])?;

    // The string's own frequencies at this tension are the multiples of 0.263.
    set(lab, FREQUENCY, 0.79)?;
    after(lab, 8_000)?;
    lab.wait_until(PATIENCE, |l| l.view.height > 5.0)?;
    print(
        "Its third frequency: it stands in three waves.",
        lab,
        FREQUENCY,
        &[],
    )?;

    set(lab, TENSION, 1.2)?;
    let Some(Event::Emitted { event: said, .. }) = events.next_timeout(PATIENCE) else {
        return Err("the simulation did not say that the string broke".into());
    };
    after(lab, 2_000)?;
    let text = "More tension than it stands: the simulation has moved the slider back.";
    print(text, lab, TENSION, &[said])?;
    assert_eq!(lab.read().params.tension, 1.2 * 0.6);

    lab.update(|l| l.params_mut().set_is_paused(true))?;
    lab.wait_until(PATIENCE, |l| l.view.is_paused)?;
    let stopped = lab.read().view.time;
    lab.update(|l| l.params_mut().set_is_paused(false))?;
    lab.wait_until(PATIENCE, |l| !l.view.is_paused)?;
    println!("It was paused at step {stopped} and goes on.");
    after(lab, 1_000)
}

fn set(lab: &SharedHandle<Lab>, slider: usize, value: f64) -> Result<()> {
    Ok(lab.update(|l| (sliders::ALL[slider].set)(&mut l.params_mut(), value))?)
}

/// Waits until the simulation has done so many steps more.
fn after(lab: &SharedHandle<Lab>, steps: u64) -> Result<()> {
    let until = lab.read().view.time + steps;
    Ok(lab.wait_until(PATIENCE, |l| l.view.time >= until)?)
}

/// What a terminal would show.
fn print(title: &str, lab: &SharedHandle<Lab>, chosen: usize, news: &[String]) -> Result<()> {
    let mut terminal = Terminal::new(TestBackend::new(screen::WIDTH, screen::HEIGHT))?;
    terminal.draw(|frame| screen::draw(frame, &lab.read(), chosen, news))?;
    println!("{title}");
    let cells = terminal.backend().buffer().content();
    for row in cells.chunks(screen::WIDTH.into()) {
        let row: String = row.iter().map(|cell| cell.symbol()).collect();
        println!("{}", row.trim_end());
    }
    println!();
    Ok(())
}
