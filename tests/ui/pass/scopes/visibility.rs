//! A type and fields of any visibility.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

mod inner {
    use super::{Deserialize, Serialize, Shared};

    pub(super) mod deeper {
        use super::{Deserialize, Serialize, Shared};

        #[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
        pub(in crate::pass::scopes::visibility) struct Limited {
            pub everywhere: u8,
            pub(crate) within: u8,
            pub(in crate::pass::scopes::visibility) here: u8,
            hidden: u8,
        }

        pub(in crate::pass::scopes::visibility) fn hide(limited: &mut LimitedMut<'_>) {
            limited.set_hidden(limited.hidden + 4);
        }
    }
}

use inner::deeper::{Limited, hide};

#[test]
fn check() {
    let limited = changed(Limited::default(), |limited| {
        limited.set_everywhere(1);
        limited.set_within(2);
        limited.set_here(3);
        hide(limited);
    });
    assert_eq!(
        (limited.everywhere, limited.within, limited.here),
        (1, 2, 3)
    );
}
