/**
 * The facts about the machine that a bug report needs: versions and platform. They contain no path,
 * no name of a run and nothing from a log.
 */

/** Builds the text from the versions that Electron reports. */
export function diagnosticsText(
  appVersion: string,
  versions: Partial<Record<string, string>>,
  system: { platform: string; arch: string; release: string; isPackaged: boolean },
): string {
  const rows: [string, string | undefined][] = [
    ['Postrun', `${appVersion}${system.isPackaged ? '' : ' (from source)'}`],
    ['Electron', versions.electron],
    ['Chromium', versions.chrome],
    ['Node', versions.node],
    ['V8', versions.v8],
    ['System', `${system.platform} ${system.arch} ${system.release}`],
  ];
  return rows.map(([name, value]) => `${name}: ${value ?? 'unknown'}`).join('\n');
}
