/** Opening the default browser. */
import open from 'open';

/**
 * Open the default browser on an address, which must hold nothing secret: it stands in the process
 * list. False where there is no browser or no display; the caller prints the address anyway.
 */
export async function openBrowser(address: string): Promise<boolean> {
  const { platform, env } = process;
  if (platform === 'linux' && env.DISPLAY === undefined && env.WAYLAND_DISPLAY === undefined) return false;
  try {
    const child = await open(address);
    child.on('error', () => {});
    return true;
  } catch {
    return false;
  }
}
