//! The one list of types.
//!
//! What is to hold for every type is checked for those of [`for_each_type`]:
//!
//! | check | what |
//! |---|---|
//! | `tests/wire` | recorded bytes, typed patches, undo, and bytes that mean nothing |
//! | `tests/concurrent` | commits made at once, at hosts that have the type and at others |
//! | `tests/parity` | every verb over real processes; see [`listed`](crate::roles::parity::listed) |
//!
//! # Adding a type
//!
//! One line of the list:
//!
//! ```text
//! a_vec_of_chars: Vec<char>,
//! ```
//!
//! A type that is made of shapes that are there needs no more. What can be done to a new shape stands beside,
//! in [`subjects`](crate::subjects): its values, its operations, and how one is done on the wrapper and on the
//! plain value. A name of the list must be in scope where the list is used, so this module gives all of them.
//!
//! Types with fields that are for the host alone are not in it, since members may not create them or write all of
//! them. `tests/wire` has some beside the list. Nor is `Events`, which has one value that no operation changes:
//! `ipos/src/core/tests/events.rs` has what is to hold for it.

pub use std::{
    borrow::Cow,
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque},
    ffi::{CString, OsString},
    hash::{BuildHasherDefault, DefaultHasher},
    marker::PhantomData,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6},
    num::{NonZero, Saturating, Wrapping},
    ops::{Bound, Range, RangeFrom, RangeInclusive, RangeTo},
    path::PathBuf,
    sync::Arc,
    time::{Duration, SystemTime},
};

pub use bytes::{Bytes, BytesMut};
pub use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
pub use indexmap::{IndexMap, IndexSet};
pub use jiff::{self, SignedDuration, Timestamp, Zoned};
pub use serde_bytes::ByteBuf;
pub use smallvec::SmallVec;
pub use uuid::Uuid;

pub use crate::subjects::{
    atomic::Words,
    shapes::{
        Buffer, Color, Grid, Job, Marker, Panel, Place, Shape, Step, Theme, Tree, View, Wrapped,
    },
    structs::{Board, Node, Task},
};

/// Calls the macro `$each` with the list, as `name: Type,` for each type. Where it is called, all of this
/// module must be in scope.
#[macro_export]
macro_rules! for_each_type {
    ($each:ident) => {
        $each! {
            a_unit: (),
            a_bool: bool,
            a_char: char,
            a_u8: u8,
            a_u16: u16,
            a_u32: u32,
            a_u64: u64,
            a_u128: u128,
            a_usize: usize,
            an_i8: i8,
            an_i16: i16,
            an_i32: i32,
            an_i64: i64,
            an_i128: i128,
            an_isize: isize,
            an_f32: f32,
            an_f64: f64,
            a_string: String,
            a_vec_of_bytes: Vec<u8>,
            a_vec_of_strings: Vec<String>,
            a_vec_of_units: Vec<()>,
            a_vec_of_floats: Vec<f64>,
            a_vec_of_vecs: Vec<Vec<Vec<i16>>>,
            a_vec_of_boxes: Vec<Box<Task>>,
            an_array_of_bytes: [u8; 5],
            an_array_of_strings: [String; 3],
            an_array_of_arrays: [[(); 2]; 2],
            an_array_of_nothing: [Vec<u16>; 0],
            a_deque_of_strings: VecDeque<String>,
            a_deque_of_deques: VecDeque<VecDeque<u64>>,
            a_hash_map_by_string: HashMap<String, u32>,
            a_hash_map_by_number: HashMap<u64, String>,
            a_hash_map_by_tuple: HashMap<(u8, bool), Vec<String>>,
            a_hash_map_with_another_hasher: HashMap<char, i8, BuildHasherDefault<DefaultHasher>>,
            a_hash_map_of_hash_maps: HashMap<bool, HashMap<u8, HashMap<String, ()>>>,
            a_btree_map_by_string: BTreeMap<String, BTreeMap<u8, String>>,
            a_btree_map_by_list: BTreeMap<Vec<u8>, Option<String>>,
            a_btree_map_by_option: BTreeMap<Option<BTreeSet<u8>>, f64>,
            a_hash_set_of_strings: HashSet<String>,
            a_hash_set_of_tuples: HashSet<(i8, char)>,
            a_hash_set_with_another_hasher: HashSet<u16, BuildHasherDefault<DefaultHasher>>,
            a_btree_set_of_numbers: BTreeSet<i32>,
            a_btree_set_of_lists: BTreeSet<Vec<String>>,
            an_option_of_a_string: Option<String>,
            an_option_of_an_option: Option<Option<()>>,
            an_option_of_a_map: Option<BTreeMap<u8, Option<char>>>,
            a_box_of_a_leaf: Box<u32>,
            a_box_of_a_string: Box<String>,
            a_box_of_a_box: Box<Option<Box<Box<VecDeque<u8>>>>>,
            a_tuple_of_1: (String,),
            a_tuple_of_2: (u8, Vec<String>),
            a_tuple_of_3: (bool, Option<u8>, String),
            a_tuple_of_4: ((), ((), (u8,)), char, BTreeSet<u8>),
            a_tuple_of_5: (u8, u16, u32, u64, u128),
            a_tuple_of_6: (i8, i16, i32, i64, i128, String),
            a_tuple_of_7: (u8, String, u8, String, u8, String, u8),
            a_tuple_of_8: (u8, u8, u8, u8, u8, u8, u8, Vec<u8>),
            a_tuple_of_9: (u8, u8, u8, u8, Vec<u8>, u8, u8, u8, u8),
            a_tuple_of_10: (u8, u8, u8, u8, u8, u8, u8, u8, u8, (u8, u8)),
            a_tuple_of_11: (u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, bool),
            a_tuple_of_12: (u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, String),
            a_duration: Duration,
            a_system_time: SystemTime,
            an_ipv4_address: Ipv4Addr,
            an_ipv6_address: Ipv6Addr,
            an_ip_address: IpAddr,
            an_ipv4_socket_address: SocketAddrV4,
            an_ipv6_socket_address: SocketAddrV6,
            a_socket_address: SocketAddr,
            a_path: PathBuf,
            an_os_string: OsString,
            a_c_string: CString,
            a_byte_buffer: ByteBuf,
            a_non_zero_u8: NonZero<u8>,
            a_non_zero_u16: NonZero<u16>,
            a_non_zero_u32: NonZero<u32>,
            a_non_zero_u64: NonZero<u64>,
            a_non_zero_u128: NonZero<u128>,
            a_non_zero_usize: NonZero<usize>,
            a_non_zero_i8: NonZero<i8>,
            a_non_zero_i16: NonZero<i16>,
            a_non_zero_i32: NonZero<i32>,
            a_non_zero_i64: NonZero<i64>,
            a_non_zero_i128: NonZero<i128>,
            a_non_zero_isize: NonZero<isize>,
            a_wrapping_number: Wrapping<u8>,
            another_wrapping_number: Wrapping<i64>,
            a_saturating_number: Saturating<i32>,
            a_reversed_string: Reverse<String>,
            a_range: Range<u32>,
            a_range_of_lists: Range<Vec<()>>,
            a_range_with_its_end: RangeInclusive<char>,
            a_range_without_an_end: RangeFrom<String>,
            a_range_without_a_start: RangeTo<(u8, bool)>,
            a_bound: Bound<f64>,
            a_marker: PhantomData<str>,
            a_list_of_markers: Vec<PhantomData<u8>>,
            a_boxed_text: Box<str>,
            a_counted_text: Arc<str>,
            a_boxed_list: Box<[Option<String>]>,
            a_counted_list: Arc<[u8]>,
            a_counted_struct: Arc<Board>,
            a_cow_of_text: Cow<'static, str>,
            a_cow_of_bytes: Cow<'static, [u8]>,
            a_list_of_cows: Vec<Cow<'static, str>>,
            a_result: Result<String, u32>,
            a_result_of_containers: Result<BTreeMap<u8, Vec<String>>, Option<Task>>,
            a_map_by_address: BTreeMap<IpAddr, Duration>,
            a_map_by_boxed_sets: BTreeMap<Box<[BTreeSet<u8>]>, OsString>,
            a_set_of_names: HashSet<OsString>,
            a_uuid: Uuid,
            a_map_by_uuid: BTreeMap<Uuid, u8>,
            a_shared_buffer: Bytes,
            a_growing_buffer: BytesMut,
            a_chrono_time_in_utc: DateTime<Utc>,
            a_chrono_time_with_an_offset: DateTime<FixedOffset>,
            a_chrono_date_and_time: NaiveDateTime,
            a_chrono_date: NaiveDate,
            a_chrono_time: NaiveTime,
            a_chrono_delta: TimeDelta,
            a_jiff_timestamp: Timestamp,
            a_jiff_zoned: Zoned,
            a_jiff_date_and_time: jiff::civil::DateTime,
            a_jiff_date: jiff::civil::Date,
            a_jiff_time: jiff::civil::Time,
            a_jiff_duration: SignedDuration,
            an_index_map: IndexMap<String, Vec<u8>>,
            an_index_set: IndexSet<Option<i8>, BuildHasherDefault<DefaultHasher>>,
            a_small_list: SmallVec<[String; 2]>,
            a_list_of_small_lists: Vec<SmallVec<[Option<u8>; 2]>>,
            a_struct: Task,
            a_struct_of_containers: Board,
            a_struct_that_holds_itself: Node,
            a_unit_struct: Marker,
            a_tuple_struct: Place,
            a_tuple_struct_of_one: Wrapped,
            a_struct_with_parameters: Buffer<String>,
            a_struct_with_a_constant_parameter: Grid<Option<u8>, 3>,
            a_struct_with_skipped_fields: View,
            a_struct_with_an_atomic_field: Theme,
            an_atomic_type: Words,
            an_enum_of_units: Color,
            an_enum: Shape,
            an_enum_with_parameters: Tree<String>,
            an_enum_with_skipped_fields: Panel,
            a_list_of_enums: Vec<Option<Shape>>,
            a_map_of_skipped_and_atomic: BTreeMap<u8, (View, Theme)>,
            a_list_of_structs: Vec<Board>,
            a_map_of_structs: BTreeMap<(u8, String), Node>,
            a_deep_nesting: Vec<HashMap<String, Option<Box<(Vec<Board>, BTreeSet<char>)>>>>,
            another_deep_nesting: (Option<VecDeque<BTreeMap<Box<String>, (HashSet<Option<u8>>, Node)>>>, String),
        }
    };
}
pub use for_each_type;
