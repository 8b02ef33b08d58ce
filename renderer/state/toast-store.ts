/**
 * A toast is a short notice at the edge of the window. It disappears by itself unless it is an
 * error or marked to stay.
 */
import { createStore } from 'zustand/vanilla';

export interface Toast {
  id: number;
  text: string;
  tone: 'neutral' | 'error';
  action: { label: string; run: () => void } | null;
  /** Stays until it is dismissed. */
  stays: boolean;
}

export interface ToastState {
  toasts: Toast[];
  /**
   * Says in a few words what was done and returns the toast's id. An `action` can undo or stop it.
   */
  show(text: string, options?: Partial<Pick<Toast, 'tone' | 'action' | 'stays'>>): number;
  update(id: number, text: string): void;
  dismiss(id: number): void;
}

export function createToastStore() {
  let nextId = 1;
  return createStore<ToastState>()((set) => ({
    toasts: [],
    show: (text, { tone = 'neutral', action = null, stays = false } = {}) => {
      const id = nextId++;
      set((state) => ({ toasts: [...state.toasts.slice(-2), { id, text, tone, action, stays }] }));
      return id;
    },
    update: (id, text) =>
      set((state) => ({ toasts: state.toasts.map((toast) => (toast.id === id ? { ...toast, text } : toast)) })),
    dismiss: (id) => set((state) => ({ toasts: state.toasts.filter((toast) => toast.id !== id) })),
  }));
}
