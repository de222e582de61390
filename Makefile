# A few words for what `cargo xtask` does; `cargo xtask help` lists all of it.
RUST_MIN := $(shell sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)

.PHONY: run build test lint bench clean rust
run build test lint bench clean: rust
	@cargo xtask $@ $(ARGS)

rust:
	@command -v cargo >/dev/null || { echo "Rust $(RUST_MIN) or newer is needed: install it with rustup, or your system's packages" >&2; exit 1; }
	@printf '%s\n%s\n' $(RUST_MIN) "$$(rustc --version | cut -d' ' -f2)" | sort -VC || { echo "$$(rustc --version) is too old: $(RUST_MIN) or newer is needed (rustup update)" >&2; exit 1; }
