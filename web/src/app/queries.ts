import { QueryClient } from '@tanstack/react-query';
import { ProblemError } from '../api/problem';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      networkMode: 'always',
      refetchOnWindowFocus: false,
      retry: (times, error) => times < 2 && error instanceof ProblemError && error.passing,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});
