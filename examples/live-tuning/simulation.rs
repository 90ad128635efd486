//! The simulation's process: a string of masses and springs, held at its right end and moved at its left.

use crate::{
    Lab, LabMut, Params, Result,
    picture::{self, WIDTH},
};
use ipos::{Error, Ipos};
use std::{f64::consts::TAU, time::Duration};

/// Between two pictures.
const STEPS: u64 = 20;

/// How far the picture reaches, and how far the string may go before something is wrong.
const REACH: f64 = 10.0;
const TOO_FAR: f64 = 40.0;

pub fn run() -> Result<()> {
    let ipos = Ipos::join()?;
    let lab = ipos.get::<Lab>("lab")?;
    let mut string = Strand::at_rest();
    loop {
        let (params, pace) = {
            let l = lab.read();
            (l.params.clone(), Duration::from_secs_f64(l.pace))
        };
        if !params.is_paused {
            (0..STEPS).for_each(|_| string.step(&params));
        }
        let is_broken = string.is_broken();
        if is_broken {
            string = Strand {
                time: string.time,
                ..Strand::at_rest()
            };
        }
        lab.update(|l| {
            if is_broken {
                calm_down(l, params.tension);
            }
            show(l, &string, &params);
        })?;
        lab.flush(Duration::MAX)?;
        match lab.wait_until(pace, |l| l.is_over) {
            Ok(()) => return Ok(()),
            Err(Error::Timeout { .. }) => {} // time for the next picture
            Err(error) => return Err(error.into()),
        }
    }
}

/// The simulation moves the user's slider: its steps are too coarse for so much tension.
fn calm_down(l: &mut LabMut<'_>, tension: f64) {
    let less = tension * 0.6;
    l.params_mut().set_tension(less);
    l.news_mut().emit(format!(
        "the string broke at tension {tension:.2}: lowered to {less:.2}"
    ));
}

/// What has changed of the picture and the measurements, and nothing else, crosses the socket.
fn show(l: &mut LabMut<'_>, string: &Strand, params: &Params) {
    let rows = picture::curve(&string.places.map(|place| place / REACH));
    let mut view = l.view_mut();
    if view.picture.is_empty() {
        view.set_picture(rows);
    } else {
        for (at, row) in rows.into_iter().enumerate() {
            if view.picture[at] != row {
                view.picture_mut().at(at).set(row);
            }
        }
    }
    if view.time != string.time {
        view.set_time(string.time);
        view.set_height(string.height());
        view.set_energy(string.energy(params));
    }
    if view.is_paused != params.is_paused {
        view.set_is_paused(params.is_paused);
    }
}

struct Strand {
    places: [f64; WIDTH],
    speeds: [f64; WIDTH],
    phase: f64,
    time: u64,
}

impl Strand {
    fn at_rest() -> Self {
        Self {
            places: [0.0; WIDTH],
            speeds: [0.0; WIDTH],
            phase: 0.0,
            time: 0,
        }
    }

    fn step(&mut self, params: &Params) {
        self.time += 1;
        self.phase = (self.phase + TAU * params.frequency / 100.0) % TAU;
        self.places[0] = params.drive * self.phase.sin();
        for at in 1..WIDTH - 1 {
            let (left, here, right) = (self.places[at - 1], self.places[at], self.places[at + 1]);
            let force = params.tension * (left - 2.0 * here + right);
            self.speeds[at] += force - params.damping * self.speeds[at];
        }
        for at in 1..WIDTH - 1 {
            self.places[at] += self.speeds[at];
        }
    }

    fn height(&self) -> f64 {
        self.places
            .iter()
            .fold(0.0, |most, place| place.abs().max(most))
    }

    fn energy(&self, params: &Params) -> f64 {
        let moving: f64 = self.speeds.iter().map(|speed| speed * speed).sum();
        let springs = self
            .places
            .windows(2)
            .map(|pair| (pair[1] - pair[0]).powi(2));
        (moving + params.tension * springs.sum::<f64>()) / 2.0
    }

    fn is_broken(&self) -> bool {
        self.places
            .iter()
            .any(|place| !place.is_finite() || place.abs() > TOO_FAR)
    }
}
