import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button';
import { TextField } from '../ui/field';
import { Icon } from '../ui/icon';
import { fieldMessage } from '../ui/problem_notice';
import { asksForReason, goesOn, ownWords } from '../uploads/refusals';
import type { Sending } from './sending';
import { useSizeWords } from './words';

/** Files on their way, how far each has come, and what to do where one stopped. */
export function SendingList({ items, onRetry, onGiveUp }: { items: readonly Sending[]; onRetry: (one: Sending, again: boolean, reason?: string) => void; onGiveUp: (one: Sending) => void }) {
  const { t } = useTranslation(['documents', 'problems']);
  const size = useSizeWords();
  if (items.length === 0) return null;
  return (
    <ul className="sending no-print" aria-label={t('documents:sending')}>
      {items.map((one) => {
        const waits = !one.problem && !one.checking && one.sent === 0;
        return (
          <li key={one.id}>
            <b className="name">{one.file.name}</b>
            <span className="sub n">{size(one.file.size)}</span>
            {!one.problem && <progress aria-label={t('documents:progress', { name: one.file.name })} max={one.file.size} value={one.sent} />}
            {!one.problem && <span className="sub n">{t(one.checking ? 'documents:checking' : waits ? 'documents:waits' : 'documents:percent', { percent: Math.floor((one.sent / one.file.size) * 100) })}</span>}
            <span className="acts">
              {one.problem?.reason === 'same_file' && (
                <Button small onPress={() => onRetry(one, true)}>
                  {t('documents:attach_again')}
                </Button>
              )}
              {one.problem && goesOn(one.problem) && !asksForReason(one.problem) && (
                <Button small onPress={() => onRetry(one, false)}>
                  {t(one.sent > 0 && !one.complete ? 'documents:resume' : 'documents:retry')}
                </Button>
              )}
              <Button small kind="plain" onPress={() => onGiveUp(one)}>
                {t(one.problem ? 'documents:give_up' : 'documents:cancel')}
                <span className="vh"> {one.file.name}</span>
              </Button>
            </span>
            {one.problem && (
              <p className="err" role="alert">
                <Icon name="late" />
                <Why one={one} />
              </p>
            )}
            {one.problem && asksForReason(one.problem) && <WithReason onSend={(reason) => onRetry(one, false, reason)} />}
          </li>
        );
      })}
    </ul>
  );
}

/** The case was closed while the file was on its way. */
function WithReason({ onSend }: { onSend: (reason: string) => void }) {
  const { t } = useTranslation(['documents', 'problems']);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const send = () => (reason.trim() ? onSend(reason.trim()) : setTried(true));
  return (
    <div className="with-reason">
      <TextField
        label={t('documents:reason')}
        required
        help={t('documents:reason_help')}
        maxLength={400}
        value={reason}
        onChange={setReason}
        error={tried && !reason.trim() ? t('problems:field.required') : undefined}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) send();
        }}
      />
      <Button small onPress={send}>
        {t('documents:retry')}
      </Button>
    </div>
  );
}

function Why({ one }: { one: Sending }) {
  const { t } = useTranslation(['documents', 'problems']);
  const { t: p } = useTranslation('problems');
  const problem = one.problem!;
  const own = ownWords(problem);
  if (own) return <>{p(`upload.${own}`)}</>;
  const field = problem.reason === 'invalid' ? problem.fields[0] : undefined;
  if (field) {
    const limit = field.reason === 'extension_differs' ? t(`documents:kind.${field.limit}`) : field.limit;
    return <>{fieldMessage(p, { ...field, limit })}</>;
  }
  if (problem.reason === 'same_file') return <>{t('documents:same_file', { name: problem.fields[0]?.limit ?? '' })}</>;
  const reason = t(`problems:reason.${problem.reason}.title`, { defaultValue: '' }) ? problem.reason : 'internal';
  return (
    <>
      {t(`problems:reason.${reason}.title`)} {t(`problems:reason.${reason}.what`)}
    </>
  );
}
