//! A type with actions, in two blocks.

use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Account<T> {
    balance: u64,
    notes: Vec<T>,
}

/// There is not enough.
#[derive(Serialize, Deserialize, Clone, Debug)]
struct Short {
    missing: u64,
}

#[ipos::actions]
impl<T: Shared> Account<T> {
    /// Takes something; gives what is left.
    fn withdraw(account: &mut AccountMut<'_, T>, amount: u64) -> Result<u64, Short> {
        let Some(left) = account.balance.checked_sub(amount) else {
            let missing = amount - account.balance;
            return Err(Short { missing });
        };
        account.set_balance(left);
        Ok(left)
    }

    /// Forgets all notes.
    fn clear(account: &mut AccountMut<'_, T>) {
        account.notes_mut().clear();
    }
}

#[ipos::actions(2)]
impl<T: Shared> Account<T> {
    #[cfg(any())]
    fn never(_: &mut AccountMut<'_, T>) {}

    fn pay(account: &mut AccountMut<'_, T>, amounts: (u64, u64), mut times: u8) -> u64 {
        while times > 0 {
            account.balance_mut().add(amounts.0 + amounts.1);
            times -= 1;
        }
        account.balance
    }
}

#[test]
fn actions_are_called() -> ipos::Result<()> {
    let ipos = ipos::Ipos::host()?;
    let notes = vec![1_u8];
    let account = ipos.create("account", Account { balance: 7, notes })?;
    account.call(Account::clear_action())?;
    assert_eq!(account.call(Account::pay_action((1, 2), 2))?, 13);
    let short = account.call(Account::withdraw_action(20)).unwrap_err();
    assert!(matches!(
        short,
        ipos::CallError::Failed(Short { missing: 7 })
    ));
    Ok(())
}
