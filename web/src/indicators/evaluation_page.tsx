import { useQueries, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Evaluation, Issue } from '../api/types';
import { useMay } from '../app/session';
import { evaluationQuery, indicatorQuery, issueQuery, measureQuery } from '../records/queries';
import { useNumber } from '../records/words';
import { ThreadStrip } from '../threads/thread_strip';
import { ButtonLink } from '../ui/button_link';
import { useDateLanguage } from '../ui/date_field';
import { inJapan, longDate, shortDate } from '../ui/japanese_date';
import { Facts, PageTitle, Section } from '../ui/page';
import { PrintButton } from '../ui/print_button';
import { PageProblem } from '../records/page_problem';
import { Skeleton } from '../ui/skeleton';
import { StateChip } from '../ui/state_chip';
import '../records/records.css';
import { isReached, Reached, withUnit } from './series_table';

export default function EvaluationPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { data, error } = useQuery(evaluationQuery(id));
  if (error) return <PageProblem error={error} />;
  return data ? <Page key={id} evaluation={data} /> : <Skeleton lines={14} />;
}

function Page({ evaluation }: { evaluation: Evaluation }) {
  const { t } = useTranslation(['indicators', 'records', 'common']);
  const may = useMay();
  const language = useDateLanguage();
  const number = useNumber();
  const { text } = evaluation;
  const measure = useQuery({ ...measureQuery(text.measure_id ?? ''), enabled: !!text.measure_id });
  const issue = useQuery({ ...issueQuery(text.issue_id ?? ''), enabled: !!text.issue_id });
  const next = useQueries({ queries: evaluation.next_issue_ids.map((id) => issueQuery(id)) }).flatMap((one): Issue[] => (one.data ? [one.data] : []));
  const details = useQueries({ queries: text.judgements.map((one) => indicatorQuery(one.indicator_id)) }).map((one) => one.data);
  return (
    <>
      <PageTitle
        title={t('evaluation.of', { what: evaluation.subject_title })}
        crumbs={[{ to: '/evaluations', label: t('evaluation.title') }]}
        state={<StateChip kind="evaluation" state={text.outcome} />}
        actions={
          <>
            <ButtonLink kind="plain" to="/evaluations/$id/history" params={{ id: evaluation.id }}>
              {t('records:versions.link')}
            </ButtonLink>
            <PrintButton />
            {may('indicators.write') && (
              <ButtonLink to="/evaluations/$id/edit" params={{ id: evaluation.id }}>
                {t('common:edit')}
              </ButtonLink>
            )}
            {may('issues.write') && (
              <ButtonLink kind="primary" to="/issues/new" search={{ origin: 'evaluation', origin_id: evaluation.id }}>
                {t('evaluation.to_issue')}
              </ButtonLink>
            )}
          </>
        }
      />
      <Facts
        facts={[
          { label: t('evaluation.field.evaluated_on'), value: longDate(text.evaluated_on, language), sub: t('records:updated', { day: shortDate(inJapan(evaluation.updated_at).date, language), name: evaluation.updated_by_name }) },
          { label: t('evaluation.field.measure_id'), value: measure.data && <Link to="/measures/$id" params={{ id: measure.data.id }}>{measure.data.text.title}</Link> },
          { label: t('evaluation.field.issue_id'), value: issue.data && <Link to="/issues/$id" params={{ id: issue.data.id }}>{`${number('issue', issue.data.number)} ${issue.data.text.title}`}</Link> },
          { label: t('evaluation.field.outcome'), value: t(`evaluation.outcome.${text.outcome}`) },
          { label: t('evaluation.next_issues'), value: evaluation.next_issue_ids.length > 0 ? t('evaluation.next_count', { count: evaluation.next_issue_ids.length }) : '' },
        ]}
      />
      <ThreadStrip kind="evaluation" id={evaluation.id} />
      <Section id="judgements" title={t('evaluation.field.judgements')}>
        {text.judgements.length === 0 && <p className="note">{t('evaluation.no_judgements')}</p>}
        {text.judgements.length > 0 && (
          <div className="scroll-x">
            <table className="plain-t">
              <thead>
                <tr>
                  <th scope="col">{t('title')}</th>
                  <th scope="col" className="r">
                    {t('series.value')}
                  </th>
                  <th scope="col" className="r">
                    {t('target')}
                  </th>
                  <th scope="col">{t('reached.title')}</th>
                  <th scope="col">{t('evaluation.comment')}</th>
                </tr>
              </thead>
              <tbody>
                {text.judgements.map((one, at) => {
                  const detail = details[at];
                  const unit = detail?.text.unit ?? '';
                  return (
                    <tr key={one.indicator_id}>
                      <th scope="row">
                        <Link to="/indicators/$id" params={{ id: one.indicator_id }}>
                          {one.indicator_name || detail?.text.name}
                        </Link>
                      </th>
                      <td className="r n">{withUnit(one.value, unit) || '—'}</td>
                      <td className="r n">{withUnit(one.target, unit) || '—'}</td>
                      <td>
                        <Reached reached={isReached(detail?.text.direction ?? null, one.value, one.target)} />
                      </td>
                      <td className="prose">{one.comment}</td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </div>
        )}
      </Section>
      <Section id="finding" title={t('evaluation.field.finding')}>
        <p className="prose narrow">{text.finding}</p>
      </Section>
      <Section id="next" title={t('evaluation.field.next_policy')}>
        <p className="prose narrow">{text.next_policy || <span className="sub">{t('records:not_written')}</span>}</p>
        {next.length > 0 && (
          <>
            <h3 className="mt-4">{t('evaluation.next_issues')}</h3>
            <ul className="line-list">
              {next.map((one) => (
                <li key={one.id}>
                  <Link to="/issues/$id" params={{ id: one.id }}>
                    {number('issue', one.number)} {one.text.title}
                  </Link>
                  <StateChip kind="issue" state={one.state} plain />
                </li>
              ))}
            </ul>
          </>
        )}
      </Section>
    </>
  );
}
