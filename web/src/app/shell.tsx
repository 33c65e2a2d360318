// What stands around every screen: who is signed in decides whether there is a frame at all.
import { useQuery } from '@tanstack/react-query';
import { Outlet, useMatches, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { Frame } from './frame';
import { KeysDialog } from './keys_dialog';
import { KeysProvider } from './keys';
import { PlaceProvider } from './place';
import { SessionProvider, sessionQuery, useMay, useSession } from './session';

const SignIn = lazy(() => import('../access/sign_in'));
const FirstPassword = lazy(() => import('../access/first_password'));
const RequiredTotp = lazy(() => import('../access/required_totp'));
const SignInAgain = lazy(() => import('../access/sign_in_again'));

export function Shell() {
  const { t } = useTranslation('common');
  const query = useQuery(sessionQuery);
  if (query.isPending) return <Skeleton lines={4} />;
  if (query.error) {
    return (
      <main className="narrow">
        <ProblemNotice error={query.error}>
          <button type="button" className="btn" onClick={() => void query.refetch()}>
            {t('try_again')}
          </button>
        </ProblemNotice>
      </main>
    );
  }
  const session = query.data;
  if (!session) return <Waiting><SignIn /></Waiting>;
  return (
    <SessionProvider key={session.user_id} session={session}>
      {session.must_change_password ? (
        <Waiting><FirstPassword /></Waiting>
      ) : session.totp_required && !session.totp_enabled ? (
        <Waiting><RequiredTotp /></Waiting>
      ) : (
        <PlaceProvider>
          <KeysProvider help={(close, keys) => <KeysDialog keys={keys} onClose={close} />}>
            <Screen />
            <ExpiredDialog />
          </KeysProvider>
        </PlaceProvider>
      )}
    </SessionProvider>
  );
}

function Waiting({ children }: { children: React.ReactNode }) {
  return <Suspense fallback={<Skeleton lines={4} />}>{children}</Suspense>;
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
  const body = <Waiting>{allowed ? <Outlet /> : <NotAllowed />}</Waiting>;
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
