// Addresses the server gives (articles) are links of our own pages or plain web addresses.

import { safeLink } from "@segue/client";

/** The address to open, or nothing for any scheme but http(s). */
export function webAddressOf(url: string): string | null {
  try {
    return safeLink(new URL(url, window.location.origin).href)?.url ?? null;
  } catch {
    return null;
  }
}

// Enough to catch a slip; whether the address exists only a letter can tell.
const ADDRESS = /^[^\s@,;<>()[\]]{1,64}@[^\s@,;<>()[\].]{1,63}(\.[^\s@,;<>()[\].]{1,63})+$/;

/** Whether a text looks like an e-mail address. */
export const isAddress = (text: string) => text.length <= 254 && ADDRESS.test(text);
