//! `cargo xtask TASK`: the development tasks, listed by `cargo xtask help`.
//! What each does stands in the library beside it.

use std::process::ExitCode;

use segue_xtask::repo::Repo;
use segue_xtask::{examples, lint, run, sdk, test, tidy};

const HELP: &str = "\
Tasks:
  run [ARGS]   build the pages and the server, and start the demo (make run)
  build        build the pages and the server for deployment (make build)
  test         everything: pages, crates, browsers, examples (make test)
  lint         format, tidy, biome, clippy (make lint)
  tidy         the rules of this repository alone
  sdk          generate the client libraries anew from docs/openapi.json
  examples     the examples alone, against a server of their own
  bench [ARGS] the load benchmarks (make bench)
  clean        remove what was built, and the demo's data (make clean)";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let task = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    let done = Repo::find().and_then(|repo| match task.as_str() {
        "run" => run::demo(&repo, &rest),
        "build" => run::build(&repo),
        "bench" => run::bench(&repo, &rest),
        "clean" => run::clean(&repo),
        "test" => test::run(&repo),
        "lint" => lint::run(&repo),
        "tidy" => tidy::run(&repo),
        "sdk" => sdk::write(&repo),
        "examples" => examples::binary(&repo).and_then(|binary| examples::run(&repo, &binary)),
        _ => {
            println!("{HELP}");
            anyhow::ensure!(
                matches!(task.as_str(), "" | "help" | "--help"),
                "no task `{task}`"
            );
            Ok(())
        }
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
