//! Which room may know which. A dependency between rooms is the most expensive
//! change there is: it begins with a line here.

use crate::repo::Package;

use super::Finding;

/// A room and the rooms it may know.
struct Room {
    name: &'static str,
    knows: Knows,
}

enum Knows {
    /// These, and no other.
    Only(&'static [&'static str]),
    /// All of them: the binary plugs the adapters together, and development
    /// tools look at what they need.
    Everything,
}
use Knows::{Everything, Only};

/// All rooms. `api` knows the pure rooms beside `service` because it converts
/// their types for the wire; it never decides with them.
const ROOMS: &[Room] = &[
    Room {
        name: "model",
        knows: Only(&[]),
    },
    Room {
        name: "detect",
        knows: Only(&["model"]),
    },
    Room {
        name: "policy",
        knows: Only(&["model"]),
    },
    Room {
        name: "floor",
        knows: Only(&["model"]),
    },
    Room {
        name: "routing",
        knows: Only(&["model"]),
    },
    Room {
        name: "engine",
        knows: Only(&["model", "detect", "policy", "floor", "routing"]),
    },
    // Whether somebody was asked again is observed by `detect`, live and afterwards alike.
    Room {
        name: "insight",
        knows: Only(&["model", "detect", "policy", "engine"]),
    },
    // Synthetic history: what follows from a turn is decided as it is live.
    Room {
        name: "traffic",
        knows: Only(&["model", "detect", "policy", "engine"]),
    },
    Room {
        name: "ports",
        knows: Only(&["model"]),
    },
    Room {
        name: "store-sqlite",
        knows: Only(&["model", "ports"]),
    },
    Room {
        name: "assist",
        knows: Only(&["model"]),
    },
    Room {
        name: "service",
        knows: Only(&[
            "model", "detect", "policy", "floor", "routing", "engine", "insight", "ports", "assist",
        ]),
    },
    Room {
        name: "api",
        knows: Only(&[
            "model", "policy", "floor", "routing", "engine", "insight", "ports", "assist",
            "service",
        ]),
    },
    Room {
        name: "server",
        knows: Only(&["api", "service"]),
    },
    Room {
        name: "outbound",
        knows: Only(&[]),
    },
    // It redacts at the last line before the wire, so that no caller can forget to;
    // what is private is found as any other form in a text is: by the detectors.
    Room {
        name: "llm",
        knows: Only(&["model", "detect", "ports", "outbound"]),
    },
    // A door of its own beside the API, whose callers and errors it shares.
    Room {
        name: "gateway",
        knows: Only(&["model", "ports", "service", "api", "outbound"]),
    },
    Room {
        name: "connect",
        knows: Only(&["model", "ports", "service", "api", "outbound"]),
    },
    // A client of the API, whatever process it runs in.
    Room {
        name: "mcp",
        knows: Only(&["outbound"]),
    },
    Room {
        name: "segue",
        knows: Everything,
    },
    Room {
        name: "testkit",
        knows: Everything,
    },
    Room {
        name: "sim",
        knows: Everything,
    },
    Room {
        name: "bench",
        knows: Everything,
    },
    Room {
        name: "xtask",
        knows: Only(&[]),
    },
];

/// Rooms without a clock, socket, database, file or random source.
pub const PURE: &[&str] = &[
    "model", "detect", "policy", "floor", "routing", "engine", "insight", "assist", "traffic",
];

/// What pure rooms may use of others' code. A new line is argued in its commit:
/// none of these does input or output in what is used of it.
const PURE_LIBRARIES: &[&str] = &[
    "aho-corasick",
    "foldhash",
    "jiff",
    // Draws into a text; without its default parts it knows no file, font or bitmap.
    "plotters",
    // Chance from a seed that is an argument; it takes nothing from the machine.
    "rand_chacha",
    "regex",
    "serde",
    "serde-saphyr",
    "serde_json",
    "sha2",
    "strsim",
    "thiserror",
    "unicode-normalization",
    "uuid",
];

/// Libraries that belong to certain rooms: SQL to the stores, HTTP to the wire.
const OWNED_LIBRARIES: &[(&str, &[&str])] = &[
    // Our own data is the store's alone; `connect` reads files that are the company's.
    ("rusqlite", &["store-sqlite", "connect", "bench"]),
    (
        "axum",
        &[
            "api", "server", "gateway", "connect", "mcp", "segue", "bench",
        ],
    ),
    ("reqwest", &["outbound"]),
    ("rmcp", &["mcp"]),
    ("tokio-postgres", &["connect"]),
    ("utoipa", &["api"]),
    ("utoipa-axum", &["api"]),
    ("clap", &["segue", "bench"]),
];

/// The room of a package; the binary's package is called as the product is.
fn room_of(package: &str) -> Option<&str> {
    match package {
        "segue" => Some(package),
        _ => package.strip_prefix("segue-"),
    }
}

/// Every dependency against the tables.
pub fn check(packages: &[Package]) -> Vec<Finding> {
    packages.iter().flat_map(check_package).collect()
}

fn check_package(package: &Package) -> Vec<Finding> {
    let found = room_of(&package.name).and_then(|name| ROOMS.iter().find(|room| room.name == name));
    let Some(room) = found else {
        let what =
            "is no room: add it to the table in `crates/xtask/src/tidy/walls.rs` and argue for it";
        return vec![Finding::new(&package.name, 0, what)];
    };
    let mut findings = Vec::new();
    for dependency in &package.dependencies {
        findings.extend(refusal(room, dependency));
    }
    for dependency in &package.test_dependencies {
        findings.extend(test_refusal(room, dependency));
    }
    findings
        .into_iter()
        .map(|what| Finding::new(&package.name, 0, what))
        .collect()
}

fn refusal(room: &Room, dependency: &str) -> Option<String> {
    let Some(other) = room_of(dependency) else {
        return library_refusal(room, dependency);
    };
    match room.knows {
        Everything => None,
        Only(known) if known.contains(&other) => None,
        Only(known) => Some(format!("may not know `{other}`, only {known:?}")),
    }
}

fn library_refusal(room: &Room, library: &str) -> Option<String> {
    if PURE.contains(&room.name) && !PURE_LIBRARIES.contains(&library) {
        return Some(format!("is a pure room and may not use `{library}`"));
    }
    let (_, owners) = OWNED_LIBRARIES
        .iter()
        .find(|(owned, _)| *owned == library)?;
    (!owners.contains(&room.name))
        .then(|| format!("may not use `{library}`: it belongs to {owners:?}"))
}

/// Tests of a pure room stay among pure rooms, so that they stay fast; tests of
/// the others may use what they need but the binary, which is driven from outside.
fn test_refusal(room: &Room, dependency: &str) -> Option<String> {
    let other = room_of(dependency)?;
    let is_near = other == "testkit" || PURE.contains(&other);
    match other {
        "segue" => Some("may not know the binary, not even in tests".to_owned()),
        _ if PURE.contains(&room.name) && !is_near => {
            Some(format!("is a pure room: its tests may not know `{other}`"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, missing_docs)]

    use super::check;
    use crate::repo::Package;

    fn found(name: &str, dependencies: &[&str], test_dependencies: &[&str]) -> Vec<String> {
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let package = Package {
            name: name.to_owned(),
            dependencies: owned(dependencies),
            test_dependencies: owned(test_dependencies),
        };
        check(&[package])
            .into_iter()
            .map(|finding| finding.what)
            .collect()
    }

    #[test]
    fn the_ways_that_are_open_are_open() {
        for (name, dependencies, test_dependencies) in [
            (
                "segue-floor",
                &["segue-model", "thiserror"][..],
                &["proptest"][..],
            ),
            (
                "segue-service",
                &["segue-engine", "tokio"],
                &["segue-testkit", "segue-store-sqlite"],
            ),
            (
                "segue-store-sqlite",
                &["segue-ports", "rusqlite"],
                &["segue-testkit"],
            ),
            ("segue", &["segue-store-sqlite", "clap"], &[]),
        ] {
            assert_eq!(
                found(name, dependencies, test_dependencies),
                Vec::<String>::new(),
                "{name}"
            );
        }
    }

    #[test]
    fn every_wall_holds() {
        for (name, dependency) in [
            ("segue-model", "segue-ports"),
            ("segue-floor", "segue-policy"),
            ("segue-policy", "segue-detect"),
            ("segue-insight", "segue-floor"),
            ("segue-ports", "segue-floor"),
            ("segue-store-sqlite", "segue-service"),
            ("segue-service", "segue-store-sqlite"),
            ("segue-service", "segue-api"),
            ("segue-api", "segue-store-sqlite"),
            ("segue-server", "segue-model"),
            ("segue-detect", "tokio"),
            ("segue-assist", "rand"),
            ("segue-service", "rusqlite"),
            ("segue-service", "axum"),
            ("segue-xtask", "segue-model"),
            ("segue-helpers", "serde"),
        ] {
            assert_eq!(
                found(name, &[dependency], &[]).len(),
                1,
                "{name} -> {dependency}"
            );
        }
    }

    #[test]
    fn tests_of_pure_rooms_stay_among_pure_rooms() {
        assert_eq!(found("segue-floor", &[], &["segue-store-sqlite"]).len(), 1);
        assert_eq!(found("segue-floor", &[], &["segue-testkit"]).len(), 0);
        assert_eq!(found("segue-api", &[], &["segue"]).len(), 1);
    }
}
