import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Referral, Telling } from '../api/types';
import { useCodes } from '../packs/codes';
import { Button } from '../ui/button';
import { ButtonLink } from '../ui/button_link';
import { useDateLanguage } from '../ui/date_field';
import { Icon } from '../ui/icon';
import { inJapan, longDate, shortDate } from '../ui/japanese_date';
import { Section } from '../ui/page';
import { toldConditions, toldFacts } from './told';
import { useMatchWords } from './words';

/** What left the desk, as it was then, and what of it the case says otherwise today. */
export function ToldSection({ referral, writes, onTellAgain }: { referral: Referral; writes: boolean; onTellAgain: () => Promise<void> }) {
  const { t } = useTranslation(['referrals', 'common']);
  const when = useWhen();
  const name = useDifferenceNames();
  const [busy, setBusy] = useState(false);
  const [newest, ...earlier] = referral.told;
  if (!newest) return null;
  const again = async () => {
    if (busy) return;
    setBusy(true);
    await onTellAgain();
    setBusy(false);
  };
  return (
    <Section id="was-told" title={t('section.was_told')} note={when(newest)}>
      {referral.differs.length > 0 && (
        <div className="notice" role="status">
          <p>
            <Icon name="late" /> {t('told.differs', { fields: referral.differs.map(name).join(t('and')) })}
          </p>
          {writes && (
            <p className="acts-line no-print">
              <Button small onPress={() => void again()}>
                {t('told.again')}
              </Button>
              <span className="help">{t('told.again_help')}</span>
            </p>
          )}
        </div>
      )}
      <Content telling={newest} />
      <p className="no-print">
        <ButtonLink small kind="plain" to="/referrals/$id/fax" params={{ id: referral.id }} search={{ as: 'told' }} icon="print">
          {t('told.paper')}
        </ButtonLink>
      </p>
      {earlier.map((telling) => (
        <details key={telling.at}>
          <summary>{when(telling)}</summary>
          <Content telling={telling} />
        </details>
      ))}
    </Section>
  );
}

function Content({ telling: { text } }: { telling: Telling }) {
  const { t } = useTranslation('referrals');
  const match = useMatchWords();
  const codes = useCodes();
  const language = useDateLanguage();
  const facts = toldFacts(text, codes.label);
  const lines = [
    ...toldConditions.map((field) => ({ label: match.label(field), value: match.say(field, text.match) })),
    { label: t('told.person'), value: facts.join(t('and')) },
    { label: t('field.message'), value: text.message },
    { label: t('field.to_name'), value: text.to_name },
    { label: t('field.reply_by'), value: longDate(text.reply_by, language) },
  ].filter((line) => line.value);
  return (
    <dl className="kv large">
      {lines.map((line) => (
        <Fragment key={line.label}>
          <dt>{line.label}</dt>
          <dd className="prose">{line.value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

function useWhen() {
  const { t } = useTranslation('referrals');
  const language = useDateLanguage();
  return (telling: Telling) => {
    const { date, time } = inJapan(telling.at);
    return t(`told.when.${telling.way}`, { day: shortDate(date, language), time, name: telling.by_name });
  };
}

/** Fields of the ask, of its conditions, and facts of the case are named as their own forms name them. */
function useDifferenceNames() {
  const { t } = useTranslation('referrals');
  return (field: string) => t([`shown.${field}`, `match.field.${field}`, `field.${field}`]);
}
