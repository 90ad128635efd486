use ipos::Shared;

#[derive(Shared)]
struct Board {
    title: Sting,
    counts: Vec<u9>,
}

fn main() {}
