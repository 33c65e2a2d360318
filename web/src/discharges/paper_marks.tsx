import { useTranslation } from 'react-i18next';
import type { Paper } from '../api/types';
import { useCodes } from '../packs/codes';
import { useDateLanguage } from '../ui/date_field';
import { Icon, type IconName } from '../ui/icon';
import { shortDate, today } from '../ui/japanese_date';
import { standingOf, type PaperStanding } from './discharge_words';
import './discharges.css';

const symbols: Record<PaperStanding, IconName> = { not_needed: 'stopped', in_time: 'check', late_came: 'check', late: 'late', waiting: 'none', undated: 'none' };

type Shown = Pick<Paper, 'kind' | 'due_on' | 'received_on' | 'not_needed'>;

/** In a line of a list: how many are late, else which comes next, else that all have come. */
export function PaperSummary({ papers, closed }: { papers: Shown[]; closed: boolean }) {
  const { t } = useTranslation('discharges');
  const codes = useCodes();
  const language = useDateLanguage();
  const needed = papers.filter((paper) => !paper.not_needed);
  if (needed.length === 0) return <>—</>;
  const waiting = needed.filter((paper) => !paper.received_on).sort((a, b) => (a.due_on ?? '9').localeCompare(b.due_on ?? '9'));
  const late = waiting.filter((paper) => standingOf(paper, today()) === 'late').length;
  const first = waiting[0];
  if (!first) return <span className="nw">{t('paper.all_come', { count: needed.length })}</span>;
  const name = codes.short('discharge_paper', first.kind);
  if (closed) return <>{t('paper.not_all', { count: waiting.length })}</>;
  if (late > 0)
    return (
      <span className="late">
        <Icon name="late" /> {t('paper.late_count', { count: late, name })}
      </span>
    );
  return <>{t('paper.next', { name, day: first.due_on ? t('paper.by_day', { day: shortDate(first.due_on, language) }) : '' })}</>;
}

/** The papers of a coordination, each with how it stands: symbol, name and day. */
export function PaperMarks({ papers }: { papers: Shown[] }) {
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
