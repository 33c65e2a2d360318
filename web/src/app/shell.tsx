// What stands around every screen.
import { Outlet, useMatches, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Skeleton } from '../ui/skeleton';
import { Frame } from './frame';
import { KeysProvider } from './keys';
import { PlaceProvider } from './place';
import { useMay, useSession } from './session';

const KeysDialog = lazy(() => import('./keys_dialog'));
const SignInAgain = lazy(() => import('../access/sign_in_again'));

export function Shell() {
  return (
    <PlaceProvider>
      <KeysProvider
        help={(close, keys) => (
          <Suspense fallback={null}>
            <KeysDialog keys={keys} onClose={close} />
          </Suspense>
        )}
      >
        <Screen />
        <ExpiredDialog />
      </KeysProvider>
    </PlaceProvider>
  );
}

function ExpiredDialog() {
  const { expired } = useSession();
  return expired ? (
    <Suspense fallback={null}>
      <SignInAgain />
    </Suspense>
  ) : null;
}

function Screen() {
  const matches = useMatches();
  const data = matches[matches.length - 1]?.staticData;
  const may = useMay();
  const allowed = !data?.needs || data.needs.some(may);
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  useFocusOnNewScreen(path);
  const body = <Suspense fallback={<Skeleton lines={4} />}>{allowed ? <Outlet /> : <NotAllowed />}</Suspense>;
  return data?.bare && allowed ? body : <Frame>{body}</Frame>;
}

/** After going somewhere else the keyboard starts at the new screen, and a screen reader hears where it is. */
function useFocusOnNewScreen(path: string | undefined) {
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return;
    const first = before.current === undefined;
    before.current = path;
    if (first || document.querySelector('[autofocus], #main :focus')) return;
    document.getElementById('main')?.focus({ preventScroll: true });
  }, [path]);
}

function NotAllowed() {
  const { t } = useTranslation('common');
  return (
    <div className="narrow">
      <h1>{t('not_allowed.title')}</h1>
      <p>{t('not_allowed.what')}</p>
    </div>
  );
}
