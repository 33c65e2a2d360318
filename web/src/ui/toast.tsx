import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from './icon';

interface Toast {
  id: number;
  text: string;
  undo?: () => void;
}

type Show = (text: string, options?: { undo?: () => void }) => void;

const ToastContext = createContext<Show>(() => {});

/** What was done, said once, with a way back where there is one. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation('common');
  const [toasts, setToasts] = useState<Toast[]>([]);
  const count = useRef(0);
  const drop = useCallback((id: number) => setToasts((all) => all.filter((one) => one.id !== id)), []);
  const show = useCallback<Show>(
    (text, options) => {
      const id = ++count.current;
      setToasts((all) => [...all.slice(-2), { id, text, undo: options?.undo }]);
      setTimeout(() => drop(id), options?.undo ? 12_000 : 6_000);
    },
    [drop],
  );
  const value = useMemo(() => show, [show]);
  return (
    <ToastContext.Provider value={value}>
      {children}
      <div className="toasts" role="status" aria-live="polite">
        {toasts.map((toast) => (
          <div className="toast" key={toast.id}>
            <span>{toast.text}</span>
            {toast.undo && (
              <button
                type="button"
                className="btn small"
                onClick={() => {
                  toast.undo?.();
                  drop(toast.id);
                }}
              >
                {t('undo')}
              </button>
            )}
            <button type="button" className="btn small" onClick={() => drop(toast.id)}>
              <Icon name="x" />
              <span className="vh">{t('close')}</span>
            </button>
          </div>
        ))}
      </div>
    </ToastContext.Provider>
  );
}

export function useToast(): Show {
  return useContext(ToastContext);
}
