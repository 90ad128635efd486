//! Numbers that look random and are the same for the same seed (the `SplitMix64` of Steele, Lea and
//! Flood).

pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    /// One of `0..end`.
    pub(super) fn below(&mut self, end: usize) -> usize {
        let number = self.next() % u64::try_from(end).expect("a usize has 64 bits at the most");
        usize::try_from(number).expect("it is less than a usize")
    }

    pub(super) fn small<N: TryFrom<usize>>(&mut self) -> N {
        N::try_from(self.below(5))
            .ok()
            .expect("every number type has 0 to 4")
    }

    /// Whether something happens that does in so many of a hundred cases.
    pub(super) fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    pub(super) fn pick<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        choices[self.below(choices.len())]
    }
}
