//! How Segue looks on the wire: types, routes, errors, OpenAPI.
