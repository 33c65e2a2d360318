import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Activity, ActivityText } from '../api/types';
import { useCodes } from '../packs/codes';
import { same } from '../records/record_form';
import { Button } from '../ui/button';
import { useDateLanguage } from '../ui/date_field';
import { Dialog } from '../ui/dialog';
import { inJapan, longDate, shortDate } from '../ui/japanese_date';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { useActivityWords } from './activity_words';
import { activityHistoryQuery } from './queries';

/** Every saved state of an entry: who, when, why, and what became different. */
export function ActivityVersions({ activity, name, onClose }: { activity: Activity; name: string; onClose: () => void }) {
  const { t } = useTranslation(['activities', 'common']);
  const language = useDateLanguage();
  const say = useSay();
  const { data, error } = useQuery(activityHistoryQuery(activity.id));
  return (
    <Dialog
      large
      title={t('activities:versions_title', { name })}
      onClose={onClose}
      actions={
        <Button kind="primary" onPress={onClose}>
          {t('common:close')}
        </Button>
      }
    >
      {error && <ProblemNotice error={error} />}
      {!data && !error && <Skeleton lines={4} />}
      <ol className="timeline">
        {[...(data ?? [])].reverse().map((version, at, all) => {
          const before = all[at + 1]?.text;
          const changed = before ? (Object.keys(version.text) as (keyof ActivityText)[]).filter((field) => !same(version.text[field], before[field])) : [];
          return (
            <li key={version.version}>
              <p className="head">
                <span className="when n">
                  {shortDate(inJapan(version.at).date, language)} {inJapan(version.at).time}
                </span>
                <b>{t(`activities:version_kind.${version.kind}`)}</b>
                <span>{version.by_name}</span>
              </p>
              {version.reason && <p>{t('activities:reason', { reason: version.reason })}</p>}
              {changed.map((field) => (
                <p key={field} className="prose">
                  <span className="sub">{t(`activities:field.${field}`)}</span> <del>{say(field, before!) || '—'}</del> → <ins>{say(field, version.text) || '—'}</ins>
                </p>
              ))}
            </li>
          );
        })}
      </ol>
    </Dialog>
  );
}

/** A field in words. */
function useSay(): (field: keyof ActivityText, text: ActivityText) => string {
  const { t } = useTranslation(['activities', 'common']);
  const codes = useCodes();
  const words = useActivityWords();
  const language = useDateLanguage();
  return (field, text) => {
    switch (field) {
      case 'kind':
        return words.kind(text.kind);
      case 'done_on':
      case 'settled_on':
      case 'agreed_on':
      case 'begun_on':
      case 'follow_up_on':
        return text[field] ? longDate(text[field], language) : '';
      case 'minutes':
        return text.minutes === null ? '' : words.spent(text.minutes);
      case 'with_profession':
        return codes.label('profession', text.with_profession);
      case 'state':
        return text.state ? t(`common:state.activity.${text.state}`) : '';
      case 'advice_field':
        return codes.label('advice_field', text.advice_field);
      case 'startup_supports':
        return text.startup_supports.map((one) => codes.label('startup_support', one)).join(t('activities:and'));
      default:
        return text[field] ?? '';
    }
  };
}
