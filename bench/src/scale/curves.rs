//! All curves.

use ipos::Waiting;

use super::{
    Curve, Line,
    objects::{Joins, Objects},
    pending::{Burst, Foreign, Pending},
    subscribers::{Place, Subscribers},
};
use crate::{
    contest::{Entry, Unit},
    limit::bare::{Bare, Writes},
    work::{
        commits::Down,
        entry, here,
        many::{self, Many},
        sizes::{Place as Element, Sets},
    },
};

pub(super) fn all(quick: bool) -> Vec<Curve> {
    let up_to = |points: &[usize], most: usize| {
        let points = points.iter().copied();
        points.filter(|&point| !quick || point <= most).collect()
    };
    vec![
        Curve {
            id: "members",
            name: "a commit of 100 sets, from the host until all members have applied it",
            along: "members",
            unit: Unit::Micros,
            of: "a commit and member",
            works: &[],
            points: up_to(&[1, 2, 4, 8, 16, 32, 64], 16),
            lines: vec![
                Line {
                    name: "ipos",
                    at: |members| {
                        let start = Box::new(move |_: &_| here(Many::start(members)?));
                        (entry("ipos", start), members)
                    },
                },
                Line {
                    name: "raw sockets, a commit a write",
                    at: |members| (many::raw("raw sockets", members), members),
                },
            ],
        },
        Curve {
            id: "commits",
            name: "sets, from the host until a member has applied them",
            along: "sets a commit",
            unit: Unit::MillionsASecond,
            of: "sets",
            works: &["P1", "P2"],
            points: up_to(&[1, 3, 10, 30, 100, 300, 1000, 3000, 10_000], 10_000),
            lines: vec![
                Line {
                    name: "ipos",
                    at: |sets| {
                        let start = Box::new(move |_: &_| here(Down::start(sets)?));
                        (entry("ipos", start), sets)
                    },
                },
                Line {
                    name: "bare loop, of so many elements",
                    at: |sets| {
                        let start =
                            Box::new(move |_: &_| here(Bare::start(sets, Writes::ToSlice)?));
                        (entry("bare loop", start), sets)
                    },
                },
            ],
        },
        Curve {
            id: "states",
            name: "a set in a list, one a commit, until applied",
            along: "elements",
            unit: Unit::Micros,
            of: "a commit",
            works: &["P6"],
            points: up_to(
                &[10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000],
                100_000,
            ),
            lines: vec![
                Line {
                    name: "of the element in the middle",
                    at: |elements| sets(elements, || Element::Middle),
                },
                Line {
                    name: "of an element anywhere",
                    at: |elements| sets(elements, Element::anywhere),
                },
            ],
        },
        Curve {
            id: "pending",
            name: "commits of a member without a verdict, when others come, until all are confirmed",
            along: "pending commits",
            unit: Unit::Micros,
            of: "a pending commit",
            works: &[],
            points: up_to(&[0, 1, 10, 100, 1000, 4000], 1000),
            lines: vec![
                Line {
                    name: "1 other commit to the same field",
                    at: |depth| pending(depth, Foreign::Adds(1)),
                },
                Line {
                    name: "100 other commits to the same field",
                    at: |depth| pending(depth, Foreign::Adds(100)),
                },
                Line {
                    name: "100 others that insert or remove before them",
                    at: |depth| pending(depth, Foreign::Moves(100)),
                },
            ],
        },
        Curve {
            id: "bursts",
            name: "commits that a member makes at once, until all are confirmed",
            along: "commits at once",
            unit: Unit::Micros,
            of: "a commit of the member",
            works: &[],
            points: up_to(&[1, 10, 100, 1000, 10_000, 100_000], 1000),
            lines: vec![
                Line {
                    name: "nobody else writes",
                    at: |commits| burst(commits, false),
                },
                Line {
                    name: "the host makes as many to the same field meanwhile",
                    at: |commits| burst(commits, true),
                },
            ],
        },
        Curve {
            id: "subscribers",
            name: "a commit, with so many that listen to the object",
            along: "subscriptions",
            unit: Unit::Micros,
            of: "a commit",
            works: &[],
            points: up_to(&[0, 1, 10, 100, 1000], 1000),
            lines: vec![
                Line {
                    name: "at the host, its update alone",
                    at: |number| subscribers(number, Place::Alone),
                },
                Line {
                    name: "at the host, until all have heard of it",
                    at: |number| subscribers(number, Place::Heard),
                },
            ],
        },
        Curve {
            id: "objects",
            name: "a commit to one object after the other, until applied by a member",
            along: "objects",
            unit: Unit::Micros,
            of: "a commit",
            works: &[],
            points: up_to(&[1, 10, 100, 1000, 10_000, 100_000], 1000),
            lines: vec![Line {
                name: "ipos",
                at: |objects| {
                    let start = Box::new(move |_: &_| here(Objects::start(objects)?));
                    (entry("ipos", start), 1)
                },
            }],
        },
        Curve {
            id: "joins",
            name: "a join of a session with so many small objects",
            along: "objects",
            unit: Unit::Micros,
            of: "an object",
            works: &[],
            points: up_to(&[1, 10, 100, 1000, 10_000, 100_000], 1000),
            lines: vec![Line {
                name: "ipos",
                at: |objects| {
                    let start = Box::new(move |_: &_| here(Joins::start(objects)?));
                    (entry("ipos", start), objects)
                },
            }],
        },
    ]
}

fn sets(elements: usize, element: fn() -> Element) -> (Entry, usize) {
    let start = Box::new(move |_: &_| here(Sets::start(elements, element())?));
    (entry("ipos", start), 1)
}

fn pending(depth: usize, foreign: Foreign) -> (Entry, usize) {
    let start = Box::new(move |_: &_| here(Pending::start(depth, foreign, Waiting::Park)?));
    (entry("ipos", start), depth.max(1))
}

fn burst(commits: usize, both: bool) -> (Entry, usize) {
    let start = Box::new(move |_: &_| here(Burst::start(commits, both)?));
    (entry("ipos", start), commits)
}

fn subscribers(number: usize, place: Place) -> (Entry, usize) {
    let start = Box::new(move |_: &_| here(Subscribers::start(number, place)?));
    (entry("ipos", start), 1)
}
