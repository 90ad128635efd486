//! What is done with what is generated.

mod functions;
mod patches;
mod reading;
mod roots;
mod setters;
mod standard_types;
