use ipos::Shared;

#[derive(Shared)]
struct Slot<T> {
    value: u8,
}

fn main() {}
