/** Why a Node cannot run the scripts, as one line; null where it can. */
export function nodeFault(version: string, machine: string): string | null;
