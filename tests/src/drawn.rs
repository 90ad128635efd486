//! Values of a type that are random and the same in every process.

use std::{
    cell::Cell,
    panic::{set_hook, take_hook},
    sync::Once,
};

use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

use crate::subject::{DEPTH, Subject, attempt, same};

/// How often something is drawn that is to be of use.
const TRIES: usize = 32;

/// How many operations an update has.
const OPS: usize = 3;

/// Two values of a type, and an update of the first with what it makes of it. They differ, if values of the
/// type can.
pub struct Drawn<T: Subject> {
    pub first: T,
    pub second: T,
    pub ops: Vec<T::Op>,
    pub updated: T,
}

impl<T: Subject> Drawn<T> {
    /// What is drawn for a name.
    ///
    /// # Panics
    ///
    /// When the type's strategies give nothing.
    pub fn of(name: &str) -> Self {
        let runner = &mut runner(name);
        let (values, ops) = (T::values(DEPTH), T::ops(DEPTH));
        let first = draw(&values, runner);
        let second = (0..TRIES)
            .map(|_| draw(&values, runner))
            .find(|value| !same(value, &first))
            .unwrap_or_else(|| first.clone());
        let mut drawn = Self {
            updated: first.clone(),
            ops: vec![],
            first,
            second,
        };
        for _ in 0..TRIES {
            if drawn.ops.len() >= OPS && !same(&drawn.updated, &drawn.first) {
                break;
            }
            drawn.update(draw(&ops, runner));
        }
        drawn
    }

    /// Does an operation more, if it does not panic.
    fn update(&mut self, op: T::Op) {
        let mut updated = self.updated.clone();
        let outcome = quietly(|| attempt(|| T::plain(&mut updated, &op)));
        if !outcome.has_panicked() {
            self.updated = updated;
            self.ops.push(op);
        }
    }

    /// Does the update through the wrapper.
    pub fn live(&self, writer: &mut T::Mut<'_>) {
        for op in &self.ops {
            quietly(|| T::live(writer, op));
        }
    }
}

/// Random numbers by a name.
fn runner(name: &str) -> TestRunner {
    let mut seed = [0; 32];
    for (at, byte) in name.bytes().enumerate() {
        seed[at % 32] ^= byte;
    }
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    TestRunner::new_with_rng(Config::default(), random)
}

fn draw<S: Strategy>(strategy: &S, runner: &mut TestRunner) -> S::Value {
    let tree = strategy.new_tree(runner);
    tree.expect("a strategy gives a value").current()
}

thread_local! {
    static IS_QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Does what panics and is caught, without a word of it.
fn quietly<R>(act: impl FnOnce() -> R) -> R {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let hook = take_hook();
        set_hook(Box::new(move |panic| {
            if !IS_QUIET.get() {
                hook(panic);
            }
        }));
    });
    let before = IS_QUIET.replace(true);
    let result = act();
    IS_QUIET.set(before);
    result
}
