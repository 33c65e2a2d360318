import { useNavigate, useRouterState } from '@tanstack/react-router';
import { useEffect, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../ui/icon';

export function Search({ input, onDone }: { input?: RefObject<HTMLInputElement | null>; onDone?: () => void }) {
  const { t } = useTranslation('common');
  const navigate = useNavigate();
  const inUrl = useRouterState({ select: (state) => (state.location.pathname === '/search' ? ((state.location.search as Record<string, string>).q ?? '') : '') });
  const [words, setWords] = useState(inUrl);
  useEffect(() => setWords(inUrl), [inUrl]);
  return (
    <form
      className="search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        void navigate({ to: '/search', search: words.trim() ? { q: words.trim() } : {} });
        onDone?.();
      }}
    >
      <Icon name="find" />
      <input ref={input} type="search" maxLength={200} aria-label={t('search.label')} placeholder={t('search.placeholder')} value={words} onChange={(event) => setWords(event.target.value)} />
      <kbd aria-hidden="true">/</kbd>
    </form>
  );
}
