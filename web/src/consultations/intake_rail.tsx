import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import type { ConsultationSheet } from '../api/types';
import { useNames } from '../regions/regions';
import { useDateLanguage } from '../ui/date_field';
import { Icon } from '../ui/icon';
import { shortDate } from '../ui/japanese_date';
import { Section } from '../ui/page';
import { StateChip } from '../ui/state_chip';
import { isEmpty, type SheetField } from './sheet';
import { useSheetWords } from './sheet_words';

/** What a caller is asked, in the order of the talk. */
const questions: SheetField[] = ['request', 'age_band', 'household', 'care_level', 'district_id', 'illness', 'treatments', 'caller_phone', 'elements', 'topic', 'supports', 'follow_up_on'];

export function IntakeRail({ sheet, has, ownId }: { sheet: ConsultationSheet; has: (field: SheetField) => boolean; ownId: string | null }) {
  const { t } = useTranslation('consultations');
  const { label } = useSheetWords();
  const asked = questions.filter((field) => has(field));
  const open = asked.filter((field) => isEmpty(sheet[field]));
  const done = asked.filter((field) => !isEmpty(sheet[field]));
  const goTo = (field: SheetField) => {
    const target = document.getElementById(`f-${field}`);
    target?.focus();
    target?.scrollIntoView({ block: 'center' });
  };
  return (
    <div className="rail">
      <Section id="asked" title={t('ask.title')} note={t('ask.count', { all: asked.length, done: done.length })}>
        <div className="ask">
          <div>
            <h3>{t('ask.open', { count: open.length })}</h3>
            <ul>
              {open.map((field) => (
                <li key={field}>
                  <Icon name="none" />
                  <button type="button" onClick={() => goTo(field)}>
                    {label(field)}
                  </button>
                </li>
              ))}
            </ul>
          </div>
          <div>
            <h3>{t('ask.done', { count: done.length })}</h3>
            <ul>
              {done.map((field) => (
                <li key={field}>
                  <Icon name="check" />
                  <span>{label(field)}</span>
                </li>
              ))}
            </ul>
          </div>
        </div>
      </Section>
      <Alike sheet={sheet} ownId={ownId} />
    </div>
  );
}

/** Earlier cases that share elements with this one, the most alike first. */
function Alike({ sheet, ownId }: { sheet: ConsultationSheet; ownId: string | null }) {
  const { t } = useTranslation('consultations');
  const language = useDateLanguage();
  const names = useNames();
  const { element, value } = useSheetWords();
  const elements = sheet.elements.map((one) => one.element);
  const { data } = useQuery({
    queryKey: ['consultations', 'alike', elements],
    queryFn: () => ask(api.GET('/api/consultations/cases', { params: { query: { element: elements.join(','), limit: '50' } } as never })),
    enabled: elements.length > 0,
    staleTime: 60_000,
  });
  const shared = (other: { elements: { element: string }[] }) => other.elements.filter((one) => elements.includes(one.element));
  const alike = (data?.items ?? [])
    .filter((one) => one.id !== ownId && one.number)
    .sort((a, b) => shared(b).length - shared(a).length)
    .slice(0, 3);
  return (
    <Section id="alike" title={t('alike.title')} note={alike.length > 0 ? t('alike.order') : undefined}>
      {alike.length === 0 && <p className="note">{elements.length === 0 ? t('alike.choose') : t('alike.none')}</p>}
      {alike.map((one) => (
        <article className="like" key={one.id}>
          <div className="lh">
            <Link to="/consultations/$id" params={{ id: one.id }} target="_blank" className="b">
              {one.subject || one.number}
            </Link>
            <StateChip kind="consultation" state={one.state} plain />
          </div>
          <p className="sub">
            {one.number} {shortDate(one.received_on, language)} {names.region(one.district_id)}
          </p>
          <dl>
            <dt>{t('alike.same')}</dt>
            <dd className="tags">
              {one.elements.map((mark) => (
                <span key={mark.element} className={elements.includes(mark.element) ? 'tag hit' : 'tag'}>
                  {element(mark)}
                </span>
              ))}
            </dd>
            {one.background && (
              <>
                <dt>{t('field.background')}</dt>
                <dd className="clip">{one.background}</dd>
              </>
            )}
            {(one.support_text || one.result) && (
              <>
                <dt>{t('alike.after')}</dt>
                <dd className="clip">{[one.result ? value('result', { ...sheet, result: one.result }) : '', one.support_text].filter(Boolean).join(' ')}</dd>
              </>
            )}
          </dl>
        </article>
      ))}
    </Section>
  );
}
