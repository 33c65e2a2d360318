import { RouterProvider } from '@tanstack/react-router';
import { ToastProvider } from '../ui/toast';
import { desksQuery } from '../regions/regions';
import { queryClient } from './queries';
import { router } from './router';

/** Fetches the screen of this address, and what nearly every screen asks the server for. */
export async function openScreen(): Promise<void> {
  await Promise.all([router.load(), queryClient.prefetchQuery(desksQuery)]);
}

/** All the screens behind the sign-in. */
export default function Workplace() {
  return (
    <ToastProvider>
      <RouterProvider router={router} />
    </ToastProvider>
  );
}
