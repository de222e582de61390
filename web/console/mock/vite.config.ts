// `npm run dev`: the pages with an invented company behind them, no server needed.
import { mergeConfig } from "vite";
import base from "../vite.config.ts";
import { mockServer } from "./plugin";

export default mergeConfig(base, { plugins: [mockServer()] });
