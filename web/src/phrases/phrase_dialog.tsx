import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch, onceOnly } from '../api/client';
import { ProblemError } from '../api/problem';
import type { Phrase } from '../api/types';
import { useCodes } from '../packs/codes';
import { useKeptFields } from '../records/kept_text';
import { RestoredNotice } from '../records/restored_notice';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { SelectField, TextArea, TextField } from '../ui/field';
import { fieldMessage, ProblemNotice } from '../ui/problem_notice';
import { useToast } from '../ui/toast';
import { phraseFields } from './queries';

type Fields = Phrase['text'];

/** One phrase of a desk, new or changed. */
export function PhraseDialog({ phrase, deskId, deskName, onClose }: { phrase: Phrase | null; deskId: string; deskName: string; onClose: () => void }) {
  const { t } = useTranslation(['consultations', 'problems', 'common']);
  const codes = useCodes();
  const queries = useQueryClient();
  const toast = useToast();
  const [once] = useState(() => crypto.randomUUID());
  const [base, setBase] = useState(phrase);
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const kept = useKeptFields<Fields>(`phrase:${phrase?.id ?? `new.${deskId}`}`, () => phrase?.text ?? { name: '', kana: '', text: '', field: null, topic: null });
  const { fields: draft, set } = kept;
  const refused = (field: string) => {
    const hit = error instanceof ProblemError ? error.fields.find((one) => one.pointer.endsWith(`/${field}`)) : undefined;
    return hit && fieldMessage(t as never, hit);
  };
  const needed = (value: string) => (tried && !value.trim() ? t('problems:field.required') : undefined);

  const save = async () => {
    setTried(true);
    if (busy || !draft.name.trim() || !draft.text.trim()) return;
    setBusy(true);
    setError(null);
    try {
      if (base) await ask(api.PUT('/api/phrases/{id}', { params: { path: { id: base.id } }, body: draft, ...ifMatch(base.version) }));
      else await ask(api.POST('/api/phrases', { body: { desk_id: deskId, text: draft }, ...onceOnly(once) }));
      kept.forget();
      await queries.invalidateQueries({ queryKey: ['phrases'] });
      toast(t('phrase.saved'));
      onClose();
    } catch (problem) {
      let told: unknown = problem;
      if (problem instanceof ProblemError && ['stale', 'not_found'].includes(problem.reason) && base) {
        // What a colleague wrote meanwhile is shown above one's own text; saving again takes one's own. Where the
        // colleague deleted the phrase, saving again makes it anew.
        try {
          const { items } = await ask(api.GET('/api/phrases'));
          setBase(items.find((one) => one.id === base.id) ?? null);
        } catch (second) {
          told = second;
        }
      }
      setError(told);
    } finally {
      setBusy(false);
    }
  };
  const stale = error instanceof ProblemError && error.reason === 'stale' && base;

  return (
    <Dialog
      title={phrase ? t('phrase.edit') : t('phrase.new')}
      onClose={onClose}
      large
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" onPress={() => void save()}>
            {t('common:save')}
          </Button>
        </>
      }
    >
      <p className="sub">{deskName}</p>
      <RestoredNotice at={kept.restoredAt} overtaken={kept.overtaken} onDiscard={kept.discard} />
      {stale ? (
        <div className="notice info" role="alert">
          <p>{t('phrase.stale', { name: stale.updated_by_name })}</p>
          <p className="prose">{stale.text.text}</p>
        </div>
      ) : (
        <ProblemNotice error={error instanceof ProblemError && error.fields.length > 0 ? null : error} />
      )}
      <div className="row2">
        <TextField id="f-name" label={t('phrase.name')} required value={draft.name} maxLength={60} onChange={(name) => set({ name })} error={needed(draft.name) ?? refused('name')} />
        <TextField id="f-kana" label={t('phrase.kana')} value={draft.kana} maxLength={60} onChange={(kana) => set({ kana })} help={t('phrase.kana_help')} error={refused('kana')} />
      </div>
      <TextArea id="f-text" label={t('phrase.text')} required rows={4} value={draft.text} maxLength={2000} onChange={(text) => set({ text })} help={t('phrase.text_help')} error={needed(draft.text) ?? refused('text')} />
      <div className="row2">
        <SelectField id="f-field" label={t('phrase.field')} value={draft.field ?? ''} none={t('phrase.any_field')} onChange={(field) => set({ field: (field || null) as Fields['field'] })} options={phraseFields.map((field) => ({ value: field, label: t(`field.${field}`) }))} error={refused('field')} />
        <SelectField id="f-topic" label={t('phrase.topic')} value={draft.topic ?? ''} none={t('phrase.any_topic')} onChange={(topic) => set({ topic: topic || null })} options={codes.choices('topic', { chosen: draft.topic ? [draft.topic] : [] }).map((entry) => ({ value: entry.code, label: codes.label('topic', entry.code) }))} error={refused('topic')} />
      </div>
    </Dialog>
  );
}
