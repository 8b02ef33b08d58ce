/**
 * A canary for the types of this project, which nothing imports. If an import brings the DOM's
 * types into the engine, the error expected here disappears and the typecheck fails.
 */
// @ts-expect-error The engine has no DOM.
export type DomInTheEngine = typeof document;
