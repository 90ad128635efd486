//! Numbers that look random and are the same for the same seed (the `SplitMix64` of Steele, Lea and
//! Flood).

#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Others than `new` gives for the same seed.
    pub fn aside(seed: u64) -> Self {
        Self(!seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    /// One of `0..end`.
    pub fn below(&mut self, end: usize) -> usize {
        let number = self.next() % u64::try_from(end).expect("a usize has 64 bits at the most");
        usize::try_from(number).expect("it is less than a usize")
    }

    /// One of `0..5`.
    pub fn small<N: TryFrom<usize>>(&mut self) -> N {
        let number = self.below(5);
        N::try_from(number).unwrap_or_else(|_| panic!("every number type has {number}"))
    }

    /// Whether something happens that does in so many of a hundred cases.
    pub fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    pub fn pick<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        choices[self.below(choices.len())]
    }

    /// The number of a weight, drawn in proportion to the weights.
    pub fn weighted(&mut self, weights: &[usize]) -> usize {
        let mut left = self.below(weights.iter().sum());
        let fits = |&weight: &usize| match left.checked_sub(weight) {
            Some(rest) => {
                left = rest;
                false
            }
            None => true,
        };
        let found = weights.iter().position(fits);
        found.expect("it is less than all weights together")
    }
}
