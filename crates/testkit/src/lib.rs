//! What tests share: the memory store, the contract suite, clocks driven by hand.
