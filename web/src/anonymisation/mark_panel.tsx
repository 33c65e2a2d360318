import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button';
import { TextField } from '../ui/field';
import { isCoded, isDone, type Decided, type Fault } from './marks';
import { useFaultWords, useFieldLabel } from './words';

interface Props {
  mark: Decided | undefined;
  words: string;
  at: number;
  count: number;
  left: number;
  tried: boolean;
  /** What the server refused about this mark. */
  faults: readonly Fault[];
  onReplacement: (replacement: string) => void;
  onReason: (reason: string) => void;
  onAccept: () => void;
  onKeep: () => void;
  onAcceptKind: () => void;
  onGo: (step: number) => void;
  onRemove: () => void;
  onNext: () => void;
}

/** The mark in hand: what it is, why it was marked, and what is to become of it. */
export function MarkPanel({ mark, words, at, count, left, tried, faults, onReplacement, onReason, onAccept, onKeep, onAcceptKind, onGo, onRemove, onNext }: Props) {
  const { t } = useTranslation(['anonymisation', 'common', 'problems']);
  const label = useFieldLabel();
  const faultWords = useFaultWords();
  const refused = (part: string) => faults.filter((fault) => fault.part === part).map(faultWords)[0];
  const coded = !!mark && isCoded(mark.field);
  const elsewhere = faults.filter((fault) => fault.part !== 'reason' && (coded || fault.part !== 'replacement'));
  const enter = (run: () => void) => (event: React.KeyboardEvent) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    run();
  };
  return (
    <aside className="mark-panel" aria-label={t('anonymisation:panel')}>
      <p role="status" className="mark-count">
        <b className="n">{left === 0 ? t('anonymisation:all_decided') : t('anonymisation:left', { count: left })}</b>{' '}
        <span className="sub">{count > 0 && t('anonymisation:place', { at: at + 1, count })}</span>
      </p>
      {!mark && <p>{t('anonymisation:nothing_found')}</p>}
      {mark && (
        <>
          <p className="mark-what">
            <b>{t(`anonymisation:kind.${mark.kind}`)}</b>
            <span className="sub block">
              {label(mark.field)} / {t(`anonymisation:source.${mark.source}`)}
            </span>
          </p>
          {words && <p className="mark-words">{words}</p>}
          {isCoded(mark.field) ? (
            <p className="note">{t('anonymisation:coded_what')}</p>
          ) : (
            <div onKeyDown={enter(onAccept)}>
              <TextField id="f-replacement" label={t('anonymisation:replacement')} value={mark.replacement} maxLength={100} onChange={onReplacement} error={refused('replacement')} />
            </div>
          )}
          {elsewhere.length > 0 && (
            <p className="err" role="alert">
              {elsewhere.map(faultWords).join(' ')}
            </p>
          )}
          <div className="mark-acts">
            <Button id="mark-accept" kind="primary" onPress={onAccept} keys={['a']}>
              {isCoded(mark.field) ? t('anonymisation:leave_out') : t('anonymisation:accept')}
            </Button>
            {mark.source === 'hand' ? (
              <Button onPress={onRemove} keys={['l']}>
                {t('anonymisation:remove')}
              </Button>
            ) : (
              <Button onPress={onKeep} keys={['l']}>
                {t('anonymisation:leave')}
              </Button>
            )}
            <Button onPress={onAcceptKind} keys={['k']}>
              {t('anonymisation:accept_kind', { kind: t(`anonymisation:kind.${mark.kind}`) })}
            </Button>
          </div>
          {mark.fate === 'keep' && (mark.certain || refused('reason')) && (
            <div onKeyDown={enter(onNext)}>
              <TextField id="f-keep-reason" label={t('anonymisation:reason')} required value={mark.reason} maxLength={200} onChange={onReason} error={refused('reason') ?? (tried && !isDone(mark) ? t('problems:field.required') : undefined)} help={t('anonymisation:reason_help')} />
            </div>
          )}
          <p className={`fate ${mark.fate}`}>{t(`anonymisation:fate.${mark.fate}`)}</p>
          <div className="mark-acts">
            <Button small kind="plain" onPress={() => onGo(-1)} keys={['i']}>
              {t('anonymisation:previous')}
            </Button>
            <Button small kind="plain" onPress={() => onGo(1)} keys={['j']}>
              {t('anonymisation:next')}
            </Button>
          </div>
        </>
      )}
    </aside>
  );
}
