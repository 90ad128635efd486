use ipos::Shared;

#[derive(Shared, Clone, Debug)]
struct Board {
    title: String,
}

fn main() {}
