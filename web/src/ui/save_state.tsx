import { useTranslation } from 'react-i18next';
import { Icon } from './icon';

/** `here`: written, not yet sent, kept on this computer; `kept`: sent, but the line is down or the session ended. */
export type Saving = { kind: 'unsaved' } | { kind: 'here' } | { kind: 'saving' } | { kind: 'saved'; at: string } | { kind: 'kept'; at: string } | { kind: 'failed' };

/** 保存済み 10:32, always visible beside the actions of a form. */
export function SaveState({ saving }: { saving: Saving }) {
  const { t } = useTranslation('common');
  return (
    <span className={saving.kind === 'saved' ? 'save ok' : saving.kind === 'kept' || saving.kind === 'failed' ? 'save bad' : 'save'} role="status">
      {saving.kind === 'saved' && <Icon name="saved" />}
      {(saving.kind === 'kept' || saving.kind === 'failed') && <Icon name="cloud" />}
      {t(`saving.${saving.kind}`, 'at' in saving ? { at: saving.at } : {})}
    </span>
  );
}
