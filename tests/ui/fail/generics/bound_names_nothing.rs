use ipos::Shared;

#[derive(Shared)]
#[shared(bound = "T: Sheared")]
struct Slot<T: Shared> {
    value: T,
}

fn main() {}
