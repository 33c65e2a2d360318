// Who is signed in decides what is shown: the sign-in, what must be done first, or the place of work.
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, use } from 'react';
import { useTranslation } from 'react-i18next';
import { SignIn } from '../access/sign_in';
import { ProblemNotice } from '../ui/problem_notice';
import { Skeleton } from '../ui/skeleton';
import { SessionProvider, sessionQuery, useTakeSession } from './session';

type Screens = typeof import('./workplace');
let loading: Promise<Screens> | undefined;
let arrived: Screens | undefined;

function load(): Promise<Screens> {
  return (loading ??= import('./workplace').then((screens) => (arrived = screens)));
}

/** Fetches all that the screen of this address needs. */
export async function openWorkplace(): Promise<void> {
  await (await load()).openScreen();
}

/** Drawn at once where it has arrived before: a placeholder, however short, costs 300 ms. */
function Workplace() {
  const { default: Screens } = arrived ?? use(load());
  return <Screens />;
}

const FirstPassword = lazy(() => import('../access/first_password'));
const RequiredTotp = lazy(() => import('../access/required_totp'));

export function Door() {
  const { t } = useTranslation('common');
  const query = useQuery(sessionQuery);
  const take = useTakeSession();
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
  if (!session) {
    // A page left open while the server was given a new version finds its files gone, and starts anew signed in.
    return <SignIn onSignedIn={(next) => openWorkplace().then(() => take(next), () => location.reload())} />;
  }
  return (
    <SessionProvider key={session.user_id} session={session}>
      <Suspense fallback={<Skeleton lines={4} />}>
        {session.must_change_password ? <FirstPassword /> : session.totp_required && !session.totp_enabled ? <RequiredTotp /> : <Workplace />}
      </Suspense>
    </SessionProvider>
  );
}
