import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch } from '../api/client';
import type { Phrase } from '../api/types';
import { useKeys } from '../app/keys';
import { usePlace } from '../app/place';
import { useCodes } from '../packs/codes';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Empty } from '../ui/empty';
import { SelectField } from '../ui/field';
import { PageTitle, Section } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { useToast } from '../ui/toast';
import { PhraseDialog } from './phrase_dialog';
import { phraseFields, usePhrases } from './queries';

/** The sentences a desk writes again and again, by the field they are for. */
export default function PhrasesPage() {
  const { t } = useTranslation(['consultations', 'common']);
  const codes = useCodes();
  const place = usePlace();
  const queries = useQueryClient();
  const toast = useToast();
  const { phrases, error, pending } = usePhrases();
  const [chosen, setChosen] = useState<string | null>(null);
  const [editing, setEditing] = useState<Phrase | 'new' | null>(null);
  const [deleting, setDeleting] = useState<Phrase | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const deskId = chosen ?? (place.own.some((desk) => desk.id === place.desk?.id) ? place.desk!.id : (place.own[0]?.id ?? ''));
  const deskName = place.own.find((desk) => desk.id === deskId)?.name ?? '';
  const mine = phrases.filter((phrase) => phrase.desk_id === deskId);
  useKeys([{ key: 'a', label: t('phrase.add'), run: () => setEditing('new') }]);

  const remove = async (phrase: Phrase) => {
    setDeleting(null);
    setProblem(null);
    try {
      await ask(api.DELETE('/api/phrases/{id}', { params: { path: { id: phrase.id } }, ...ifMatch(phrase.version) } as never));
      toast(t('phrase.deleted'));
    } catch (failed) {
      setProblem(failed);
    }
    await queries.invalidateQueries({ queryKey: ['phrases'] });
  };

  return (
    <div className="wide">
      <PageTitle
        crumbs={[{ to: '/consultations', label: t('title') }]}
        title={t('phrase.title')}
        actions={
          <Button kind="primary" icon="plus" keys={['a']} onPress={() => setEditing('new')}>
            {t('phrase.add')}
          </Button>
        }
      />
      <p className="sub phrases-note">{t('phrase.what')}</p>
      {place.own.length > 1 && <SelectField id="f-desk" label={t('common:desk')} value={deskId} onChange={setChosen} options={place.own.map((desk) => ({ value: desk.id, label: desk.name }))} />}
      <ProblemNotice error={error ?? problem} />
      {pending && <Skeleton lines={8} />}
      {!pending && mine.length === 0 && (
        <Empty
          action={
            <Button kind="primary" icon="plus" onPress={() => setEditing('new')}>
              {t('phrase.add')}
            </Button>
          }
        >
          {t('phrase.none')}
        </Empty>
      )}
      {[...phraseFields, null].map((field) => {
        const rows = mine.filter((phrase) => phrase.text.field === field);
        if (rows.length === 0) return null;
        return (
          <Section key={field ?? 'any'} id={`for-${field ?? 'any'}`} title={field ? t(`field.${field}`) : t('phrase.any_field')} note={t('phrase.count', { count: rows.length })}>
            <table className="plain-t phrases-t">
              <thead>
                <tr>
                  <th scope="col">{t('phrase.name')}</th>
                  <th scope="col">{t('phrase.text')}</th>
                  <th scope="col">{t('phrase.topic')}</th>
                  <th scope="col">
                    <span className="vh">{t('phrase.actions')}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map((phrase) => (
                  <tr key={phrase.id}>
                    <th scope="row">
                      {phrase.text.name}
                      <span className="sub"> {phrase.text.kana}</span>
                    </th>
                    <td className="prose">{phrase.text.text}</td>
                    <td>{phrase.text.topic ? codes.short('topic', phrase.text.topic) : t('phrase.any_topic')}</td>
                    <td className="nw">
                      <Button small onPress={() => setEditing(phrase)}>
                        {t('phrase.change')}
                        <span className="vh"> {phrase.text.name}</span>
                      </Button>{' '}
                      <Button small kind="plain" onPress={() => setDeleting(phrase)}>
                        {t('phrase.delete')}
                        <span className="vh"> {phrase.text.name}</span>
                      </Button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Section>
        );
      })}
      {editing && <PhraseDialog phrase={editing === 'new' ? null : editing} deskId={deskId} deskName={deskName} onClose={() => setEditing(null)} />}
      {deleting && (
        <Dialog
          title={t('phrase.delete')}
          onClose={() => setDeleting(null)}
          actions={
            <>
              <Button onPress={() => setDeleting(null)}>{t('common:cancel')}</Button>
              <Button kind="danger" onPress={() => void remove(deleting)}>
                {t('phrase.delete')}
              </Button>
            </>
          }
        >
          <p>{t('phrase.delete_what', { name: deleting.text.name })}</p>
        </Dialog>
      )}
    </div>
  );
}
