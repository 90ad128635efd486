//! Dates and times of `jiff`, as the texts that serde makes of them.

use jiff::{SignedDuration, Span, Timestamp, Zoned, civil};

use super::formed;

formed! {
    Timestamp: "Timestamp" as String;
    Zoned: "Zoned" as String, key: false;
    civil::Date: "Date" as String;
    civil::Time: "Time" as String;
    civil::DateTime: "DateTime" as String;
    SignedDuration: "SignedDuration" as String;
    Span: "Span" as String;
}
