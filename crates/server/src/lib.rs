//! The listeners: pages, headers, API, live sockets, shutdown.
