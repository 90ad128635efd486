use ipos::Shared;

#[derive(Shared)]
struct Board {
    title: &'static str,
    bytes: &'static [u8],
    count: Option<&'static u8>,
}

fn main() {}
