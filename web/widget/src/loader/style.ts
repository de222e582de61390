// Everything the loader shows. Its colors repeat the tokens' accent, because a host page has none
// of our tokens; `test/loader.test.ts` keeps the two in step.

export const ACCENT_LIGHT = "#0b6b6b";
export const ACCENT_DARK = "#4cc2bb";
export const ON_ACCENT_LIGHT = "#ffffff";
export const ON_ACCENT_DARK = "#04201f";

/** Constructed, not inline: a host page's `style-src` does not stop it. */
export const STYLE = `
*{box-sizing:border-box;color-scheme:light dark}
[hidden]{display:none!important}
.button{position:fixed;right:20px;bottom:20px;width:56px;height:56px;padding:0;border:0;
border-radius:50%;background:light-dark(${ACCENT_LIGHT},${ACCENT_DARK});
color:light-dark(${ON_ACCENT_LIGHT},${ON_ACCENT_DARK});cursor:pointer;
box-shadow:0 4px 16px rgb(15 22 28/.28);display:grid;place-items:center;
-webkit-tap-highlight-color:transparent}
.button:hover{filter:brightness(1.08)}
.button:focus-visible{outline:3px solid light-dark(${ACCENT_LIGHT},${ACCENT_DARK});outline-offset:3px}
svg{grid-area:1/1;width:26px;height:26px;fill:none;stroke:currentColor;stroke-width:1.8;
stroke-linejoin:round;stroke-linecap:round}
.down,.open .chat{visibility:hidden}
.open .down{visibility:visible}
.badge{position:absolute;top:-4px;right:-4px;min-width:22px;height:22px;padding:0 6px;
border-radius:11px;background:#b1261f;color:#fff;font:600 12px/22px system-ui,sans-serif;
text-align:center}
.panel{position:fixed;right:20px;bottom:88px;width:min(380px,100vw - 40px);
height:min(600px,100dvh - 108px);border-radius:12px;overflow:hidden;
background:light-dark(#fdfefe,#0f1316);border:1px solid light-dark(#cbd3d9,#36414a);
box-shadow:0 8px 28px light-dark(rgb(15 22 28/.16),rgb(0 0 0/.5))}
iframe{display:block;width:100%;height:100%;border:0;color-scheme:light dark}
@media (max-width:480px),(max-height:420px){
.panel{inset:0;width:100%;height:100dvh;border:0;border-radius:0}
.button.open{display:none}
}
@media print{.button,.panel{display:none}}
`;
