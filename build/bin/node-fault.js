/**
 * Why a Node cannot run the scripts, as one line; null where it can. From 22.18 on Node reads TypeScript without a flag.
 *
 * @param {string} version as `process.versions.node` gives it
 * @param {string} machine platform and processor, for the message
 * @returns {string | null}
 */
export function nodeFault(version, machine) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return null;
  return `Node ${version} is too old: ${machine}: run \`npm ci\`, which brings Node 24 along, or install Node 22.18 or later where it cannot`;
}
