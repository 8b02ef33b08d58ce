/**
 * A canary for this project's types, which nothing imports. The typecheck fails if an import brings
 * Node's types into the renderer, because the expected error is gone then.
 */
// @ts-expect-error The renderer has no Node.
export type NodeInTheRenderer = typeof process;
