//! The sliders, as data.

use crate::{Lab, Params, ParamsMut};
use ipos::SharedHandle;

/// One parameter, and between what it can be moved.
pub struct Slider {
    pub name: &'static str,
    pub from: f64,
    pub to: f64,
    pub at_first: f64,
    pub get: fn(&Params) -> f64,
    pub set: fn(&mut ParamsMut<'_>, f64),
}

pub const ALL: [Slider; 4] = [
    Slider {
        name: "tension",
        from: 0.0,
        to: 1.25, // more than the simulation stands: see there
        at_first: 0.25,
        get: |p| p.tension,
        set: |p, value| p.set_tension(value),
    },
    Slider {
        name: "damping",
        from: 0.0,
        to: 0.02,
        at_first: 0.002,
        get: |p| p.damping,
        set: |p, value| p.set_damping(value),
    },
    Slider {
        name: "frequency",
        from: 0.0,
        to: 2.0,
        at_first: 0.4,
        get: |p| p.frequency,
        set: |p, value| p.set_frequency(value),
    },
    Slider {
        name: "drive",
        from: 0.0,
        to: 3.0,
        at_first: 1.2,
        get: |p| p.drive,
        set: |p, value| p.set_drive(value),
    },
];

/// How many steps it takes from one end of a slider to the other.
const STEPS: f64 = 50.0;

impl Slider {
    /// Moves it by so many steps, from where it is by then: the simulation moves it as well.
    pub fn move_by(&self, lab: &SharedHandle<Lab>, steps: f64) -> ipos::Result<()> {
        lab.update(|l| {
            let value = (self.get)(&l.params) + steps * (self.to - self.from) / STEPS;
            (self.set)(&mut l.params_mut(), value.clamp(self.from, self.to));
        })
    }

    /// Where it is, from 0 to 1.
    pub fn place(&self, params: &Params) -> f64 {
        ((self.get)(params) - self.from) / (self.to - self.from)
    }
}
