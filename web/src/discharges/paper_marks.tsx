import { useTranslation } from 'react-i18next';
import type { Paper } from '../api/types';
import { useCodes } from '../packs/codes';
import { useDateLanguage } from '../ui/date_field';
import { Icon, type IconName } from '../ui/icon';
import { shortDate, today } from '../ui/japanese_date';
import { standingOf, type PaperStanding } from './discharge_words';
import './discharges.css';

const symbols: Record<PaperStanding, IconName> = { not_needed: 'stopped', in_time: 'check', late_came: 'check', late: 'late', waiting: 'none', undated: 'none' };

/** The papers of a coordination, each with how it stands: symbol, name and day. */
export function PaperMarks({ papers }: { papers: Pick<Paper, 'kind' | 'due_on' | 'received_on' | 'not_needed'>[] }) {
  const { t } = useTranslation('discharges');
  const codes = useCodes();
  const language = useDateLanguage();
  if (papers.length === 0) return <span className="sub">{t('paper.none')}</span>;
  return (
    <ul className="paper-marks">
      {papers.map((paper, at) => {
        const standing = standingOf(paper, today());
        const day = shortDate(paper.received_on ?? paper.due_on, language);
        return (
          <li key={at} className={standing === 'late' ? 'late' : standing}>
            <Icon name={symbols[standing]} />
            <span>
              {codes.short('discharge_paper', paper.kind)} <span className="sub">{t(`paper.standing.${standing}`, { day })}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
