//! Chance that is the same every time: for fits that are to be repeatable.

/// SplitMix64 (Steele et al. 2014).
pub(crate) struct Dice(pub u64);

impl Dice {
    /// The next 64 bits.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to below 1.
    pub fn share(&mut self) -> f32 {
        /// As many steps as a single-precision number tells apart.
        const STEPS: u32 = 1 << 24;
        let bits = u32::try_from(self.next() >> 40).unwrap_or(0);
        bits as f32 / STEPS as f32
    }

    /// A number below a limit; 0 if nothing is below it.
    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % (limit as u64).max(1)).unwrap_or(0)
    }

    /// Puts a list into another order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, order: &mut [T]) {
        for last in (1..order.len()).rev() {
            let other = self.below(last + 1);
            order.swap(last, other);
        }
    }
}
