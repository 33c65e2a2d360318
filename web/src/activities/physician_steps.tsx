import { useTranslation } from 'react-i18next';
import type { ConsultationSheet } from '../api/types';
import { useDateLanguage } from '../ui/date_field';
import { Icon } from '../ui/icon';
import { daysBetween, shortDate, today } from '../ui/japanese_date';
import './activities.css';

/** How far a physician's involvement has come: asked → advised → assessment → direction. */
export function PhysicianSteps({ sheet }: { sheet: ConsultationSheet }) {
  const { t } = useTranslation('activities');
  const language = useDateLanguage();
  const { physician_asked_on: asked, physician_advised_on: advised } = sheet;
  const days = asked && !advised ? daysBetween(asked, today()) + 1 : 0;
  const steps = [
    { name: 'asked', done: !!asked, note: shortDate(asked, language) },
    { name: 'advised', done: !!advised, note: advised ? shortDate(advised, language) : days > 0 ? t('physician_steps.waiting', { count: days }) : '' },
    { name: 'assessment', done: !!sheet.physician_assessment, note: '' },
    { name: 'direction', done: !!sheet.physician_direction, note: '' },
  ];
  return (
    <ol className="physician-steps" aria-label={t('physician_steps.title')}>
      {steps.map((step) => (
        <li key={step.name}>
          <Icon name={step.done ? 'full' : 'none'} /> {t(`physician_steps.${step.name}`)}
          {!step.done && <span className="vh"> {t('physician_steps.not_yet')}</span>}
          {step.note && <span className="sub n"> {step.note}</span>}
        </li>
      ))}
    </ol>
  );
}
