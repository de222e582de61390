import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Stories that wait for real time begin first, so that the others run meanwhile. */
const LONG = ["vanishes", "access-chat", "access-console", "access-pages"];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = LONG.findIndex((name) => moduleId.includes(name));
      return at === -1 ? LONG.length : at;
    };
    return [...files].sort(
      (one, other) => rank(one) - rank(other) || one.moduleId.localeCompare(other.moduleId),
    );
  }
}
