use ipos::Shared;

#[derive(Shared)]
struct Board {
    here: *const u8,
    there: *mut u8,
}

fn main() {}
