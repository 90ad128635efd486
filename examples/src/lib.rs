//! The programs are in this crate's folder. Start with `quickstart.rs`, one file; the others have a folder each, and
//! a page that tells what one sees.
