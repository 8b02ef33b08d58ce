/**
 * A canary for the types of this project: nothing imports it. The typecheck fails where an import
 * brings the types of the DOM into the engine, because the error expected here is gone then.
 */
// @ts-expect-error The engine has no DOM.
export type DomInTheEngine = typeof document;
