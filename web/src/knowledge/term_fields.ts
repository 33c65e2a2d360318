import type { Term } from '../api/types';

type Text = Term['text'];
type Link = Text['links'][number];

/** What the dialog of a term holds. The names stand in one field, with commas of either language between them. */
export type Fields = Omit<Text, 'names'> & { names: string };

export const emptyFields: Fields = { headword: '', kana: '', english: '', names: '', kind: '', text: '', text_en: '', related: [], law: '', chapter: '', links: [] };

export const fieldsOf = (text: Text, and: string): Fields => ({ ...text, names: text.names.join(and) });

/** Empty rows of documents are not sent. */
export const filled = (link: Link) => link.title.trim() !== '' || link.place.trim() !== '';

/** Where the server, which does not get the empty rows, finds that row. */
export const linkPointer = (links: Link[], at: number) => `links/${links.slice(0, at).filter(filled).length}`;

/** What is sent. `known` are the terms there are: a related one that is gone is left out. */
export const textOf = (fields: Fields, known: Set<string>): Text => ({
  ...fields,
  names: fields.names.split(/[\u3001\uff0c,\n]/).map((name) => name.trim()).filter(Boolean),
  related: fields.related.filter((id) => known.has(id)),
  links: fields.links.filter(filled),
});
