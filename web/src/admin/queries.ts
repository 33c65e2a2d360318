import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api, ask } from '../api/client';
import type { Schemas } from '../api/types';
import type { Role, User } from '../api/types';

export type Organization = Schemas['Organization'];
export type NewRegion = Schemas['NewRegion'];
export type NewOrganization = Schemas['NewOrganization'];
export type NewDesk = Schemas['NewDesk'];
export type NewAssignment = Schemas['NewAssignment'];
export type AuditEntry = Schemas['AuditEntry'];
export type PackSummary = Schemas['PackSummary'];

export const roles: Role[] = ['coordinator', 'lead', 'municipal', 'prefectural', 'advisor', 'committee', 'administrator'];

/** Where a role is held. */
export function placeOf(role: Role): 'desk' | 'municipality' | 'prefecture' | null {
  if (role === 'administrator') return null;
  if (role === 'prefectural') return 'prefecture';
  return role === 'coordinator' || role === 'lead' ? 'desk' : 'municipality';
}

export function useUsers() {
  return useQuery({ queryKey: ['users'], queryFn: async () => (await ask(api.GET('/api/users'))).items });
}

export function useUser(id: string) {
  return useQuery({ queryKey: ['users', id], queryFn: () => ask(api.GET('/api/users/{id}', { params: { path: { id } } })) });
}

/** Puts a changed user in place; names everywhere else are read again. */
export function useTakeUser() {
  const queries = useQueryClient();
  return (user: User) => {
    queries.setQueryData(['users', user.id], user);
    void queries.invalidateQueries({ queryKey: ['users'], exact: true });
    void queries.invalidateQueries({ queryKey: ['people'] });
  };
}

export function useOrganizations() {
  return useQuery({ queryKey: ['organizations'], queryFn: async () => (await ask(api.GET('/api/organizations'))).items });
}

export interface SignInRules {
  totp_required_roles: Role[];
}

type Plain = (path: string, init?: unknown) => Promise<{ data?: SignInRules; error?: unknown; response: Response }>;

export function useSignInRules() {
  return useQuery({ queryKey: ['sign-in-rules'], queryFn: () => ask((api.GET as unknown as Plain)('/api/sign-in-rules')) });
}

export function changeSignInRules(body: SignInRules): Promise<SignInRules> {
  return ask((api.PUT as unknown as Plain)('/api/sign-in-rules', { body }));
}
