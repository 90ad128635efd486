//! The programs are in this crate's folder, one file each. Start with `quickstart.rs`.
