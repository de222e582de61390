//! What follows from the signals: the policy file, its rules, and the trace of a verdict.
