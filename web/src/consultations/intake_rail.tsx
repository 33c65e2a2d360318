import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import type { ConsultationSheet } from '../api/types';
import { useKeys } from '../app/keys';
import { useCodes } from '../packs/codes';
import { useNames } from '../regions/regions';
import { useDateLanguage } from '../ui/date_field';
import { Icon } from '../ui/icon';
import { shortDate, today } from '../ui/japanese_date';
import { Section } from '../ui/page';
import { StateChip } from '../ui/state_chip';
import { questionsFor, type Question } from './questions';
import type { SheetField } from './sheet';
import { useSheetWords } from './sheet_words';

interface Props {
  sheet: ConsultationSheet;
  change: (patch: Partial<ConsultationSheet>) => void;
  has: (field: SheetField) => boolean;
  required: (field: SheetField) => boolean;
  ownId: string | null;
}

export function IntakeRail({ sheet, change, has, required, ownId }: Props) {
  return (
    <div className="rail">
      <Asked sheet={sheet} change={change} has={has} required={required} />
      <Alike sheet={sheet} ownId={ownId} />
    </div>
  );
}

/** What to ask in this call: what is missing stands out, what is written ticks itself, the rest is ticked by hand. */
function Asked({ sheet, change, has, required }: Omit<Props, 'ownId'>) {
  const { t } = useTranslation('consultations');
  const codes = useCodes();
  const questions = questionsFor(codes.choices('question', { on: sheet.received_on ?? today(), chosen: sheet.asked }), sheet, has, required);
  const open = questions.filter((one) => !one.asked);
  const done = questions.filter((one) => one.asked);
  const goTo = (field: SheetField) => {
    const target = document.getElementById(`f-${field}`);
    target?.focus();
    target?.scrollIntoView({ block: 'center' });
  };
  const tick = (code: string, on: boolean) => change({ asked: on ? [...sheet.asked, code] : sheet.asked.filter((one) => one !== code) });
  useKeys([{ key: 'Alt+q', label: t('ask.to_open'), run: () => document.querySelector<HTMLElement>('#asked .open button, #asked .open input')?.focus() }]);
  const line = (one: Question) => {
    const words = codes.label('question', one.code);
    if (one.field)
      return (
        <>
          <Icon name={one.asked ? 'check' : 'none'} />
          {one.asked ? (
            <span>{words}</span>
          ) : (
            <button type="button" onClick={() => goTo(one.field!)}>
              {words}
              {one.required && <span className="req">{t('common:required')}</span>}
            </button>
          )}
        </>
      );
    return (
      <label>
        <input type="checkbox" checked={one.asked} onChange={(event) => tick(one.code, event.target.checked)} />
        {words}
      </label>
    );
  };
  // The arrow keys walk down the list: one hand holds the phone.
  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const places = [...event.currentTarget.querySelectorAll<HTMLElement>('button, input')];
    const next = places[places.indexOf(document.activeElement as HTMLElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <Section id="asked" title={t('ask.title')} note={<span role="status">{t('ask.count', { all: questions.length, done: done.length })}</span>}>
      <div className="ask">
        <div className="open">
          <h3>
            {t('ask.open', { count: open.length })}
            <span className="more hint" aria-hidden="true">
              <kbd>Alt</kbd>
              <kbd>Q</kbd>
            </span>
          </h3>
          <ul onKeyDown={onKeyDown}>
            {open.map((one) => (
              <li key={one.code} className={one.required ? 'needed' : one.ofTopic ? 'of-topic' : undefined}>
                {line(one)}
              </li>
            ))}
          </ul>
          {!sheet.topic && <p className="sub sm">{t('ask.choose_topic')}</p>}
        </div>
        <div>
          <h3>{t('ask.done', { count: done.length })}</h3>
          <ul onKeyDown={onKeyDown}>
            {done.map((one) => (
              <li key={one.code}>{line(one)}</li>
            ))}
          </ul>
        </div>
      </div>
    </Section>
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
