use ipos::Shared;

#[derive(Shared)]
struct Board {
    shape: Box<dyn std::any::Any + Send + Sync>,
}

fn main() {}
