/**
 * A canary for the types of this project: nothing imports it. The typecheck fails where an import
 * brings the types of Node into the renderer, because the error expected here is gone then.
 */
// @ts-expect-error The renderer has no Node.
export type NodeInTheRenderer = typeof process;
