import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, Suspense, type ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { createRoot, type Root } from 'react-dom/client';
import { useTranslation } from 'react-i18next';
import { Door, openWorkplace } from './app/door';
import { queryClient } from './app/queries';
import { sessionQuery } from './app/session';
import { startWords } from './i18n';
import { ProblemNotice } from './ui/problem_notice';
import { Skeleton } from './ui/skeleton';

function App({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  return (
    <I18nProvider locale={i18n.language === 'en' ? 'en-US' : 'ja-JP'}>
      <QueryClientProvider client={queryClient}>
        <Suspense fallback={null}>{children}</Suspense>
      </QueryClientProvider>
    </I18nProvider>
  );
}

/** A file of the app did not arrive: the line broke, or the server was given a new version just now. */
function NotStarted({ error }: { error: unknown }) {
  const { t } = useTranslation('common');
  return (
    <main className="narrow">
      <ProblemNotice error={error}>
        <button type="button" className="btn" onClick={() => location.reload()}>
          {t('load_again')}
        </button>
      </ProblemNotice>
    </main>
  );
}

/** Nothing is drawn but grey lines until all is there: React holds back for 300 ms what follows a Suspense placeholder. */
async function start() {
  const root = createRoot(document.getElementById('root')!);
  if (location.pathname.startsWith('/answer/')) return startAnswer(root);
  const opened = queryClient.prefetchQuery(sessionQuery).then(() => queryClient.getQueryData(sessionQuery.queryKey) && openWorkplace());
  await startWords();
  root.render(<Skeleton lines={4} />);
  try {
    await opened;
  } catch (error) {
    root.render(<NotStarted error={error} />);
    return;
  }
  root.render(
    <StrictMode>
      <App>
        <Door />
      </App>
    </StrictMode>,
  );
}

/** For somebody without an account nothing of the product is fetched but the page they answer on. */
async function startAnswer(root: Root) {
  const door = import('./answer_pages/answer_door');
  await startWords();
  try {
    const { default: AnswerDoor } = await door;
    root.render(
      <StrictMode>
        <App>
          <AnswerDoor />
        </App>
      </StrictMode>,
    );
  } catch (error) {
    root.render(<NotStarted error={error} />);
  }
}

void start();
