//! Models of what threads do here: see `ipos_transport::model`.
#![cfg(loom)]

mod queue;
