//! An enum that holds itself.

use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
enum Expr {
    Number(i64),
    Sum(Box<Self>, Box<Expr>),
    Call { arguments: Vec<Expr> },
}
