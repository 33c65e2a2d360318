import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CaseBackground, Element } from '../api/types';
import { useCodes } from '../packs/codes';
import { useNames } from '../regions/regions';
import { useDateLanguage } from '../ui/date_field';
import { shortDate } from '../ui/japanese_date';

/** 80歳代後半・独居・要介護1・中央区 */
export function usePersonLine(): (background: CaseBackground) => string {
  const { t } = useTranslation('records');
  const codes = useCodes();
  const names = useNames();
  return (background) =>
    [codes.label('age_band', background.age_band), codes.label('household', background.household), codes.label('care_level', background.care_level), names.region(background.district_id)].filter(Boolean).join(t('and'));
}

export function Elements({ elements }: { elements: readonly Element[] }) {
  const { t } = useTranslation('issues');
  const codes = useCodes();
  if (elements.length === 0) return null;
  return (
    <span className="tags">
      {elements.map((one) => (
        <span className="tag" key={one.element}>
          {one.value === 'suspected' ? t('element.suspected', { element: codes.label('element', one.element) }) : one.value === 'yes' ? codes.label('element', one.element) : `${codes.label('element', one.element)}: ${one.text}`}
        </span>
      ))}
    </span>
  );
}

/** One case with what counting would lose. */
export function CaseLine({ background, readable = true }: { background: CaseBackground; readable?: boolean }) {
  const { t } = useTranslation('issues');
  const person = usePersonLine();
  const language = useDateLanguage();
  return (
    <div className="case">
      <p className="sm">
        {readable && background.number ? (
          <Link to="/consultations/$id" params={{ id: background.id }}>
            {background.number}
          </Link>
        ) : (
          background.number || t('evidence.hidden')
        )}{' '}
        <span className="sub">{shortDate(background.received_on, language)}</span> <b>{person(background)}</b>
      </p>
      {background.subject && <p className="b">{background.subject}</p>}
      {background.background && <p className="sm prose">{background.background}</p>}
      <Elements elements={background.elements} />
    </div>
  );
}
