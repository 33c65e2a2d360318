import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, Suspense } from 'react';
import { I18nProvider } from 'react-aria-components';
import { createRoot } from 'react-dom/client';
import { useTranslation } from 'react-i18next';
import { queryClient } from './app/queries';
import { router } from './app/router';
import { sessionQuery } from './app/session';
import { startWords } from './i18n';
import { ToastProvider } from './ui/toast';
import './ui/styles/index.css';

// Who is signed in and the screen of this address are asked for while the words are still on their way.
void queryClient.prefetchQuery(sessionQuery);
void router.preloadRoute({ to: location.pathname as never });
await startWords();

function App() {
  const { i18n } = useTranslation();
  return (
    <I18nProvider locale={i18n.language === 'en' ? 'en-US' : 'ja-JP'}>
      <QueryClientProvider client={queryClient}>
        <ToastProvider>
          <Suspense fallback={null}>
            <RouterProvider router={router} />
          </Suspense>
        </ToastProvider>
      </QueryClientProvider>
    </I18nProvider>
  );
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
