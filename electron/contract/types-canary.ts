/**
 * A canary for the types of this project; nothing imports it. If an import brings the types of Node
 * into the contract, the expected error disappears and the typecheck fails.
 */
// @ts-expect-error The contract has no Node.
export type NodeInTheContract = typeof process;
