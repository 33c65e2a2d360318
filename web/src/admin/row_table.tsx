import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button';

export interface Row {
  key: string;
  /** Indents the row below the one it belongs to. */
  depth?: number;
  name: ReactNode;
  cells: ReactNode[];
  deeds: { label: string; /** Whose, for those who hear the button alone. */ of: string; plain?: boolean; onPress: () => void }[];
}

/** Things to be managed, one a line: its name, what is known of it, and what can be done with it. */
export function RowTable({ heads, rows, tree }: { heads: string[]; rows: Row[]; tree?: boolean }) {
  const { t } = useTranslation('admin');
  return (
    <table className={tree ? 'plain-t rows-t tree' : 'plain-t rows-t'}>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
          <th scope="col">
            <span className="vh">{t('deed')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <th scope="row" className={row.depth ? `depth-${Math.min(row.depth, 5)}` : undefined}>
              {row.name}
            </th>
            {row.cells.map((cell, at) => (
              <td key={heads[at + 1]}>{cell || '—'}</td>
            ))}
            <td className="r">
              <span className="row-acts">
                {row.deeds.map((deed) => (
                  <Button key={deed.label} small kind={deed.plain ? 'plain' : undefined} onPress={deed.onPress}>
                    {deed.label}
                    <span className="vh"> {deed.of}</span>
                  </Button>
                ))}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
