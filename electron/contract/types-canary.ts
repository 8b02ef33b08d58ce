/**
 * A canary for the types of this project: nothing imports it. The typecheck fails where an import
 * brings the types of Node into the contract, because the error expected here is gone then.
 */
// @ts-expect-error The contract has no Node.
export type NodeInTheContract = typeof process;
