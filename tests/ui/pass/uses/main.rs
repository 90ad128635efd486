//! What is done with what is generated.

#[path = "../../helper.rs"]
mod helper;

mod functions;
mod patches;
mod reading;
mod roots;
mod setters;
mod standard_types;

fn main() {
    functions::check();
    patches::check();
    reading::check();
    roots::check();
    setters::check();
    standard_types::check();
}
