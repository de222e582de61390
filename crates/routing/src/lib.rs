//! Which queue and which agent: hours, ranking, picking, honest waits.
