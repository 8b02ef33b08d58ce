/** Returns why a Node cannot run the scripts, as one line, or null if it can. */
export function nodeFault(version: string, machine: string): string | null;
