import { useQueries, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Indicator, Issue, Measure } from '../api/types';
import { useMay } from '../app/session';
import { useCodes } from '../packs/codes';
import { TemplateLink } from '../packs/template_link';
import { periodLabel } from '../records/period';
import { indicatorQuery, issueQuery, measureQuery } from '../records/queries';
import { Written } from '../records/written';
import { useNumber } from '../records/words';
import { useNames } from '../regions/regions';
import { ThreadStrip } from '../threads/thread_strip';
import { ButtonLink } from '../ui/button_link';
import { useDateLanguage } from '../ui/date_field';
import { inJapan, shortDate } from '../ui/japanese_date';
import { Facts, PageTitle, Section } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { PageProblem } from '../records/page_problem';
import { Skeleton } from '../ui/skeleton';
import { StateChip } from '../ui/state_chip';
import '../records/records.css';
import { targetFor } from './chart';
import { lastValue } from './counted';
import { isReached, Reached, SeriesTable, withUnit } from './series_table';

export default function IndicatorPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error } = useQuery(indicatorQuery(id));
  if (error) return <PageProblem error={error} />;
  return data ? <Page key={id} indicator={data} /> : <Skeleton lines={14} />;
}

function Page({ indicator }: { indicator: Indicator }) {
  const { t } = useTranslation(['indicators', 'records', 'common']);
  const may = useMay();
  const codes = useCodes();
  const names = useNames();
  const number = useNumber();
  const language = useDateLanguage();
  const { text } = indicator;
  const last = lastValue(indicator);
  const target = targetFor(indicator.targets, last?.period ?? '');
  const issues = useQueries({ queries: text.issue_ids.map((id) => issueQuery(id)) }).flatMap((one): Issue[] => (one.data ? [one.data] : []));
  const measures = useQueries({ queries: text.measure_ids.map((id) => measureQuery(id)) }).flatMap((one): Measure[] => (one.data ? [one.data] : []));
  const rows: [string, string][] = [
    [t('field.figure'), text.figure ? t(`figure.${text.figure}`) : t('figure.by_hand')],
    [t('field.numerator'), text.numerator],
    [t('field.denominator'), text.denominator],
    [t('field.period'), ['month', 'fiscal_year', 'point'].includes(text.period) ? t(`period.${text.period}`) : text.period],
    [t('field.grain'), codes.label('grain', text.grain)],
    [t('field.source'), text.source],
    [t('field.obtained_by'), text.obtained_by],
    [t('field.frequency'), text.frequency],
    [t('field.comparison'), text.comparison],
    [t('field.judgement_rule'), text.judgement_rule],
    [t('field.code'), text.code],
  ];
  return (
    <>
      <PageTitle
        title={text.name}
        crumbs={[{ to: '/indicators', label: t('title') }]}
        actions={
          <>
            <ButtonLink kind="plain" to="/indicators/$id/history" params={{ id: indicator.id }}>
              {t('records:versions.link')}
            </ButtonLink>
            <PrintButton />
            {may('indicators.write') && (
              <>
                <ButtonLink to="/indicators/$id/edit" params={{ id: indicator.id }}>
                  {t('common:edit')}
                </ButtonLink>
                <ButtonLink kind="primary" to="/indicators/$id/series" params={{ id: indicator.id }}>
                  {t('series.edit')}
                </ButtonLink>
              </>
            )}
          </>
        }
      />
      <TemplateLink kind="indicators" name={text.name} />
      <Facts
        facts={[
          { label: t('last_value'), value: withUnit(last?.value, text.unit) || t('no_value'), sub: [periodLabel(last?.period, language), last?.automatic && t('counted.mark')].filter(Boolean).join(' · ') },
          { label: t('target'), value: withUnit(target?.value, text.unit), sub: target && t('series.target_by', { period: periodLabel(target.period, language) }) },
          { label: t('reached.title'), value: <Reached reached={isReached(text.direction, last?.value, target?.value)} />, sub: codes.label('direction', text.direction) },
          { label: t('field.kind'), value: codes.label('indicator_kind', text.kind), sub: codes.label('indicator_view', text.view) },
          { label: t('field.scenes'), value: text.scenes.length > 0 ? text.scenes.map((code) => codes.label('scene', code)).join(t('records:and')) : t('all_scenes'), sub: names.desk(indicator.desk_id) },
        ]}
      />
      <Section id="series" title={t('series.title')} note={t('records:updated', { day: shortDate(inJapan(indicator.updated_at).date, language), name: indicator.updated_by_name })}>
        <SeriesTable indicator={indicator} />
      </Section>
      <ThreadStrip kind="indicator" id={indicator.id} />
      <div className="with-rail">
        <Section id="how" title={t('form.how')}>
          <Written rows={rows} />
        </Section>
        <Section id="links" title={t('form.links')}>
          {issues.length + measures.length === 0 && <p className="note">{t('no_links')}</p>}
          <ul className="line-list">
            {issues.map((issue) => (
              <li key={issue.id}>
                <Link to="/issues/$id" params={{ id: issue.id }}>
                  {number('issue', issue.number)} {issue.text.title}
                </Link>
                <StateChip kind="issue" state={issue.state} plain />
              </li>
            ))}
            {measures.map((measure) => (
              <li key={measure.id}>
                <Link to="/measures/$id" params={{ id: measure.id }}>
                  {measure.text.title}
                </Link>
                <StateChip kind="measure" state={measure.state} plain />
              </li>
            ))}
          </ul>
        </Section>
      </div>
    </>
  );
}
