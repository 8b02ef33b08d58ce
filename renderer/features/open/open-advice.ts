/** Open advice says what a person can do about a source that failed to open. */
import type { ErrorInfo } from '../../../electron/contract/errors.ts';

/** Returns advice for an error, or null if the message already says everything. */
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
