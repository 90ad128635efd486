//! The steps of a commit one by one, for what measures them. Not for programs.

use std::sync::Arc;

use crate::{
    PeerId, Schema, Shared,
    core::{ObjectId, Replica, Typed, carry_over},
    cursor::Cursor,
    schema::table_of,
    wire::DecodeError,
};

/// One copy of an object, which nobody else has.
#[derive(Debug)]
pub struct Copy<T> {
    replica: Replica,
    form: std::marker::PhantomData<fn() -> T>,
}

impl<T: Shared> Copy<T> {
    /// Of this value.
    pub fn new(value: T) -> Self {
        let state = Box::new(Typed::with_schema(value, table_of::<T>()));
        let id = ObjectId {
            creator: PeerId::HOST,
            number: 1,
        };
        Self {
            replica: Replica::new(id, 0, state),
            form: std::marker::PhantomData,
        }
    }

    /// Changes it in the commit that is open.
    pub fn record(&mut self, change: impl FnOnce(&mut T::Mut<'_>)) {
        let (state, recorder) = self.replica.parts();
        let typed: Option<&mut Typed<T>> = state.as_any_mut().downcast_mut();
        let value = &mut typed.expect("it was made one of this type").value;
        change(&mut T::writer(Cursor::new(value, recorder)));
    }

    /// The patches of the open commit.
    pub fn recorded(&self) -> &[u8] {
        self.replica.recorded()
    }

    /// Takes the open commit back.
    pub fn undo(&mut self) {
        self.replica.rollback();
    }

    /// Applies what another process has committed, at a place of its own in the order.
    ///
    /// # Errors
    ///
    /// When it is no commit to a value of this form.
    pub fn apply(&mut self, patches: &[u8]) -> Result<(), DecodeError> {
        let next = self.replica.seq() + 1;
        let other = PeerId(1);
        self.replica.apply_confirmed([(next, other, patches)])
    }

    /// The form of its value.
    pub fn schema(&self) -> &Arc<Schema> {
        self.replica.state().schema()
    }
}

/// What `later` is behind `earlier`, which was made on the same value.
///
/// # Errors
///
/// When one of them is no commit to a value of this form.
pub fn transform(schema: &Schema, later: &[u8], earlier: &[u8]) -> Result<Vec<u8>, DecodeError> {
    carry_over(schema, later, earlier)
}
