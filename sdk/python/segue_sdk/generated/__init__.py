"""Generated from the server's document; do not edit."""
