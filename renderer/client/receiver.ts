/**
 * A receiver is the receiving half that both pipes share. It keeps messages that arrive before
 * there is a listener, and tells a late listener that the pipe has closed.
 */
export function receiver() {
  let listener: ((message: unknown) => void) | null = null;
  let early: unknown[] = [];
  let isClosed = false;
  const closeListeners: (() => void)[] = [];
  return {
    message(message: unknown) {
      if (listener === null) early.push(message);
      else listener(message);
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      for (const onClose of closeListeners) onClose();
    },
    onMessage(next: (message: unknown) => void) {
      listener = next;
      const kept = early;
      early = [];
      for (const message of kept) next(message);
    },
    onClose(onClose: () => void) {
      if (isClosed) onClose();
      else closeListeners.push(onClose);
    },
  };
}
