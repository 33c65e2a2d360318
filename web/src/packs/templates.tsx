import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { GoalTemplate, IndicatorTree, PackTemplates, PlanTemplate } from '../api/types';
import { useMay } from '../app/session';
import { Button } from '../ui/button';
import { PageTitle, Section } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { useCodes, useWords } from './codes';
import { templatesQuery, useRecordsNamed } from './template_query';
import './templates.css';

/** Plans and trees of the packs, to read and to start from. */
export default function Templates() {
  const { t } = useTranslation('packs');
  const { data, error, isPending, refetch } = useQuery(templatesQuery);
  return (
    <div className="wide">
      <PageTitle title={t('title')} />
      <p className="note mb-4">{t('what')}</p>
      <ProblemNotice error={error}>
        <Button onPress={() => void refetch()}>{t('common:try_again')}</Button>
      </ProblemNotice>
      {isPending && <Skeleton lines={12} />}
      {data?.items.map((pack) => pack.plan && <Plan key={pack.pack} pack={pack} plan={pack.plan} />)}
      {data?.items.map((pack) => pack.indicators && <Tree key={pack.pack} pack={pack} tree={pack.indicators} />)}
    </div>
  );
}

const actors = ['center', 'station', 'city'] as const;

/** 図10: stage, heading, number, item, frequency as written, and a ○ under who does it. */
function Plan({ pack, plan }: { pack: PackTemplates; plan: PlanTemplate }) {
  const { t } = useTranslation('packs');
  const words = useWords();
  const may = useMay();
  const id = `plan-${pack.pack}`;
  const named = useRecordsNamed('measures');
  return (
    <Section id={id} title={`${words(plan.label)} (${words(pack.label)})`} note={t('plan.lines', { count: plan.lines.length })}>
      <p className="note">{words(pack.source)}</p>
      <div className="scroll-x" tabIndex={0} role="region" aria-labelledby={`${id}-h`}>
        <table className="plain-t plan-t">
          <thead>
            <tr>
              <th scope="col">{t('plan.heading')}</th>
              <th scope="col" className="r">
                {t('plan.no')}
              </th>
              <th scope="col">{t('plan.item')}</th>
              <th scope="col">{t('plan.frequency')}</th>
              {actors.map((actor) => (
                <th key={actor} scope="col" className="mark">
                  {t(`plan.${actor}`)}
                </th>
              ))}
              <th scope="col">{t('plan.note')}</th>
            </tr>
          </thead>
          {plan.stages.map((stage) => (
            <tbody key={stage.code}>
              <tr className="stage">
                <th scope="rowgroup" colSpan={8}>
                  {stage.short_label} <span className="sub">{words(stage.label)}</span>
                </th>
              </tr>
              {plan.lines
                .filter((line) => line.stage === stage.code)
                .map((line, at, lines) => {
                  const first = lines[at - 1]?.heading !== line.heading;
                  const height = lines.filter((one) => one.heading === line.heading).length;
                  return (
                    <tr key={line.no} id={`${id}-${line.no}`}>
                      {first && (
                        <th scope="rowgroup" rowSpan={height} className="heading">
                          {words(plan.headings.find((one) => one.code === line.heading)?.label)}
                        </th>
                      )}
                      <td className="r">{line.no}</td>
                      <td>
                        {line.item}
                        <Starts found={named(line.item)}>
                          {may('measures.write') && (
                            <Link to="/measures/new" search={{ title: line.item }}>
                              {t('make_measure')}
                              <span className="vh"> {line.item}</span>
                            </Link>
                          )}
                        </Starts>
                      </td>
                      <td>{line.frequency || '—'}</td>
                      {actors.map((actor) => (
                        <td key={actor} className="mark">
                          {line[actor] ? '○' : ''}
                        </td>
                      ))}
                      <td>
                        {line.note}
                        {line.doubt && <span className="sub block">{t('doubt', { doubt: line.doubt })}</span>}
                      </td>
                    </tr>
                  );
                })}
            </tbody>
          ))}
          <tfoot>
            <tr>
              <th scope="row" colSpan={4}>
                {t('plan.marks')}
              </th>
              {actors.map((actor) => (
                <td key={actor} className="mark">
                  {plan.lines.filter((line) => line[actor]).length}
                </td>
              ))}
              <td />
            </tr>
          </tfoot>
        </table>
      </div>
      {plan.doubts.length > 0 && (
        <>
          <h3 className="mt-4">{t('doubts')}</h3>
          <ul className="note">
            {plan.doubts.map((one) => (
              <li key={one.doubt}>{t('plan.doubt', { lines: one.lines.join(t('common:list_and')), doubt: one.doubt })}</li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}

/** 図34: under each goal its issues, measures and indicators side by side. */
function Tree({ pack, tree }: { pack: PackTemplates; tree: IndicatorTree }) {
  const { t } = useTranslation('packs');
  const words = useWords();
  return (
    <Section id={`tree-${pack.pack}`} title={`${words(tree.label)} (${words(pack.label)})`} note={t('tree.goals', { count: tree.goals.length })}>
      <p className="note">{words(pack.source)}</p>
      <div className="goals">
        {tree.goals.map((goal) => (
          <Goal key={goal.code} goal={goal} tree={tree} />
        ))}
      </div>
    </Section>
  );
}

function Goal({ goal, tree }: { goal: GoalTemplate; tree: IndicatorTree }) {
  const { t } = useTranslation('packs');
  const words = useWords();
  const codes = useCodes();
  const may = useMay();
  const issues = useRecordsNamed('issues');
  const measures = useRecordsNamed('measures');
  const indicators = useRecordsNamed('indicators');
  return (
    <section className="goal" id={`goal-${goal.code}`} aria-labelledby={`goal-${goal.code}-h`}>
      <h3 id={`goal-${goal.code}-h`}>
        {t('tree.goal', { no: goal.no })} {words(goal.label)}
      </h3>
      {goal.doubt && <p className="sub">{t('doubt', { doubt: goal.doubt })}</p>}
      <div className="goal-parts">
        <div>
          <h4>{t('tree.issues')}</h4>
          <ul>
            {goal.issues.map((one) => (
              <li key={one.code}>
                {words(one.label)}
                <Starts found={issues(one.label.ja)} />
              </li>
            ))}
          </ul>
        </div>
        <div>
          <h4>{t('tree.measures')}</h4>
          <ul>
            {goal.measures.map((one) => (
              <li key={one.code}>
                {words(one.label)} <span className="sub block">{codes.label('measure_kind', one.kind)}</span>
                <Starts found={measures(one.label.ja)}>
                  {may('measures.write') && (
                    <Link to="/measures/new" search={{ title: one.label.ja, kind: one.kind }}>
                      {t('make_measure')}
                      <span className="vh"> {words(one.label)}</span>
                    </Link>
                  )}
                </Starts>
              </li>
            ))}
          </ul>
        </div>
        <div>
          <h4>{t('tree.indicators')}</h4>
          <ul>
            {goal.indicators.map((one) => (
              <li key={one.code}>
                {words(one.label)} <span className="sub block">{[words(tree.classes.find((group) => group.code === one.group)?.label), one.unit, codes.label('direction', one.direction)].join(' · ')}</span>
                <Starts found={indicators(one.label.ja)}>
                  {may('indicators.write') && (
                    <Link to="/indicators/new" search={{ name: one.label.ja, unit: one.unit, kind: one.kind, view: one.view, direction: one.direction, scene: one.scene ?? undefined }}>
                      {t('make_indicator')}
                      <span className="vh"> {words(one.label)}</span>
                    </Link>
                  )}
                </Starts>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </section>
  );
}

/** What has become of a line here already, and how to begin it. */
function Starts({ found, children }: { found?: { to: string; id: string }; children?: ReactNode }) {
  const { t } = useTranslation('packs');
  if (!found && !children) return null;
  return (
    <span className="sub block starts">
      {found && <Link to={found.to}>{t('here')}</Link>}
      {children}
    </span>
  );
}
