import { useTranslation } from 'react-i18next';
import type { HoursLine } from '../api/types';
import { weekdays } from './place_filters';

/** Hours by day, one line for each speciality and slot; below the hours of reception where they are told. */
export function Hours({ lines }: { lines: HoursLine[] }) {
  const { t } = useTranslation('resources');
  const say = (from: string, to: string) => (from || to ? t(from && to && to <= from ? 'hours_over_night' : 'hours_from_to', { from, to }) : '');
  const days = weekdays.filter((day) => lines.some((line) => line.days.some((one) => one.day === day)));
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label={t('hours')}>
      <table className="plain-t">
        <thead>
          <tr>
            <th scope="col">{t('speciality')}</th>
            {days.map((day) => (
              <th scope="col" key={day}>{t(`day.${day}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line, at) => (
            <tr key={at}>
              <th scope="row">
                {line.speciality || t('whole_house')} <span className="sub">{line.slot && t('slot', { number: line.slot })}</span>
              </th>
              {days.map((day) => {
                const one = line.days.find((each) => each.day === day);
                const reception = one && say(one.reception_from, one.reception_to);
                return (
                  <td key={day} className="nw">
                    {one ? say(one.from, one.to) : '—'}
                    {reception && <span className="sub reception">{t('reception', { hours: reception })}</span>}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
