import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch } from '../api/client';
import type { Term, TermVersion } from '../api/types';
import type { Search } from '../app/router';
import { useMay } from '../app/session';
import { Button } from '../ui/button';
import { useDateLanguage } from '../ui/date_field';
import { Dialog } from '../ui/dialog';
import { inJapan, longDate } from '../ui/japanese_date';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { useToast } from '../ui/toast';
import type { TermWords } from './queries';
import { TermScope, TermText } from './term_text';

type Asked = 'hide' | 'show' | 'return' | 'remove';

/** Everything about one term: whose words it is explained in, where to read on, and what was written before. */
export function TermDetail({ term, terms, words, onEdit }: { term: Term; terms: Term[]; words: TermWords; onEdit: () => void }) {
  const { t } = useTranslation(['knowledge', 'common']);
  const language = useDateLanguage();
  const search = useSearch({ strict: false }) as Search;
  const may = useMay();
  const queries = useQueryClient();
  const toast = useToast();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const { text } = term;
  const related = terms.filter((one) => !one.hidden && one.id !== term.id && (text.related.includes(one.id) || one.text.related.includes(term.id)));
  const writes = may('terms.write');

  const run = async (what: Asked) => {
    setAsked(null);
    setProblem(null);
    const at = { params: { path: { id: term.id } }, ...ifMatch(term.version) };
    try {
      if (what === 'hide' || what === 'show') await ask(api.PUT('/api/terms/{id}/hidden', { ...at, body: { hidden: what === 'hide' } }));
      else await ask(api.DELETE('/api/terms/{id}', at));
      toast(t(`did.${what}`));
    } catch (failed) {
      setProblem(failed);
    }
    await queries.invalidateQueries({ queryKey: ['terms'] });
  };

  return (
    <TermScope>
      <h2 tabIndex={-1}>{words.headword(term)}</h2>
      <p className="sub">{[words.english ? text.headword : text.english, text.kana, words.kind(text.kind)].filter(Boolean).join(' · ')}</p>
      {term.hidden && <p className="notice">{t('hidden_what')}</p>}
      <ProblemNotice error={problem} />
      <p className="prose term-body">
        <TermText without={term.id}>{words.text(text)}</TermText>
      </p>
      <dl className="kv">
        {text.names.length > 0 && (
          <>
            <dt>{t('names')}</dt>
            <dd>{text.names.join(t('and'))}</dd>
          </>
        )}
        {text.law && (
          <>
            <dt>{t('law')}</dt>
            <dd>{text.law}</dd>
          </>
        )}
        {text.chapter && (
          <>
            <dt>{t('chapter')}</dt>
            <dd>{t('chapter_of', { chapter: text.chapter })}</dd>
          </>
        )}
        {related.length > 0 && (
          <>
            <dt>{t('related')}</dt>
            <dd>
              <ul className="tags">
                {related.map((one) => (
                  <li key={one.id}>
                    <Link className="tag" to="/terms" search={{ ...search, term: one.id }}>
                      {words.headword(one)}
                    </Link>
                  </li>
                ))}
              </ul>
            </dd>
          </>
        )}
        {text.links.length > 0 && (
          <>
            <dt>{t('links')}</dt>
            <dd>
              <ul>
                {text.links.map((link, at) => (
                  <li key={at}>{/^https?:\/\//i.test(link.place) ? <a href={link.place} target="_blank" rel="noreferrer noopener">{link.title}</a> : `${link.title}: ${link.place}`}</li>
                ))}
              </ul>
            </dd>
          </>
        )}
      </dl>
      <p className="note">{term.own && term.updated_at ? t('written_by', { day: longDate(inJapan(term.updated_at).date, language), name: term.updated_by_name }) : t('of_the_pack')}</p>
      {term.pack_text && (
        <details>
          <summary>{t('pack_text')}</summary>
          <p className="prose">{words.text(term.pack_text)}</p>
        </details>
      )}
      {writes && (
        <div className="acts term-acts no-print">
          <Button keys={['e']} onPress={onEdit}>
            {t('common:edit')}
          </Button>
          {term.pack_text && <Button onPress={() => setAsked('return')}>{t('act.return')}</Button>}
          <Button onPress={() => setAsked(term.hidden ? 'show' : 'hide')}>{t(term.hidden ? 'act.show' : 'act.hide')}</Button>
          {!term.of_pack && (
            <Button kind="plain" onPress={() => setAsked('remove')}>
              {t('act.remove')}
            </Button>
          )}
        </div>
      )}
      {term.version > 0 && <Versions term={term} words={words} />}
      {asked && (
        <Dialog
          title={t(`act.${asked}`)}
          onClose={() => setAsked(null)}
          actions={
            <>
              <Button onPress={() => setAsked(null)}>{t('common:cancel')}</Button>
              <Button kind={asked === 'remove' ? 'danger' : 'primary'} onPress={() => void run(asked)}>
                {t(`act.${asked}`)}
              </Button>
            </>
          }
        >
          <p>{t(`sure.${asked}`, { word: words.headword(term) })}</p>
        </Dialog>
      )}
    </TermScope>
  );
}

/** Who wrote what when, asked for when it is opened. */
function Versions({ term, words }: { term: Term; words: TermWords }) {
  const { t } = useTranslation('knowledge');
  const language = useDateLanguage();
  const [open, setOpen] = useState(false);
  const { data, error } = useQuery({
    queryKey: ['terms', term.id, 'versions', term.version],
    queryFn: () => ask(api.GET('/api/terms/{id}/versions', { params: { path: { id: term.id } } })) as Promise<{ items: TermVersion[] }>,
    enabled: open,
  });
  return (
    <details className="no-print" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('versions')}</summary>
      <ProblemNotice error={error} />
      {open && !data && !error && <Skeleton lines={3} />}
      <ol className="term-versions">
        {data?.items.map((version) => (
          <li key={version.version}>
            <b>{t(`version_kind.${version.kind}`)}</b>{' '}
            <span className="sub">
              {longDate(inJapan(version.at).date, language)} {inJapan(version.at).time} {version.by_name}
            </span>
            {version.kind !== 'hidden' && version.kind !== 'shown' && <p className="prose">{words.text(version.text)}</p>}
          </li>
        ))}
      </ol>
    </details>
  );
}
