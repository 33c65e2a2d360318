import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError, problemOf } from '../api/problem';
import { useKeys } from '../app/keys';
import { Button } from '../ui/button';
import { Section } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import { ownWords } from '../uploads/refusals';
import { sendFile } from '../uploads/send_file';

/** What a file changes of a list that is known. */
export interface Told {
  count: number;
  added: number;
  changed: number;
  gone: number;
  added_names: string[];
  changed_names: string[];
  gone_names: string[];
}

export interface Compared<T extends Told> {
  told: T;
  /** Takes in what was compared. */
  take: () => Promise<void>;
}

/** For files that go to the server in parts: `run` reads what arrived, `taken` hears what was taken in. */
export async function comparedUpload<T extends Told>(file: File, sent: (part: number) => void, run: (upload: string, apply: boolean) => Promise<T>, taken: (told: T) => Promise<void>): Promise<Compared<T>> {
  const upload = await sendFile(file, { onProgress: (bytes) => sent(file.size ? bytes / file.size : 1) });
  sent(1);
  return { told: await run(upload, false), take: async () => taken(await run(upload, true)) };
}

interface Props<T extends Told> {
  /** Of the input. */
  id: string;
  accept: string;
  choose: string;
  help: string;
  /** Bytes. */
  largest: number;
  tooLarge: string;
  /** Says why a line is refused; the reason and what stood there. */
  reason: (reason: string, value: string) => string;
  title: (told: T) => string;
  /** What else is to be known before it is taken in: lines that are left out. */
  note?: (told: T) => string | undefined;
  /** How a name of the difference is written; as it came when absent. */
  say?: (name: string) => string;
  /** Sends and reads, but keeps nothing. `sent` is told the part that has arrived, 0 to 1. */
  compare: (file: File, sent: (part: number) => void) => Promise<Compared<T>>;
}

/** A published file is chosen, compared with what is known, and taken in once somebody has seen what differs. */
export function ComparedFile<T extends Told>({ id, accept, choose, help, largest, tooLarge, reason, title, note, say = (name) => name, compare }: Props<T>) {
  const { t } = useTranslation('admin');
  const { t: p } = useTranslation('problems');
  const input = useRef<HTMLInputElement>(null);
  const [doing, setDoing] = useState<'sending' | 'reading' | 'applying' | null>(null);
  const [sent, setSent] = useState(0);
  const [problem, setProblem] = useState<unknown>(null);
  const [isTooLarge, setTooLarge] = useState(false);
  const [compared, setCompared] = useState<Compared<T> | null>(null);
  useKeys([{ key: 'a', label: choose, run: () => input.current?.click() }]);

  const read = async (file: File | undefined) => {
    if (input.current) input.current.value = '';
    if (!file || doing) return;
    setProblem(null);
    setCompared(null);
    setTooLarge(file.size > largest);
    if (file.size > largest) return;
    setSent(0);
    setDoing('sending');
    try {
      setCompared(
        await compare(file, (part) => {
          setSent(part);
          if (part === 1) setDoing('reading');
        }),
      );
    } catch (failed) {
      setProblem(failed);
    }
    setDoing(null);
  };
  const take = async () => {
    if (!compared || doing) return;
    setDoing('applying');
    setProblem(null);
    try {
      await compared.take();
      setCompared(null);
    } catch (failed) {
      setProblem(failed);
    }
    setDoing(null);
  };
  const fields = problem instanceof ProblemError ? problem.fields : [];
  const rows = fields.filter((one) => one.pointer.startsWith('/rows/'));
  const aboutFile = problem && rows.length === 0 ? ownWords(problemOf(problem)) : undefined;
  return (
    <>
      <div className="drop-zone no-print">
        <input ref={input} id={id} className="vh" type="file" tabIndex={-1} aria-label={choose} accept={accept} onChange={(event) => void read(event.target.files?.[0])} />
        <Button kind="primary" icon="plus" keys={['a']} onPress={() => input.current?.click()}>
          {choose}
        </Button>
        <p className="help">{help}</p>
        {doing && (
          <p role="status">
            {doing === 'sending' && <progress value={sent} max={1} aria-label={t('compared.sending')} />} {t(`compared.${doing}`)}
          </p>
        )}
        {isTooLarge && (
          <p className="err" role="alert">
            {tooLarge}
          </p>
        )}
      </div>
      {rows.length > 0 ? (
        <div className="notice problem" role="alert">
          <p>{t('compared.refused')}</p>
          <ul>
            {rows.map((row) => (
              <li key={row.pointer}>{t('compared.row', { row: row.pointer.split('/').at(-1), reason: reason(row.reason, row.limit) })}</li>
            ))}
          </ul>
        </div>
      ) : (
        <ProblemNotice error={problem}>{aboutFile && <p>{p(`upload.${aboutFile}`)}</p>}</ProblemNotice>
      )}
      {compared && <Difference title={title(compared.told)} told={compared.told} note={note?.(compared.told)} say={say} onTake={() => void take()} onLeave={() => setCompared(null)} />}
    </>
  );
}

function Difference({ title, told, note, say, onTake, onLeave }: { title: string; told: Told; note?: string; say: (name: string) => string; onTake: () => void; onLeave: () => void }) {
  const { t } = useTranslation(['admin', 'common']);
  const parts = (['added', 'changed', 'gone'] as const).map((part) => ({ part, count: told[part], names: told[`${part}_names`] }));
  const same = parts.every((one) => one.count === 0);
  return (
    <Section id="difference" title={title}>
      <p role="status">{t(same ? 'compared.same' : 'compared.differs', { number: told.count.toLocaleString() })}</p>
      {note && <p className="note">{note}</p>}
      {parts
        .filter((one) => one.count > 0)
        .map((one) => (
          <details key={one.part} open={one.part === 'gone'}>
            <summary>{t(`compared.${one.part}`, { number: one.count.toLocaleString() })}</summary>
            <ul className="line-list">
              {one.names.map((name) => (
                <li key={name}>{say(name)}</li>
              ))}
            </ul>
            {one.count > one.names.length && <p className="sub">{t('compared.more', { number: (one.count - one.names.length).toLocaleString() })}</p>}
          </details>
        ))}
      <p className="acts-line">
        <Button kind={same ? 'outline' : 'primary'} onPress={onTake}>
          {t(same ? 'compared.take_same' : 'compared.take')}
        </Button>
        <Button onPress={onLeave}>{t('common:cancel')}</Button>
      </p>
    </Section>
  );
}
