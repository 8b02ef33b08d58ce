/**
 * Focuses an element that another view may still have to draw. Gives up when the person presses a
 * key or moves on with the pointer.
 */
export function focusWhenThere(selector: string): void {
  const focus = () => {
    const element = document.querySelector<HTMLElement>(selector);
    element?.focus();
    return element !== null;
  };
  if (focus()) return;
  const end = () => {
    observer.disconnect();
    window.removeEventListener('keydown', end, true);
    window.removeEventListener('pointerdown', end, true);
  };
  const observer = new MutationObserver(() => {
    if (focus()) end();
  });
  observer.observe(document.body, { childList: true, subtree: true });
  window.addEventListener('keydown', end, true);
  window.addEventListener('pointerdown', end, true);
}
