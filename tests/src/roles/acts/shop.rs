//! A shop, as two programs know it: of one form, and with other actions.

use std::collections::{BTreeMap, VecDeque};

use ipos::Shared;
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

/// There is not enough.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub struct Short {
    /// How much is missing.
    pub missing: u64,
}

impl std::fmt::Display for Short {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} short", self.missing)
    }
}

/// What cannot be read again if it is `true`.
#[derive(Serialize, Clone, Copy, Debug, PartialEq)]
pub struct Blank(pub bool);

impl<'de> Deserialize<'de> for Blank {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match bool::deserialize(deserializer)? {
            true => Err(D::Error::custom("it is blank")),
            false => Ok(Self(false)),
        }
    }
}

macro_rules! shop {
    () => {
        use super::{
            super::{again::misbehave, is_host, pass_gate},
            *,
        };

        /// A shop.
        #[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
        pub struct Shop {
            /// How many are there.
            pub present: u64,
            /// Jobs to be claimed.
            pub jobs: VecDeque<u64>,
            /// What is there to be withdrawn.
            pub balance: u64,
            /// What was withdrawn, by whom.
            pub taken: BTreeMap<u64, u64>,
            /// Tills.
            pub tills: Vec<Till>,
            /// How often it was looked at.
            #[shared(host_only)]
            pub audited: u64,
        }

        /// A till.
        #[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
        pub struct Till {
            /// What is in it.
            pub amount: u64,
        }

        #[ipos::actions]
        impl Till {
            /// Puts something in; gives the sum.
            pub fn put(till: &mut TillMut<'_>, amount: u64) -> Result<u64, Short> {
                till.amount_mut().add(amount);
                match 100_u64.checked_sub(till.amount) {
                    Some(_) => Ok(till.amount),
                    None => Err(Short { missing: 0 }),
                }
            }
        }

        #[ipos::actions]
        impl Shop {
            /// The next job, which nobody else gets.
            pub fn claim(shop: &mut ShopMut<'_>) -> Option<u64> {
                shop.jobs_mut().pop_front()
            }

            /// Takes something for somebody, if it is there.
            pub fn withdraw(
                shop: &mut ShopMut<'_>,
                worker: u64,
                amount: u64,
            ) -> Result<u64, Short> {
                let Some(left) = shop.balance.checked_sub(amount) else {
                    let missing = amount - shop.balance;
                    return Err(Short { missing });
                };
                shop.set_balance(left);
                shop.taken_mut().entry(worker).or_default().add(amount);
                Ok(left)
            }

            /// The same, once the host's gate is open.
            pub fn gated(shop: &mut ShopMut<'_>, amount: u64) -> Result<u64, Short> {
                pass_gate();
                Self::withdraw(shop, 0, amount)
            }

            /// Writes, and fails at the host.
            pub fn fails_at_host(shop: &mut ShopMut<'_>) -> Result<u64, Short> {
                shop.balance_mut().add(1);
                shop.tills_mut().push(Till::default());
                if is_host() {
                    return Err(Short { missing: 7 });
                }
                Ok(shop.balance)
            }

            /// Writes, and fails at members.
            pub fn fails_at_member(shop: &mut ShopMut<'_>) -> Result<u64, Short> {
                shop.balance_mut().add(1);
                if is_host() {
                    return Ok(shop.balance);
                }
                Err(Short { missing: 8 })
            }

            /// Writes, and panics at the host.
            pub fn panics_at_host(shop: &mut ShopMut<'_>) {
                shop.balance_mut().add(1);
                assert!(!is_host(), "of the test: not here");
                shop.tills_mut().push(Till::default());
            }

            /// Writes what is for the host alone.
            pub fn audit(shop: &mut ShopMut<'_>) -> u64 {
                shop.audited_mut().add(1);
                shop.audited
            }

            /// Writes, and misbehaves at a member where the balance is not the one that its caller has seen.
            pub fn again(shop: &mut ShopMut<'_>, how: String, seen: u64) -> Result<u64, Short> {
                shop.balance_mut().add(1);
                if !is_host() && shop.balance != seen + 1 {
                    misbehave(&how)?;
                }
                Ok(shop.balance)
            }

            /// Answers with what cannot be read if this is the host, or a member.
            pub fn blank(shop: &mut ShopMut<'_>, at_host: bool) -> Blank {
                shop.balance_mut().add(1);
                Blank(at_host == is_host())
            }

            /// Has other answers in other processes.
            pub fn elsewhere(shop: &mut ShopMut<'_>) -> bool {
                shop.balance_mut().add(100);
                is_host()
            }
        }
    };
}

/// As the host knows it.
pub mod older {
    shop!();

    #[ipos::actions(2)]
    impl Shop {
        /// Takes a number.
        pub fn other_arguments(shop: &mut ShopMut<'_>, amount: u64) {
            shop.balance_mut().add(amount);
        }

        /// Answers with a list.
        pub fn other_answer(shop: &mut ShopMut<'_>) -> Vec<u64> {
            shop.balance_mut().add(1);
            vec![5; 2]
        }
    }
}

/// As members know it.
pub mod newer {
    shop!();

    #[ipos::actions(2)]
    impl Shop {
        /// Takes a text.
        pub fn other_arguments(shop: &mut ShopMut<'_>, text: String) {
            shop.balance_mut().add(text.len() as u64);
        }

        /// Answers with a number.
        pub fn other_answer(shop: &mut ShopMut<'_>) -> u8 {
            shop.balance_mut().add(1);
            5
        }
    }

    #[ipos::actions(3)]
    impl Shop {
        /// Is known to members alone.
        pub fn unknown(shop: &mut ShopMut<'_>) {
            shop.balance_mut().add(1);
        }
    }
}
