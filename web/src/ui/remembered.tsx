// The conditions and the order of a list, as this person left them and as they are given to somebody else.
import { useTranslation } from 'react-i18next';
import { usePreference } from '../app/preference';
import { router, type Search } from '../app/router';
import { Button } from './button';
import { useToast } from './toast';

/**
 * An address without conditions opens the list as this person left it; with conditions it is what it says.
 * `passing` conditions belong to one search, not to the person's way of working.
 */
export function useRemembered(name: string, inUrl: Search, conditions: readonly string[], passing: readonly string[], otherwise: Search = {}): [Search, (chosen: Search) => void] {
  const [kept, keep] = usePreference<Search>(`${name}.filters`, otherwise);
  const bare = !inUrl.sort && !conditions.some((condition) => inUrl[condition]);
  return [bare ? kept : inUrl, (chosen) => keep(Object.fromEntries(Object.entries(chosen).filter(([condition]) => !passing.includes(condition))))];
}

/** Copies an address that says every condition, those of the header and of this person too. */
export function CopyAddress({ to, search }: { to: string; search: Search }) {
  const { t } = useTranslation('common');
  const toast = useToast();
  return (
    <Button
      kind="plain"
      small
      onPress={() => {
        copy(location.origin + router.buildLocation({ to, search: search as never }).href);
        toast(t('filter.copied'));
      }}
    >
      {t('filter.copy_url')}
    </Button>
  );
}

/** Browsers give their clipboard only to HTTPS and localhost; a desk's server may be neither. */
export function copy(text: string): void {
  if (window.isSecureContext) {
    void navigator.clipboard.writeText(text);
    return;
  }
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}
