use ipos::Shared;

#[derive(Shared)]
struct Board {
    callback: Option<fn(u8) -> u8>,
}

#[derive(Shared)]
enum Choice {
    This(Box<dyn Fn(u8) + Send + Sync>),
}

fn main() {}
