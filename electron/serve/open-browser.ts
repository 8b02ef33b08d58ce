import open from 'open';

/** Open the default browser. False where there is none or no display; the caller prints the address anyway. */
export async function openBrowser(url: string): Promise<boolean> {
  const { platform, env } = process;
  if (platform === 'linux' && env.DISPLAY === undefined && env.WAYLAND_DISPLAY === undefined) return false;
  try {
    const child = await open(url);
    child.on('error', () => {});
    return true;
  } catch {
    return false;
  }
}
