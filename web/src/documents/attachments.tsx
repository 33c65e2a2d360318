import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Attachment } from '../api/types';
import { useKeys } from '../app/keys';
import { useMay } from '../app/session';
import { Button } from '../ui/button';
import { useDateLanguage } from '../ui/date_field';
import { Dialog } from '../ui/dialog';
import { TextField } from '../ui/field';
import { inJapan, shortDate } from '../ui/japanese_date';
import { Section } from '../ui/page';
import { ProblemNotice } from '../ui/problem_notice';
import { useToast } from '../ui/toast';
import { accepted, activityFilesQuery, caseFilesQuery, contentAddress, describe, hasPreview, isImage, previewAddress, putBack, withdraw, type Place } from './queries';
import { useSending } from './sending';
import { SendingList } from './sending_list';
import { useSizeWords } from './words';
import './documents.css';

interface Where extends Place {
  /** The person may put files here. */
  writes: boolean;
  /** The case is finalised: whoever adds one says why. */
  finalised?: boolean;
}

/** The files of a case, or of an activity that has a page of its own. */
export function AttachmentsSection(where: Where) {
  const may = useMay();
  return may('persons.read') ? <Files {...where} /> : null;
}

function Files(where: Where) {
  const { t } = useTranslation('documents');
  const size = useSizeWords();
  const { writes, finalised, consultation, activity } = where;
  const { data, error } = useQuery(activity ? activityFilesQuery(activity) : (caseFilesQuery(consultation ?? '') as never as ReturnType<typeof activityFilesQuery>));
  const { queue, items } = useSending({ consultation, activity });
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const here = (data ?? []).filter((file) => !file.withdrawn_at);
  const total = here.reduce((sum, file) => sum + file.size, 0);
  const listed = data !== undefined;
  useEffect(() => {
    // From a file that was searched for: the section grew after the page was scrolled to it.
    if (listed && window.location.hash === '#attachments') document.getElementById('attachments')?.scrollIntoView({ block: 'start' });
  }, [listed]);

  const ready = () => {
    const says = !finalised || reason.trim() !== '';
    setMissing(!says);
    if (!says) document.getElementById('f-attach-reason')?.focus();
    return says;
  };
  const add = (files: Iterable<File>) => {
    if (ready()) queue.add(files, reason.trim());
  };
  const choose = () => {
    if (ready()) input.current?.click();
  };
  useKeys(writes ? [{ key: 't', label: t('choose'), run: choose }] : []);
  const over = useDroppedAndPasted(writes, add);

  const took = (list: HTMLInputElement) => {
    if (list.files?.length) add([...list.files]);
    list.value = '';
  };
  return (
    <Section
      id="attachments"
      title={t('title')}
      note={here.length > 0 ? t('note', { count: here.length, size: size(total) }) : undefined}
      more={
        writes && (
          <>
            <Button small className="phone-only" onPress={() => ready() && camera.current?.click()}>
              {t('camera')}
            </Button>{' '}
            <Button small icon="plus" keys={['t']} onPress={choose}>
              {t('choose')}
            </Button>
          </>
        )
      }
    >
      <div className={over ? 'files over' : 'files'}>
        {writes && (
          <div className="no-print">
            <input ref={input} hidden type="file" multiple accept={accepted} onChange={(event) => took(event.target)} />
            <input ref={camera} hidden type="file" accept="image/*" capture="environment" onChange={(event) => took(event.target)} />
            {finalised && <TextField id="f-attach-reason" label={t('reason')} help={t('reason_help')} maxLength={400} value={reason} onChange={setReason} error={missing && !reason.trim() ? t('problems:field.required') : undefined} />}
            {over && (
              <p className="drop-here" role="status">
                {t('drop_here')}
              </p>
            )}
          </div>
        )}
        <ProblemNotice error={error} />
        {data && data.length === 0 && items.length === 0 && <p className="note">{t(writes ? 'none_yet' : 'none')}</p>}
        <SendingList items={items} onRetry={(one, again, why) => queue.retry(one.id, again, why)} onGiveUp={(one) => queue.giveUp(one.id)} />
        {data && data.length > 0 && <FileList files={data} writes={writes} finalised={finalised} onChanged={() => queue.refresh()} />}
      </div>
    </Section>
  );
}

/** Files that are dropped anywhere on the page, or pasted where no text is being written. */
function useDroppedAndPasted(active: boolean, add: (files: Iterable<File>) => void): boolean {
  const [over, setOver] = useState(false);
  const latest = useRef(add);
  latest.current = add;
  useEffect(() => {
    if (!active) return;
    const holdsFiles = (event: DragEvent) => !!event.dataTransfer?.types.includes('Files');
    const enter = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!event.relatedTarget) setOver(false);
    };
    const drop = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(false);
      latest.current([...event.dataTransfer!.files]);
    };
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      const written = event.clipboardData?.types.includes('text/plain');
      if (files.length === 0 || (written && (event.target as HTMLElement).matches('input, textarea'))) return;
      event.preventDefault();
      latest.current(files);
    };
    document.addEventListener('dragenter', enter);
    document.addEventListener('dragover', enter);
    document.addEventListener('dragleave', leave);
    document.addEventListener('drop', drop);
    document.addEventListener('paste', paste);
    return () => {
      document.removeEventListener('dragenter', enter);
      document.removeEventListener('dragover', enter);
      document.removeEventListener('dragleave', leave);
      document.removeEventListener('drop', drop);
      document.removeEventListener('paste', paste);
    };
  }, [active]);
  return over;
}

export function FileList({ files, writes, finalised, onChanged, small }: { files: readonly Attachment[]; writes: boolean; finalised?: boolean; onChanged: () => void; small?: boolean }) {
  const { t } = useTranslation('documents');
  return (
    <ul className={small ? 'file-list small' : 'file-list'} aria-label={t('title')}>
      {files.map((file) => (
        <FileLine key={file.id} file={file} writes={writes} finalised={finalised} onChanged={onChanged} />
      ))}
    </ul>
  );
}

function FileLine({ file, writes, finalised, onChanged }: { file: Attachment; writes: boolean; finalised?: boolean; onChanged: () => void }) {
  const { t } = useTranslation('documents');
  const language = useDateLanguage();
  const size = useSizeWords();
  const toast = useToast();
  const [open, setOpen] = useState<'preview' | 'caption' | 'withdraw' | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const gone = file.withdrawn_at !== null;
  const day = (at: string) => `${shortDate(inJapan(at).date, language)} ${inJapan(at).time}`;
  const close = () => setOpen(null);
  const back = async (which: Attachment) => {
    try {
      await putBack(which);
      setProblem(null);
      toast(t('was_put_back', { name: file.name }));
    } catch (error) {
      setProblem(error);
    }
    onChanged();
  };
  const named = <span className="vh"> {file.name}</span>;
  return (
    <li className={gone ? 'withdrawn' : undefined}>
      <p className="head">
        {gone ? (
          <del className="name">{file.name}</del>
        ) : hasPreview(file) ? (
          <button type="button" className="link name" onClick={() => setOpen('preview')}>
            {file.name}
          </button>
        ) : (
          <a className="name" href={contentAddress(file)} download={file.name}>
            {file.name}
          </a>
        )}
        <span className="sub n">
          {t(`kind.${file.kind}`)} {size(file.size)}
        </span>
      </p>
      {file.caption && <p>{file.caption}</p>}
      {gone ? (
        <p className="sub">
          {t('withdrawn_by', { name: file.withdrawn_by_name, at: day(file.withdrawn_at!) })} {t('reason_was', { reason: file.withdrawn_reason })} {file.erased ? t('erased') : t('erased_on', { day: shortDate(inJapan(file.erase_at!).date, language) })}
        </p>
      ) : (
        <p className="sub">{t('added_by', { name: file.created_by_name, at: day(file.created_at) })}</p>
      )}
      <p className="acts no-print">
        {!gone && (
          <a className="btn small plain" href={contentAddress(file)} download={file.name}>
            {t('download')}
            {named}
          </a>
        )}
        {writes && !gone && (
          <>
            <Button small kind="plain" onPress={() => setOpen('caption')}>
              {t(file.caption ? 'caption_change' : 'caption_write')}
              {named}
            </Button>
            <Button small kind="plain" onPress={() => setOpen('withdraw')}>
              {t('withdraw')}
              {named}
            </Button>
          </>
        )}
        {writes && gone && !file.erased && (
          <Button small kind="plain" onPress={() => void back(file)}>
            {t('put_back')}
            {named}
          </Button>
        )}
      </p>
      {problem !== null && <ProblemNotice error={problem} />}
      {open === 'preview' && <Preview file={file} onClose={close} />}
      {open === 'caption' && (
        <TextDialog
          title={t('caption_title', { name: file.name })}
          label={t('caption')}
          begin={file.caption}
          most={200}
          reason={finalised}
          action={t('caption_save')}
          onSave={async (caption, reason) => {
            await describe(file, caption, reason);
            onChanged();
          }}
          onClose={close}
        />
      )}
      {open === 'withdraw' && (
        <TextDialog
          title={t('withdraw_title', { name: file.name })}
          what={t('withdraw_what')}
          label={t('withdraw_reason')}
          begin=""
          most={400}
          required
          danger
          action={t('withdraw')}
          onSave={async (reason) => {
            const next = await withdraw(file, reason);
            onChanged();
            toast(t('was_withdrawn', { name: file.name }), { undo: () => void back(next) });
          }}
          onClose={close}
        />
      )}
    </li>
  );
}

/** Images in the page, a PDF in the browser's own viewer; what it cannot show there opens in a tab of its own. */
function Preview({ file, onClose }: { file: Attachment; onClose: () => void }) {
  const { t } = useTranslation(['documents', 'common']);
  return (
    <Dialog
      large
      title={file.name}
      onClose={onClose}
      actions={
        <>
          <a className="btn" href={contentAddress(file)} download={file.name}>
            {t('documents:download')}
          </a>
          <a className="btn" href={previewAddress(file)} target="_blank" rel="noreferrer">
            {t('documents:new_tab')}
          </a>
          <Button kind="primary" onPress={onClose}>
            {t('common:close')}
          </Button>
        </>
      }
    >
      {file.caption && <p>{file.caption}</p>}
      <div className="preview">{isImage(file) ? <img src={previewAddress(file)} alt={file.caption || file.name} /> : <iframe src={previewAddress(file)} title={file.name} />}</div>
    </Dialog>
  );
}

interface TextDialogProps {
  title: string;
  what?: ReactNode;
  label: string;
  begin: string;
  most: number;
  required?: boolean;
  danger?: boolean;
  /** Asks for a second text: why. */
  reason?: boolean;
  action: string;
  onSave: (text: string, reason: string) => Promise<void>;
  onClose: () => void;
}

function TextDialog({ title, what, label, begin, most, required, danger, reason, action, onSave, onClose }: TextDialogProps) {
  const { t } = useTranslation(['documents', 'common', 'problems']);
  const id = useId();
  const [text, setText] = useState(begin);
  const [why, setWhy] = useState('');
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const lacks = tried && required && !text.trim();
  const lacksWhy = tried && reason && !why.trim();
  const save = async () => {
    setTried(true);
    if ((required && !text.trim()) || (reason && !why.trim())) return document.getElementById(required && !text.trim() ? id : `${id}-why`)?.focus();
    try {
      await onSave(text.trim(), why.trim());
      onClose();
    } catch (error) {
      setProblem(error);
    }
  };
  const enter = (event: React.KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void save();
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button kind={danger ? 'danger' : 'primary'} onPress={() => void save()}>
            {action}
          </Button>
        </>
      }
    >
      {what && <p>{what}</p>}
      <TextField id={id} label={label} required={required} maxLength={most} value={text} onChange={setText} onKeyDown={enter} error={lacks ? t('problems:field.required') : undefined} />
      {reason && <TextField id={`${id}-why`} label={t('documents:reason')} required help={t('documents:reason_help')} maxLength={400} value={why} onChange={setWhy} onKeyDown={enter} error={lacksWhy ? t('problems:field.required') : undefined} />}
      {problem !== null && <ProblemNotice error={problem} />}
    </Dialog>
  );
}

/** The files of one entry of the timeline, and a button for more. */
export function EntryFiles({ consultation, activity, name, writes, finalised }: { consultation: string; activity: string; name: string; writes: boolean; finalised: boolean }) {
  const { t } = useTranslation('documents');
  const may = useMay();
  const { data } = useQuery({ ...caseFilesQuery(consultation), enabled: may('persons.read') });
  const { queue, items } = useSending({ consultation, activity });
  const input = useRef<HTMLInputElement>(null);
  const files = (data ?? []).filter((file) => file.activity_id === activity);
  return (
    <>
      {files.length > 0 && (
        <p className="entry-files">
          <span className="sub">{t('title')}</span>{' '}
          {files.filter((file) => !file.withdrawn_at).map((file) => (
            <a key={file.id} href="#attachments">
              {file.name}
            </a>
          ))}
        </p>
      )}
      <SendingList items={items} onRetry={(one, again, why) => queue.retry(one.id, again, why)} onGiveUp={(one) => queue.giveUp(one.id)} />
      {writes && !finalised && (
        <span className="no-print">
          <input
            ref={input}
            hidden
            type="file"
            multiple
            accept={accepted}
            onChange={(event) => {
              queue.add([...(event.target.files ?? [])], '');
              event.target.value = '';
            }}
          />
          <Button small kind="plain" onPress={() => input.current?.click()}>
            {t('attach')}
            <span className="vh"> {name}</span>
          </Button>
        </span>
      )}
    </>
  );
}
