use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Task {
    name: String,
    done: bool,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Board {
    title: String,
    tick: u32,
    tasks: Vec<Task>,
    owner: Option<String>,
}


mod inner {
    use super::{Deserialize, Serialize, Shared};

    #[derive(Shared, Serialize, Deserialize, Clone, Debug)]
    pub struct Account {
        pub owner: String,
        balance: u64,
    }
}

fn change(account: &mut inner::AccountMut<'_>) {
    account.set_owner("ada");
    account.set_balance(100);
}

fn main() {}
