import { useTranslation } from 'react-i18next';
import { TermScope, TermText } from '../knowledge/term_text';

/** Fields of a record in words; those nobody has written yet are only named. */
export function Written({ rows }: { rows: [label: string, value: string][] }) {
  const { t } = useTranslation('records');
  const written = rows.filter(([, value]) => value);
  const missing = rows.filter(([, value]) => !value).map(([label]) => label);
  return (
    <>
      {written.length > 0 && (
        <TermScope>
          <dl className="kv large">
            {written.map(([label, value]) => (
              <Pair key={label} label={label} value={value} />
            ))}
          </dl>
        </TermScope>
      )}
      {missing.length > 0 && <p className="note">{t('not_written_yet', { what: missing.join(t('and')) })}</p>}
    </>
  );
}

function Pair({ label, value }: { label: string; value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd className="prose">
        <TermText>{value}</TermText>
      </dd>
    </>
  );
}
