import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import type { Credit } from '../api/types';
import { useMay } from '../app/session';
import { useCodes, useWords } from '../packs/codes';
import { PageProblem } from '../records/page_problem';
import { ButtonLink } from '../ui/button_link';
import { useDateLanguage } from '../ui/date_field';
import { Empty } from '../ui/empty';
import { inJapan, longDate, shortDate } from '../ui/japanese_date';
import { PageTitle, Section } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { Skeleton } from '../ui/skeleton';
import './exchange.css';

/** 出典: which official files the directory rests on, whose they are, and under which terms. */
export default function CreditsPage() {
  const { t } = useTranslation(['exchange', 'resources']);
  const may = useMay();
  const { data, error, isPending } = useQuery({ queryKey: ['credits'], queryFn: () => ask(api.GET('/api/exchange/credits')) });
  if (error) return <PageProblem error={error} />;
  const items = (data?.items ?? []) as Credit[];
  return (
    <div className="wide">
      <PageTitle crumbs={[{ to: '/resources', label: t('resources:title') }]} title={t('credits.title')} actions={<><PrintButton /><ButtonLink to="/exchange">{t('title')}</ButtonLink></>} />
      <p className="sub">{t('credits.what')}</p>
      {isPending && <Skeleton lines={8} />}
      {data && items.length === 0 && (
        <Empty>
          {t('credits.none')} {may('resources.import') && <ButtonLink to="/official-imports">{t('resources:official.link')}</ButtonLink>}
        </Empty>
      )}
      {items.map((one) => (
        <Source key={one.source} credit={one} />
      ))}
    </div>
  );
}

function Source({ credit }: { credit: Credit }) {
  const { t } = useTranslation(['exchange', 'resources']);
  const codes = useCodes();
  const words = useWords();
  const language = useDateLanguage();
  const newest = credit.files.map((one) => one.as_of ?? '').reduce((a, b) => (a > b ? a : b), '');
  const title = words(credit.title);
  return (
    <div className="credit">
      <Section id={`s-${credit.source}`} title={title}>
        <p className="credit-notice">
          {t(newest ? 'credits.notice_of' : 'credits.notice', { title, publisher: words(credit.publisher), licence: words(credit.licence), day: longDate(newest || null, language) })}
        </p>
        <p className="sub">
          {credit.licence_url && (
            <a href={credit.licence_url} rel="noreferrer" target="_blank">
              {t('credits.licence', { licence: words(credit.licence) })}
            </a>
          )}{' '}
          {credit.url && (
            <a href={credit.url} rel="noreferrer" target="_blank">
              {t('credits.publisher_page', { publisher: words(credit.publisher) })}
            </a>
          )}
        </p>
        <div className="scroll-x" tabIndex={0} role="region" aria-label={title}>
          <table className="plain-t">
            <thead>
              <tr>
                <th scope="col">{t('resources:official.file')}</th>
                <th scope="col">{t('resources:services')}</th>
                <th scope="col">{t('resources:as_of')}</th>
                <th scope="col">{t('credits.taken')}</th>
                <th scope="col">{t('credits.records')}</th>
              </tr>
            </thead>
            <tbody>
              {credit.files.map((one, at) => (
                <tr key={at}>
                  <th scope="row">{one.file_name}</th>
                  <td>{codes.short('resource_service', one.service)}</td>
                  <td className="nw">{shortDate(one.as_of, language) || '—'}</td>
                  <td className="nw">{shortDate(inJapan(one.applied_at).date, language)}</td>
                  <td className="nw">{one.records.toLocaleString()}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Section>
    </div>
  );
}
