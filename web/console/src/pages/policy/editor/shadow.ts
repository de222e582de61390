/**
 * The content security policy allows no inline style elements, and the editor makes one when
 * it stands in the document. In a shadow tree it uses constructed style sheets, which are
 * allowed; the tokens of the page reach in as custom properties.
 */
export function shadowIn(host: HTMLElement): { root: ShadowRoot; room: HTMLElement } {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const room = document.createElement("div");
  room.style.height = "100%";
  root.replaceChildren(room);
  return { root, room };
}
