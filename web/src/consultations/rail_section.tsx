import type { ReactNode } from 'react';
import { Section } from '../ui/page';

interface Props {
  id: string;
  title: ReactNode;
  note?: ReactNode;
  /** One line, with what is inside counted: the section lies below the sheet and is opened when it is wanted. */
  folds: boolean;
  /** What the line says while it is folded. */
  line?: ReactNode;
  children: ReactNode;
}

/** A section beside the sheet; folded to one line where there is no room beside it. */
export function RailSection({ id, title, note, folds, line, children }: Props) {
  if (!folds)
    return (
      <Section id={id} title={title} note={note}>
        {children}
      </Section>
    );
  return (
    <details id={id} className="sec rail-fold">
      <summary>
        <h2>{title}</h2>
        {line && <span className="rail-line">{line}</span>}
      </summary>
      {note && <p className="sub">{note}</p>}
      {children}
    </details>
  );
}
