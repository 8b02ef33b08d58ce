/**
 * Open advice says what a person can do about a source that could not be opened. The paths that
 * people paste are also cleaned here.
 */
import type { ErrorInfo } from '../../../electron/contract/errors.ts';

/** Null where the message says all that there is to do. */
export function openAdvice({ code }: ErrorInfo): string | null {
  switch (code) {
    case 'not_found':
      return 'The path is read on the machine that Postrun runs on. Paste it whole, from the root, without quotes.';
    case 'not_a_zip':
      return 'Download the logs again: a download that broke off, or a page that was saved in its place, is no zip.';
    case 'encrypted_zip':
      return 'Unpack it with its password and open the folder.';
    case 'no_files':
      return 'Open the folder that holds azureml-logs, logs or user_logs, or one above it.';
    case 'unreadable':
      return 'Copy it to a place that you may read, or change its permissions.';
    case 'connection_lost':
      return 'Reload the window.';
    default:
      return null;
  }
}

/** `"C:\logs.zip"` or `file:///home/me/logs.zip` as people paste them, as a path. */
export function pastedPath(text: string): string {
  const bare = text.trim().replace(/^(["'])(.*)\1$/s, '$2');
  if (!/^file:\/\//i.test(bare)) return bare;
  try {
    const path = decodeURIComponent(new URL(bare).pathname);
    return /^\/[a-z]:/i.test(path) ? path.slice(1) : path;
  } catch {
    return bare;
  }
}

/** Last part of a path of any system. */
export function fileName(path: string): string {
  return (
    path
      .replace(/[\\/]+$/, '')
      .split(/[\\/]/)
      .pop() || path
  );
}
