import { useTranslation } from 'react-i18next';
import type { ImportMapping, PreviewLine } from '../api/types';
import { fieldGroups } from './queries';
import { useImportWords } from './words';

/** The first lines as they will be. */
export function PreviewTable({ mapping, lines }: { mapping: ImportMapping; lines: PreviewLine[] }) {
  const { t } = useTranslation('imports');
  const words = useImportWords();
  const used = new Set([...mapping.columns.map((one) => one.field), ...mapping.defaults.map((one) => one.field)]);
  const fields = fieldGroups.flatMap((group) => group.fields).filter((field) => used.has(field) && field !== 'state');
  const person = (line: PreviewLine, field: string) => String((line.person as unknown as Record<string, unknown> | null)?.[field.slice(7)] ?? '');
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label={t('step.look')}>
      <table className="plain-t preview-t">
        <thead>
          <tr>
            <th scope="col" className="r">{t('line')}</th>
            <th scope="col">{t('state')}</th>
            {fields.map((field) => (
              <th scope="col" key={field}>{words.field(field)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.number} className={line.faults.length > 0 ? 'faulty' : undefined}>
              <th scope="row" className="r n">{line.number}</th>
              <td>
                {line.faults.length === 0
                  ? t(`state_word.${line.state}`)
                  : line.faults.map((fault, at) => (
                      <p className="err" key={at}>
                        {fault.field ? `${words.field(fault.field)}: ` : ''}
                        {words.fault(fault)} {fault.value && fault.value !== fault.limit && t('quoted', { value: fault.value })}
                      </p>
                    ))}
              </td>
              {fields.map((field) => (
                <td key={field} className={field.endsWith('_on') ? 'nw' : undefined}>{field.startsWith('person_') ? person(line, field) : words.said(line.sheet, field)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
