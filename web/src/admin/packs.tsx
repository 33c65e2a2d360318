import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '../api/client';
import type { Packs, Scheme } from '../api/types';
import type { Search } from '../app/router';
import { inForce, useWords } from '../packs/codes';
import { TemplatesLink } from '../packs/template_link';
import { templatesQuery } from '../packs/template_query';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { TextField } from '../ui/field';
import { today } from '../ui/japanese_date';
import { PageTitle, Section } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { useToast } from '../ui/toast';
import { AdminTabs } from './admin_tabs';
import type { PackSummary } from './queries';
import { MoveButtons, moved, useDrag } from './reorder';

export default function PacksPage() {
  const { t } = useTranslation('admin');
  const packs = useQuery({ queryKey: ['packs'], queryFn: () => ask(api.GET('/api/packs')) });
  return (
    <div className="wide">
      <PageTitle title={t('part.packs')} />
      <AdminTabs current="packs" />
      <TemplatesLink />
      <ProblemNotice error={packs.error}>
        <Button onPress={() => void packs.refetch()}>{t('common:try_again')}</Button>
      </ProblemNotice>
      {packs.isPending && <Skeleton lines={10} />}
      {packs.data && (
        <>
          <Choice key={packs.data.items.map((one) => `${one.name}${one.chosen}${one.position}`).join()} packs={packs.data} />
          <Schemes schemes={packs.data.schemes} items={packs.data.items} />
        </>
      )}
    </div>
  );
}

/** Which packs are in force, in which order: a later one wins over an earlier one. */
function Choice({ packs }: { packs: Packs }) {
  const { t } = useTranslation('admin');
  const words = useWords();
  const queries = useQueryClient();
  const toast = useToast();
  const before = packs.items.filter((one) => one.chosen).sort((one, other) => one.position - other.position).map((one) => one.name);
  const [chosen, setChosen] = useState(before);
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const find = (name: string) => packs.items.find((one) => one.name === name);
  const move = (from: number, to: number) => setChosen(moved(chosen, from, to));
  const drag = useDrag(move);
  const changed = chosen.join() !== before.join();
  const rest = packs.items.filter((one) => !chosen.includes(one.name));
  const save = async () => {
    try {
      queries.setQueryData(['packs'], await ask(api.PUT('/api/packs/choice', { body: { packs: chosen } })));
      setAsking(false);
      toast(t('pack.saved'));
    } catch (problem) {
      setAsking(false);
      setError(problem);
    }
  };
  return (
    <Section id="choice" title={t('pack.choice')} note={t('pack.choice_what')}>
      <ProblemNotice error={error} />
      {chosen.length === 0 && <p className="notice info sm">{t('pack.none_chosen')}</p>}
      {chosen.length > 0 && (
        <ol className="pack-list">
          {chosen.map((name, at) => {
            const pack = find(name);
            return (
              <li key={name} {...drag.row(at)}>
                <MoveButtons at={at} last={chosen.length - 1} name={pack ? words(pack.label) : name} drag={drag} onMove={move} />
                <PackText pack={pack} name={name} number={at + 1} />
                <Button small onPress={() => setChosen(chosen.filter((one) => one !== name))}>
                  {t('pack.leave_out')}
                  <span className="vh"> {pack && words(pack.label)}</span>
                </Button>
              </li>
            );
          })}
        </ol>
      )}
      {rest.length > 0 && (
        <>
          <h3 className="mt-4">{t('pack.others')}</h3>
          <ul className="pack-list">
            {rest.map((pack) => (
              <li key={pack.name}>
                <span className="moves" />
                <PackText pack={pack} name={pack.name} />
                <Button small icon="plus" onPress={() => setChosen([...chosen, pack.name])}>
                  {t('pack.take')}
                  <span className="vh"> {words(pack.label)}</span>
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
      {changed && (
        <p className="form-acts">
          <Button onPress={() => setChosen(before)}>{t('undo')}</Button>
          <Button kind="primary" onPress={() => setAsking(true)}>
            {t('pack.save')}
          </Button>
        </p>
      )}
      {asking && (
        <Dialog
          title={t('pack.save')}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onPress={() => setAsking(false)}>{t('common:cancel')}</Button>
              <Button kind="primary" onPress={() => void save()}>
                {t('pack.save')}
              </Button>
            </>
          }
        >
          <p>{t('pack.confirm', { packs: chosen.map((name) => words(find(name)?.label)).join(' → ') || t('common:none') })}</p>
          <p className="note mt-2">{t('pack.confirm_what')}</p>
        </Dialog>
      )}
    </Section>
  );
}

function PackText({ pack, name, number }: { pack: PackSummary | undefined; name: string; number?: number }) {
  const { t } = useTranslation('admin');
  const words = useWords();
  const templates = new Set(useQuery(templatesQuery).data?.items.map((one) => one.pack));
  return (
    <span className="pack-text">
      <b>
        {number !== undefined && <span className="n">{number}. </span>}
        {pack ? words(pack.label) : name}
      </b>
      {pack && (
        <span className="sub block">
          {[pack.schemes.length > 0 && t('pack.holds', { count: pack.schemes.length }), pack.has_sheet && t('pack.sheet'), templates.has(pack.name) && t('pack.templates')].filter(Boolean).join(t('common:list_and'))}
        </span>
      )}
      {pack && <span className="sub block">{words(pack.source)}</span>}
    </span>
  );
}

function Schemes({ schemes, items }: { schemes: Scheme[]; items: PackSummary[] }) {
  const { t } = useTranslation('admin');
  const words = useWords();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as Search;
  const text = (search.words ?? '').normalize('NFKC').trim();
  const shown = schemes.filter((one) => [words(one.label), one.name, ...one.codes.map((code) => words(code.label))].join(' ').normalize('NFKC').includes(text));
  return (
    <Section id="schemes" title={t('scheme.list')} note={t('scheme.list_what')}>
      {schemes.length === 0 ? (
        <p className="note">{t('scheme.none')}</p>
      ) : (
        <>
          <div className="filters">
            <TextField label={t('scheme.find')} type="search" value={search.words ?? ''} onChange={(next) => void navigate({ to: '/admin/packs', search: { words: next || undefined }, replace: true, resetScroll: false })} />
          </div>
          <table className="plain-t rows-t">
            <thead>
              <tr>
                <th scope="col">{t('scheme.name')}</th>
                <th scope="col">{t('scheme.codes')}</th>
                <th scope="col">{t('scheme.from_pack')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((one) => {
                const now = one.codes.filter((code) => inForce(code, today()));
                return (
                  <tr key={one.name}>
                    <th scope="row">
                      <Link to="/admin/packs/$name" params={{ name: one.name }}>
                        {words(one.label)}
                      </Link>
                    </th>
                    <td>
                      {t('scheme.count', { count: now.length })}
                      <span className="sub block ph">
                        {now
                          .slice(0, 6)
                          .map((code) => words(code.label))
                          .join(t('common:list_and'))}
                        {now.length > 6 && t('scheme.and_more')}
                      </span>
                    </td>
                    <td>{words(items.find((pack) => pack.name === one.pack)?.label) || one.pack}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
          {shown.length === 0 && <p className="note">{t('common:nothing_found')}</p>}
        </>
      )}
    </Section>
  );
}
