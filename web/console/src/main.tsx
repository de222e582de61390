import "@segue/client/tokens.css";
import "./ui/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app";
import { readLanguage, startTexts, wantedBy } from "./i18n";
import { applyTheme, readTheme } from "./ui/theme";

applyTheme(readTheme());
await startTexts(wantedBy(readLanguage()));

const root = document.getElementById("root");
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
