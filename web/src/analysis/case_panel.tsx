import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSheetWords } from '../consultations/sheet_words';
import { useCodes } from '../packs/codes';
import { useNames } from '../regions/regions';
import { useDateLanguage } from '../ui/date_field';
import { longDate } from '../ui/japanese_date';
import { StateChip } from '../ui/state_chip';
import type { CaseBackground } from './figures';

/** One case without identifying data: whom it is about, what stands behind it, how it ended. */
export function CaseText({ one, heading: Heading = 'h3' }: { one: CaseBackground; heading?: 'h2' | 'h3' }) {
  const { t } = useTranslation('analysis');
  const codes = useCodes();
  const names = useNames();
  const language = useDateLanguage();
  const { element } = useSheetWords();
  const who = [codes.label('age_band', one.age_band), codes.label('household', one.household), codes.label('care_level', one.care_level), names.region(one.district_id)].filter(Boolean).join(' ・ ');
  return (
    <article className="case">
      <p className="case-h">
        <b className="n">{one.number}</b>
        <StateChip kind="consultation" state={one.state} plain />
        <span className="sub">{longDate(one.received_on, language)}</span>
      </p>
      <Heading>
        <Link to="/consultations/$id" params={{ id: one.id }}>
          {one.subject || t('case.no_subject')}
        </Link>
      </Heading>
      {who && <p className="sub">{who}</p>}
      <p className="sm prose">{one.background || t('case.no_background')}</p>
      {one.elements.length > 0 && (
        <div className="tags mt-1">
          {one.elements.map((mark) => (
            <span className="tag" key={mark.element}>
              {element(mark)}
            </span>
          ))}
        </div>
      )}
      {(one.support_text || one.result) && (
        <p className="sm prose mt-1">
          <span className="sub">{t('case.result')} </span>
          {[one.support_text, codes.label('result', one.result)].filter(Boolean).join(' → ')}
        </p>
      )}
    </article>
  );
}
