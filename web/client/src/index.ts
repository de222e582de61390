/** What console and widget share: wire types, the live connection, the store, the formatter. */
export * from "./fold";
export * from "./frames";
export * from "./http";
export * from "./live";
export * from "./richtext";
export * from "./wire";
