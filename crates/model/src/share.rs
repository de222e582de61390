//! How sure a counted share is.

/// The standard score of a two-sided interval of 95 %.
pub const Z_95: f64 = 1.96;

/// The Wilson interval of a share at a standard score, which keeps its coverage where n is
/// small and the share is near 0 or 1 (`.95` true share, n = 10: covers `.914` of the time,
/// the plain normal interval `.400`; science §1.0). `None` for n = 0.
pub fn wilson(z: f64, part: u64, n: u64) -> Option<(f64, f64)> {
    if n == 0 {
        return None;
    }
    let n = n as f64;
    let share = part as f64 / n;
    let scale = 1.0 + z * z / n;
    let middle = (share + z * z / (2.0 * n)) / scale;
    let half = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt() / scale;
    Some((
        (middle - half).clamp(0.0, share),
        (middle + half).clamp(share, 1.0),
    ))
}
