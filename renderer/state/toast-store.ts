import { createStore } from 'zustand/vanilla';

export interface Toast {
  id: number;
  text: string;
  tone: 'neutral' | 'error';
  action: { label: string; run: () => void } | null;
}

export interface ToastState {
  toasts: Toast[];
  /** Say in a few words what was done; an `action` can take it back. Goes away by itself unless it is an error. */
  show(text: string, options?: Partial<Pick<Toast, 'tone' | 'action'>>): void;
  dismiss(id: number): void;
}

export function createToastStore() {
  let nextId = 1;
  return createStore<ToastState>()((set) => ({
    toasts: [],
    show: (text, { tone = 'neutral', action = null } = {}) =>
      set((state) => ({ toasts: [...state.toasts.slice(-2), { id: nextId++, text, tone, action }] })),
    dismiss: (id) => set((state) => ({ toasts: state.toasts.filter((toast) => toast.id !== id) })),
  }));
}
