import type { ReactNode } from 'react';

/** One sentence and the next step. */
export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <p>{children}</p>
      {action && <div className="acts">{action}</div>}
    </div>
  );
}
