use ipos::Shared;

#[derive(Shared)]
union Either {
    this: u8,
    that: u16,
}

fn change(either: &mut EitherMut<'_>) {
    either.set_this(1);
}

fn main() {}
