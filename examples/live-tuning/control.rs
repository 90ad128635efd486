//! The user's side in a terminal.

use crate::{Lab, Result, screen, sliders};
use ipos::{Event, Process, SharedHandle};
use ratatui::{
    DefaultTerminal,
    crossterm::event::{self, KeyCode},
};
use std::time::Duration;

/// How often the terminal is drawn.
const PACE: Duration = Duration::from_millis(33);

pub fn run(lab: &SharedHandle<Lab>, simulation: &Process) -> Result<()> {
    let mut terminal = ratatui::init();
    let end = until_quit(&mut terminal, lab, simulation);
    ratatui::restore();
    end
}

fn until_quit(
    terminal: &mut DefaultTerminal,
    lab: &SharedHandle<Lab>,
    simulation: &Process,
) -> Result<()> {
    let events = lab.events(|l| &l.news);
    let (mut news, mut chosen) = (Vec::new(), 0);
    loop {
        while let Some(event) = events.try_next() {
            if let Event::Emitted { event, .. } = event {
                news.push(event);
            }
        }
        // Nobody writes the object while it is read: a picture is never half of one and half of the next.
        terminal.draw(|frame| screen::draw(frame, &lab.read(), chosen, &news))?;
        if let Some(end) = simulation.try_wait()? {
            return Err(format!("the simulation ended with {end}").into());
        }
        if !event::poll(PACE)? {
            continue;
        }
        let Some(key) = event::read()?.as_key_press_event() else {
            continue;
        };
        let count = sliders::ALL.len();
        match key.code {
            KeyCode::Up => chosen = (chosen + count - 1) % count,
            KeyCode::Down => chosen = (chosen + 1) % count,
            KeyCode::Left => sliders::ALL[chosen].move_by(lab, -1.0)?,
            KeyCode::Right => sliders::ALL[chosen].move_by(lab, 1.0)?,
            KeyCode::Char(' ') => lab.update(|l| {
                let is_paused = !l.params.is_paused;
                l.params_mut().set_is_paused(is_paused);
            })?,
            KeyCode::Char('q') | KeyCode::Esc => return Ok(()),
            _ => {}
        }
    }
}
