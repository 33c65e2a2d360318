import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import type { Key } from './keys';

/** `?`: the keys of the page. */
export default function KeysDialog({ keys, onClose }: { keys: Key[]; onClose: () => void }) {
  const { t } = useTranslation('common');
  // A key that a part of the page has taken over is told with what it does there.
  const shown = keys.filter((key, at) => !keys.slice(at + 1).some((later) => later.key === key.key));
  return (
    <Dialog title={t('keys.title')} onClose={onClose} actions={<Button kind="primary" onPress={onClose}>{t('close')}</Button>}>
      <table className="plain-t">
        <tbody>
          {shown.map((key) => (
            <tr key={key.key + key.label}>
              <th scope="row" className="nw">
                {key.key.split(/[+ ]/).map((part) => (
                  <kbd key={part}>{part}</kbd>
                ))}
              </th>
              <td>{key.label}</td>
            </tr>
          ))}
          <tr>
            <th scope="row" className="nw">
              <kbd>?</kbd>
              <kbd>F1</kbd>
            </th>
            <td>{t('keys.this')}</td>
          </tr>
        </tbody>
      </table>
    </Dialog>
  );
}
