// The one place where the names of the server's types enter the screens.
import type { components } from './schema';

type Schemas = components['schemas'];

export type Problem = Schemas['Problem'];
export type FieldProblem = NonNullable<Problem['fields']>[number];

export type SessionView = Schemas['SessionView'];
export type Assignment = Schemas['Assignment'];
export type Role = Schemas['Role'];
export type User = Schemas['User'];
export type TotpSetup = Schemas['TotpSetup'];

export type Region = Schemas['Region'];
export type Desk = Schemas['Desk'];
export type PersonName = Schemas['PersonName'];
export type Packs = Schemas['Packs'];
export type Scheme = Schemas['Scheme'];
export type CodeEntry = Schemas['CodeEntry'];
export type Label = Schemas['Label'];

export type Consultation = Schemas['Consultation'];
export type ConsultationSheet = Schemas['ConsultationSheet'];
export type ConsultationState = Schemas['ConsultationState'];
export type ConsultationRow = Schemas['ConsultationRow'];
export type ConsultationVersion = Schemas['ConsultationVersion'];
export type Element = Schemas['Element'];
export type Person = Schemas['Person'];
export type Caller = Schemas['Caller'];

export type Thread = Schemas['Thread'];
export type ThreadNode = Schemas['Node'];

/** Any page of a list: `next` goes back as `after`. */
export interface Page<T> {
  items: T[];
  next: string | null;
  total: number;
  total_capped: boolean;
}
