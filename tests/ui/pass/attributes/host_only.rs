//! Fields that the host alone may write.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Account {
    owner: String,
    #[shared(host_only)]
    balance: u64,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
enum Order {
    Open {
        #[shared(host_only)]
        approved: bool,
    },
    Paid(#[shared(host_only)] u64),
}

#[test]
fn check() {
    let account = Account {
        owner: String::new(),
        balance: 0,
    };
    let account = changed(account, |account| {
        account.set_owner("ada");
        account.balance_mut().add(5);
    });
    assert_eq!(account.balance, 5);
    let order = changed(Order::Open { approved: false }, |order| {
        order.open_mut().expect("it is one").set_approved(true);
        order.set(Order::Paid(1));
    });
    assert_eq!(order, Order::Paid(1));
}
