/**
 * Holds what `wire.ts` says by hand against the document; `npm run check` reads this file and
 * nothing imports it. Each line fails to compile when the two part.
 */
import type { components } from "./generated/api";
import type {
  CustomerSnapshot,
  Dashboard,
  DECLINE_REASONS,
  DeclineReason,
  DISPOSITIONS,
  Disposition,
  GRADES,
  Grade,
  Hours,
  KEY_SCOPES,
  KeyScope,
  Permit,
  ROOT_CAUSES,
  RootCause,
  StaffSnapshot,
} from "./wire";

type Schemas = components["schemas"];

/** `Told` is one of the things that the document allows. */
type Within<Allowed, Told extends Allowed> = Told;
/** Both hold the same words. */
type Same<A extends B, B extends C, C = A> = [A, B, C];

export type Checked = [
  // Lists of choices are whole: `satisfies` in `wire.ts` finds a wrong word, this a missing one.
  Same<(typeof ROOT_CAUSES)[number], RootCause>,
  Same<(typeof DISPOSITIONS)[number], Disposition>,
  Same<(typeof DECLINE_REASONS)[number], DeclineReason>,
  Same<(typeof KEY_SCOPES)[number], KeyScope>,
  Same<(typeof GRADES)[number], Grade>,
  // Shapes that are narrower than the document's.
  Within<Extract<Schemas["Permit"], { code: string }>, Extract<Permit, { ok: false }>>,
  Within<Schemas["Permit"], Extract<Permit, { ok: true }>>,
  Within<Schemas["QueueBody"]["hours"], Hours>,
  Within<Schemas["CustomerSnapshot"], CustomerSnapshot>,
  Within<Schemas["StaffSnapshot"], StaffSnapshot>,
  Within<Schemas["Dashboard"], Dashboard>,
];
