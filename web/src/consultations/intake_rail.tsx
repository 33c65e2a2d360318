import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConsultationSheet } from '../api/types';
import { useKeys } from '../app/keys';
import { useCodes } from '../packs/codes';
import { Icon } from '../ui/icon';
import { today } from '../ui/japanese_date';
import { questionsFor, type Question } from './questions';
import { RailSection } from './rail_section';
import type { SheetField } from './sheet';
import { SimilarToSheet } from './similar_cases';
import { SuggestionList } from './suggestions';

interface Props {
  sheet: ConsultationSheet;
  change: (patch: Partial<ConsultationSheet>) => void;
  has: (field: SheetField) => boolean;
  required: (field: SheetField) => boolean;
  ownId: string | null;
  deskId: string | null;
  /** It stands below the sheet, folded; the suggestions then stand within the sheet. */
  below: boolean;
}

export function IntakeRail({ sheet, change, has, required, ownId, deskId, below }: Props) {
  return (
    <div className="rail">
      {!below && <SuggestionList sheet={sheet} change={change} has={has} ownId={ownId} deskId={deskId} />}
      <Asked sheet={sheet} change={change} has={has} required={required} folds={below} />
      <SimilarToSheet sheet={sheet} ownId={ownId} folds={below} />
    </div>
  );
}

/** What to ask in this call: what is missing stands out, what is written ticks itself, the rest is ticked by hand. */
function Asked({ sheet, change, has, required, folds }: Omit<Props, 'ownId' | 'deskId' | 'below'> & { folds: boolean }) {
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
  const toOpen = () => {
    document.querySelector<HTMLElement>('details#asked')?.setAttribute('open', '');
    document.querySelector<HTMLElement>('#asked .open button, #asked .open input')?.focus();
  };
  const tick = (code: string, on: boolean) => change({ asked: on ? [...sheet.asked, code] : sheet.asked.filter((one) => one !== code) });
  useKeys([{ key: 'Alt+q', label: t('ask.to_open'), run: toOpen }]);
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
    <RailSection id="asked" title={t('ask.title')} note={<span role="status">{t('ask.count', { all: questions.length, done: done.length })}</span>} folds={folds} line={t('ask.open', { count: open.length })}>
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
    </RailSection>
  );
}
