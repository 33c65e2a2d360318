import { useTranslation } from 'react-i18next';
import type { ConsultationRow } from '../api/types';
import { useNames } from '../regions/regions';
import { Button } from '../ui/button';
import { ButtonLink } from '../ui/button_link';
import { useDateLanguage } from '../ui/date_field';
import { longDate } from '../ui/japanese_date';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { StateChip } from '../ui/state_chip';
import { useConsultation } from './queries';
import { useSheetWords } from './sheet_words';

/** Beside the list: enough to know whether this is the one, without losing the place. */
export function Peek({ row, onClose }: { row: ConsultationRow; onClose: () => void }) {
  const { t } = useTranslation('consultations');
  const language = useDateLanguage();
  const names = useNames();
  const { data, error } = useConsultation(row.id);
  const { value, element } = useSheetWords();
  const sheet = data?.sheet;
  const joined = (...fields: Parameters<typeof value>[0][]) => (sheet ? fields.map((field) => value(field, sheet)).filter(Boolean).join(t('and')) : '');
  return (
    <section className="peek" aria-label={t('peek', { number: row.number || row.subject })}>
      <div className="peek-h">
        <span className="n b">{row.number || t('common:state.consultation.draft')}</span>
        <StateChip kind="consultation" state={data?.state ?? row.state} plain />
        <Button kind="plain" small icon="x" className="close" onPress={onClose}>
          {t('common:close')}
        </Button>
      </div>
      <ProblemNotice error={error} />
      {!data && !error && <Skeleton />}
      {sheet && (
        <>
          <section>
            <h2>{sheet.subject || t('no_subject')}</h2>
            <dl className="kv mt-2">
              <dt>{t('received')}</dt>
              <dd>
                {longDate(sheet.received_on, language)} {sheet.started_at} {value('method', sheet)}
              </dd>
              <dt>{t('caller')}</dt>
              <dd>{[value('caller_profession', sheet), sheet.caller_affiliation].filter(Boolean).join(' ') || '—'}</dd>
              <dt>{t('subject_person')}</dt>
              <dd>{joined('age_band', 'household', 'care_level', 'district_id') || '—'}</dd>
              <dt>{t('field.receiver_id')}</dt>
              <dd>{names.person(sheet.receiver_id) || '—'}</dd>
            </dl>
          </section>
          <section>
            <h3>{t('field.request_long')}</h3>
            <p className="sm prose">{sheet.request || '—'}</p>
          </section>
          {sheet.elements.length > 0 && (
            <section>
              <h3>{t('elements_on_it')}</h3>
              <div className="tags mt-1">
                {sheet.elements.map((one) => (
                  <span className="tag" key={one.element}>
                    {element(one)}
                  </span>
                ))}
              </div>
            </section>
          )}
          {sheet.support_text && (
            <section>
              <h3>{t('field.support_text')}</h3>
              <p className="sm prose">{sheet.support_text}</p>
            </section>
          )}
          <section>
            <ButtonLink kind="primary" keys={['Enter']} to="/consultations/$id" params={{ id: row.id }}>
              {t('open_this')}
            </ButtonLink>
          </section>
        </>
      )}
    </section>
  );
}
