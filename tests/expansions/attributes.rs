//! Fields for the host alone, and names in the schema.

use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
#[shared(rename = "Account", crate = "crate::renamed")]
enum AccountV2 {
    #[shared(rename = "Open")]
    OpenV2 {
        #[shared(rename = "owner")]
        owner_name: String,
        #[shared(host_only)]
        balance: i64,
    },
    Closed,
}
