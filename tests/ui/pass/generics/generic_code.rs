//! Code with parameters of its own uses what is generated.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Stack<T> {
    items: Vec<T>,
}

fn push<T: Shared>(stack: &mut StackMut<'_, T>, item: T) {
    stack.items_mut().push(item);
}

fn is_of_items<T: Shared>(patch: &StackPatch<T>) -> bool {
    match patch {
        StackPatch::Items(_) => true,
    }
}

#[test]
fn check() {
    let stack = changed(Stack::default(), |stack| push(stack, 1_u8));
    assert_eq!(stack.items, [1]);
    assert!(is_of_items(&StackPatch::<u8>::Items(ipos::ListPatch::Set(
        vec![]
    ))));
}
