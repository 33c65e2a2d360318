// Which files there are, and how one more gets there.
import { queryOptions } from '@tanstack/react-query';
import { api, ask, ifMatch, onceOnly } from '../api/client';
import type { Attachment } from '../api/types';

/** What a file is attached to. */
export interface Place {
  consultation?: string | null;
  activity?: string;
}

export const accepted = '.pdf,.jpg,.jpeg,.png,.tif,.tiff,.heic,.heif,.gif,.webp,.doc,.docx,.xls,.xlsx,.ppt,.pptx,.txt,.csv';
export const mostBytes = 50 * 1024 * 1024;

const one = (id: string) => ({ params: { path: { id } } });

export const caseFilesQuery = (id: string) => queryOptions({ queryKey: ['consultation', id, 'attachments'], queryFn: async () => (await ask(api.GET('/api/consultations/{id}/attachments', one(id)))).items });
export const activityFilesQuery = (id: string) => queryOptions({ queryKey: ['activities', id, 'attachments'], queryFn: async () => (await ask(api.GET('/api/activities/{id}/attachments', one(id)))).items });

export interface Wanted {
  upload: string;
  reason: string;
  again: boolean;
  key: string;
}

export function attach(place: Place, { upload, reason, again, key }: Wanted): Promise<Attachment> {
  const body = { upload_id: upload, caption: '', reason, again };
  return place.activity
    ? ask(api.POST('/api/activities/{id}/attachments', { ...one(place.activity), body, ...onceOnly(key) } as never))
    : ask(api.POST('/api/consultations/{id}/attachments', { ...one(place.consultation ?? ''), body, ...onceOnly(key) } as never));
}

export const describe = (file: Attachment, caption: string, reason: string) => ask(api.PUT('/api/attachments/{id}', { ...one(file.id), body: { text: { caption }, reason }, ...ifMatch(file.version) } as never)) as Promise<Attachment>;
export const withdraw = (file: Attachment, reason: string) => ask(api.PUT('/api/attachments/{id}/withdrawal', { ...one(file.id), body: { reason }, ...ifMatch(file.version) } as never)) as Promise<Attachment>;
export const putBack = (file: Attachment) => ask(api.DELETE('/api/attachments/{id}/withdrawal', { ...one(file.id), ...ifMatch(file.version) } as never)) as Promise<Attachment>;

export const contentAddress = (file: Attachment) => `/api/attachments/${file.id}/content`;
export const previewAddress = (file: Attachment) => `/api/attachments/${file.id}/preview`;
export const isImage = (file: Attachment) => ['jpeg', 'png', 'gif', 'webp'].includes(file.kind);
export const hasPreview = (file: Attachment) => isImage(file) || file.kind === 'pdf';
