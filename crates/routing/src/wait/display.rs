//! What people are told about a wait: few, round figures, never narrower than
//! the interval. The words belong to the pages.

/// The minutes that are ever told. Source: `science.md` §4.5.
pub const GRID_MIN: [u32; 19] = [
    1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 75, 90, 120,
];
/// Beyond this upper end no upper end is told, in minutes.
pub const TOLD_MAX_MIN: u32 = 30;
/// Up to this upper end an interval is told even if it is wide for its size,
/// in minutes: "1–4 minutes" helps more than "more than 1 minute".
pub const ALWAYS_TOLD_MIN: u32 = 10;

/// A wait as it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Display {
    /// "Less than 4 minutes."
    Under {
        /// The upper end.
        hi_min: u32,
    },
    /// "About 3–5 minutes."
    Between {
        /// The lower end.
        lo_min: u32,
        /// The upper end.
        hi_min: u32,
    },
    /// "More than 25 minutes", with something else to choose.
    MoreThan {
        /// The lower end.
        lo_min: u32,
    },
}

impl Display {
    /// Rounds an interval outward to the grid. It becomes "more than" when its
    /// upper end passes [`TOLD_MAX_MIN`], or when it is wider than twice its
    /// lower end and not short anyway.
    pub fn of(lo_min: f64, hi_min: f64) -> Self {
        let lo = GRID_MIN
            .iter()
            .rev()
            .find(|step| f64::from(**step) <= lo_min)
            .copied();
        let hi = GRID_MIN
            .iter()
            .find(|step| f64::from(**step) >= hi_min && Some(**step) > lo)
            .copied()
            .filter(|hi| *hi <= TOLD_MAX_MIN);
        match (lo, hi) {
            (None, Some(hi_min)) => Self::Under { hi_min },
            (Some(lo_min), Some(hi_min))
                if hi_min <= ALWAYS_TOLD_MIN || hi_min - lo_min <= 2 * lo_min =>
            {
                Self::Between { lo_min, hi_min }
            }
            (lo, _) => Self::MoreThan {
                lo_min: lo.unwrap_or(1),
            },
        }
    }

    /// The lower end, in minutes; 0 if none is told.
    pub const fn lo_min(self) -> u32 {
        match self {
            Self::Under { .. } => 0,
            Self::Between { lo_min, .. } | Self::MoreThan { lo_min } => lo_min,
        }
    }

    /// The upper end, in minutes, if one is told.
    pub const fn hi_min(self) -> Option<u32> {
        match self {
            Self::Under { hi_min } | Self::Between { hi_min, .. } => Some(hi_min),
            Self::MoreThan { .. } => None,
        }
    }

    /// The same with its upper end no later than `cap_min` from now, which was
    /// promised before.
    pub(crate) fn capped(self, cap_min: f64) -> Self {
        let Some(hi_min) = self.hi_min() else {
            return self;
        };
        if f64::from(hi_min) <= cap_min {
            return self;
        }
        let steps = GRID_MIN.iter().rev();
        let hi_min = steps
            .copied()
            .find(|step| f64::from(*step) <= cap_min)
            .unwrap_or(1);
        match self.lo_min() {
            lo_min if lo_min > 0 && lo_min < hi_min => Self::Between { lo_min, hi_min },
            _ => Self::Under { hi_min },
        }
    }
}
