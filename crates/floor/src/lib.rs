//! Who may speak to the customer, and what may change that.
