//! Dates and times of `chrono`, as the texts that serde makes of them.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

use super::formed;

formed! {
    NaiveDate: "NaiveDate" as String;
    NaiveTime: "NaiveTime" as String;
    NaiveDateTime: "NaiveDateTime" as String;
    DateTime<Utc>: "DateTime<Utc>" as String;
    DateTime<FixedOffset>: "DateTime<FixedOffset>" as String, key: false;
    TimeDelta: "TimeDelta" as (i64, i32);
}
