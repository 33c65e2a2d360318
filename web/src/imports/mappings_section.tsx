import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask, ifMatch } from '../api/client';
import { ProblemError } from '../api/problem';
import type { SavedMapping } from '../api/types';
import { usePlace } from '../app/place';
import { Button } from '../ui/button';
import { useDateLanguage } from '../ui/date_field';
import { Dialog } from '../ui/dialog';
import { TextField } from '../ui/field';
import { inJapan, shortDate } from '../ui/japanese_date';
import { Section } from '../ui/page';
import { messagesByField, ProblemNotice } from '../ui/problem_notice';
import { useToast } from '../ui/toast';

const queryKey = ['imports', 'mappings'];

/** The ways of reading that were kept under a name: they can be renamed, and deleted when nobody needs them. */
export function MappingsSection() {
  const { t } = useTranslation('imports');
  const language = useDateLanguage();
  const place = usePlace();
  const { data, error } = useQuery({ queryKey, queryFn: () => ask(api.GET('/api/import-mappings')) });
  const [open, setOpen] = useState<{ mapping: SavedMapping; to: 'rename' | 'delete' } | null>(null);
  const items = data?.items ?? [];
  // As it stands by now: after somebody else was first, what was written can be sent once more.
  const opened = open && (items.find((one) => one.id === open.mapping.id) ?? open.mapping);
  if (!error && items.length === 0) return null;
  const several = new Set(items.map((one) => one.desk_id)).size > 1;
  return (
    <Section id="mappings" title={t('mappings')} note={t('mappings_note')}>
      <ProblemNotice error={error} />
      {items.length > 0 && (
        <div className="scroll-x" tabIndex={0} role="region" aria-label={t('mappings')}>
          <table className="plain-t">
            <thead>
              <tr>
                <th scope="col">{t('mapping_name')}</th>
                {several && <th scope="col">{t('common:desk')}</th>}
                <th scope="col">{t('mapping_changed')}</th>
                <th scope="col">
                  <span className="vh">{t('actions')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((mapping) => (
                <tr key={mapping.id}>
                  <th scope="row">{mapping.name}</th>
                  {several && <td>{place.own.find((desk) => desk.id === mapping.desk_id)?.name ?? ''}</td>}
                  <td className="nw">
                    {mapping.updated_by_name} {shortDate(inJapan(mapping.updated_at).date, language)}
                  </td>
                  <td className="nw">
                    <Button small kind="plain" onPress={() => setOpen({ mapping, to: 'rename' })}>
                      {t('rename')}
                      <span className="vh"> {mapping.name}</span>
                    </Button>
                    <Button small kind="plain" onPress={() => setOpen({ mapping, to: 'delete' })}>
                      {t('delete')}
                      <span className="vh"> {mapping.name}</span>
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {opened && open.to === 'rename' && <Rename mapping={opened} onClose={() => setOpen(null)} />}
      {opened && open.to === 'delete' && <Delete mapping={opened} onClose={() => setOpen(null)} />}
    </Section>
  );
}

/** Sends once at a time, tells what was refused, and lets the list be read again. */
function useSending(onClose: () => void) {
  const queries = useQueryClient();
  const toast = useToast();
  const [problem, setProblem] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const send = async (work: () => Promise<unknown>, done: string) => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await work();
      toast(done);
      onClose();
    } catch (failed) {
      setProblem(failed);
    }
    setBusy(false);
    await queries.invalidateQueries({ queryKey });
  };
  return { problem, send };
}

function Rename({ mapping, onClose }: { mapping: SavedMapping; onClose: () => void }) {
  const { t } = useTranslation(['imports', 'common', 'problems']);
  const { t: p } = useTranslation('problems');
  const [name, setName] = useState(mapping.name);
  const [tried, setTried] = useState(false);
  const { problem, send } = useSending(onClose);
  const refused = problem instanceof ProblemError ? messagesByField(p, problem.fields).name : undefined;
  const save = () => {
    setTried(true);
    if (!name.trim()) return;
    void send(() => ask(api.PUT('/api/import-mappings/{id}', { params: { path: { id: mapping.id } }, body: { name: name.trim() }, ...ifMatch(mapping.version) } as never)), t('imports:renamed', { name: name.trim() }));
  };
  return (
    <Dialog
      title={t('imports:rename_title', { name: mapping.name })}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" onPress={save}>
            {t('common:save')}
          </Button>
        </>
      }
    >
      <TextField
        id="f-mapping-name"
        label={t('imports:mapping_name')}
        required
        value={name}
        maxLength={60}
        onChange={setName}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) save();
        }}
        error={refused ?? (tried && !name.trim() ? p('field.required') : undefined)}
      />
      {problem !== null && !refused && <ProblemNotice error={problem} />}
    </Dialog>
  );
}

function Delete({ mapping, onClose }: { mapping: SavedMapping; onClose: () => void }) {
  const { t } = useTranslation(['imports', 'common']);
  const { problem, send } = useSending(onClose);
  return (
    <Dialog
      title={t('imports:delete_title', { name: mapping.name })}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button kind="danger" onPress={() => void send(() => ask(api.DELETE('/api/import-mappings/{id}', { params: { path: { id: mapping.id } }, ...ifMatch(mapping.version) } as never)), t('imports:deleted', { name: mapping.name }))}>
            {t('imports:delete')}
          </Button>
        </>
      }
    >
      <p>{t('imports:delete_what')}</p>
      {problem !== null && <ProblemNotice error={problem} />}
    </Dialog>
  );
}
