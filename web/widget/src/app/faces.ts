// Five faces for the rating, drawn as strokes; the word beside them carries the meaning.

import { icon } from "./dom";

const HEAD = "M10 18a8 8 0 1 0 0-16 8 8 0 0 0 0 16z";
const EYES = "M7.2 8v.6M12.8 8v.6";
const MOUTHS = [
  "M6.4 14.2c1-1.9 2.2-2.6 3.6-2.6s2.6.7 3.6 2.6",
  "M7 13.4c.9-.9 1.9-1.2 3-1.2s2.1.3 3 1.2",
  "M7 12.6h6",
  "M7 12c.9.9 1.9 1.2 3 1.2s2.1-.3 3-1.2",
  "M6.2 11.2c1 2 2.300 3 3.800 3s2.800-1 3.800-3z",
];

/** The face of a score from 1 to 5. */
export const face = (score: number) => icon(HEAD, EYES, MOUTHS[score - 1] ?? "");
