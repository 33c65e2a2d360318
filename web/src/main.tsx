import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, Suspense } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { createRoot } from 'react-dom/client';
import { useTranslation } from 'react-i18next';
import { Door, openWorkplace } from './app/door';
import { queryClient } from './app/queries';
import { sessionQuery } from './app/session';
import { startWords } from './i18n';

function App() {
  const { i18n } = useTranslation();
  return (
    <I18nProvider locale={i18n.language === 'en' ? 'en-US' : 'ja-JP'}>
      <QueryClientProvider client={queryClient}>
        <Suspense fallback={null}>
          <Door />
        </Suspense>
      </QueryClientProvider>
    </I18nProvider>
  );
}

// The first drawing waits for all that belongs to it, since React holds back for 300 ms what follows a placeholder;
// but not for longer than that.
async function start() {
  const opened = queryClient.prefetchQuery(sessionQuery).then(() => queryClient.getQueryData(sessionQuery.queryKey) && openWorkplace());
  const patience = new Promise((resolve) => setTimeout(resolve, 300));
  await Promise.all([startWords(), Promise.race([opened, patience])]);
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}

void start();
