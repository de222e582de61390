/**
 * The API's document as a page that can ask. Requests go to this origin: with the session of
 * whoever is signed in to the console, or with a key that is given under "Authorize".
 */
import "@segue/client/tokens.css";
import "./reference.css";
import SwaggerUI from "swagger-ui-dist/swagger-ui-es-bundle.js";
import { api } from "../api";
import { applyTheme, readTheme } from "../ui/theme";
import { plugins } from "./plugin";

applyTheme(readTheme());

const domNode = document.getElementById("reference");
if (domNode !== null) {
  SwaggerUI({
    url: "/openapi.json",
    domNode,
    // Its links stand inside of buttons, where a keyboard does not find them.
    deepLinking: false,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    displayOperationId: true,
    displayRequestDuration: true,
    filter: true,
    // A key lasts as long as the page: it is never written to this device.
    persistAuthorization: false,
    // It would style each word by itself, and is lost on our colors.
    syntaxHighlight: false,
    validatorUrl: null,
    requestInterceptor: (request) => {
      // What tells the console's own pages from a form of somebody else's (S-5).
      request.headers["X-Segue"] = "1";
      return request;
    },
    plugins,
  });
}

const who = document.getElementById("who");
if (who !== null) who.textContent = await caller();

async function caller(): Promise<string> {
  try {
    const { agent } = await api.me();
    return `Requests are sent as ${agent.name} (${agent.role}), who is signed in to the console.`;
  } catch {
    return "Nobody is signed in to the console: give a key under Authorize, or sign in first.";
  }
}
