//! Where a simple commit leads, which is mostly all that another one needs to know of it.

use std::sync::Arc;

use super::{
    Commit,
    patch::{Edit, Step},
};

/// Where a commit leads that sets one value or adds to one number, on a way without keys.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Spot {
    steps: Arc<[Step<'static>]>,
    /// It adds, and it is the same to add before another or behind it.
    adds: bool,
}

/// How many steps a way may have that is remembered.
const STEPS: usize = 4;

impl Commit<'_> {
    /// Where it leads, if it is that simple.
    pub(crate) fn spot(&self) -> Option<Spot> {
        let [patch] = &self.patches[..] else {
            return None;
        };
        let adds = match patch.edit {
            Edit::Set(_) => false,
            Edit::Add { is_exact, .. } => is_exact,
            _ => return None,
        };
        if patch.steps.len() > STEPS {
            return None;
        }
        let steps = patch.steps.iter().map(|step| match *step {
            Step::Field(field) => Some(Step::Field(field)),
            Step::Some => Some(Step::Some),
            Step::Variant { variant, field } => Some(Step::Variant { variant, field }),
            Step::At(at) => Some(Step::At(at)),
            Step::Key(_) => None,
        });
        Some(Spot {
            steps: steps.collect::<Option<_>>()?,
            adds,
        })
    }

    /// Whether this one, if it is simple as well, is certainly apart from one that leads there. Both were made
    /// on the same state.
    pub(crate) fn is_apart_from_spot(&self, spot: &Spot) -> bool {
        let [patch] = &self.patches[..] else {
            return false;
        };
        let mut ways = patch.steps.iter().zip(&*spot.steps);
        match ways.find(|(mine, theirs)| mine != theirs) {
            Some(
                (Step::Field(_), Step::Field(_))
                | (Step::At(_), Step::At(_))
                | (Step::Variant { .. }, Step::Variant { .. }),
            ) => true,
            Some(_) => false,
            None => {
                let is_there = patch.steps.len() == spot.steps.len();
                is_there && spot.adds && matches!(patch.edit, Edit::Add { is_exact: true, .. })
            }
        }
    }
}
