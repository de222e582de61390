//! The order of the steps of one turn: detect, policy, floor, packet.
