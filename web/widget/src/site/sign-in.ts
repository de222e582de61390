// The demo's customer picker. A real shop's server would sign its own customers in; here the demo
// server signs whoever is picked. Without the demo routes the picker stays hidden.

import "./site.css";
import type { SegueHandle } from "../loader/main";

export interface Customer {
  email: string;
  name: string;
  tier: string;
  is_vip: boolean;
  company: string;
}

const PICKED_KEY = "brightcrate.signed-in-as";

/** The chat, once its script has run. */
export function chat(): Promise<SegueHandle> {
  return new Promise((resolve) => {
    const look = () => {
      if (window.Segue) resolve(window.Segue);
      else setTimeout(look, 50);
    };
    look();
  });
}

async function signed(email: string): Promise<string> {
  const response = await fetch("/demo/identity", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email }),
  });
  if (!response.ok) throw new Error(`the demo server answered ${response.status}`);
  const { identity }: { identity: string } = await response.json();
  return identity;
}

function isCustomers(value: unknown): value is Customer[] {
  return Array.isArray(value) && value.every((entry) => typeof entry?.email === "string");
}

/** Fills the picker and keeps the chat signed in as whoever is picked. */
export async function offerSignIn(): Promise<void> {
  const select = document.querySelector<HTMLSelectElement>("#customer");
  const box = document.querySelector<HTMLElement>("#sign-in");
  if (!select || !box) return;
  let customers: unknown;
  try {
    const response = await fetch("/demo/customers");
    customers = response.ok ? await response.json() : null;
  } catch {
    return;
  }
  if (!isCustomers(customers)) return;
  for (const { email, name, tier, is_vip, company } of customers) {
    const option = document.createElement("option");
    option.value = email;
    option.textContent = `${name} · ${company} · ${tier}${is_vip ? " · VIP" : ""}`;
    select.append(option);
  }
  box.hidden = false;
  const identify = async () => {
    const handle = await chat();
    handle.identify(select.value ? await signed(select.value) : undefined);
  };
  const picked = sessionStorage.getItem(PICKED_KEY) ?? "";
  if (picked && customers.some(({ email }) => email === picked)) {
    select.value = picked;
    await identify();
  }
  select.addEventListener("change", () => {
    sessionStorage.setItem(PICKED_KEY, select.value);
    void identify();
  });
  // Identities are short-lived; the chat asks for a new one when its own was refused.
  window.addEventListener("segue:identity-needed", () => void identify(), { once: true });
}
