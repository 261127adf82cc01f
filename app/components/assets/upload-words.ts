import type { DuplicateDetail, ReceiveUploadError } from '#services/assets/errors.ts'
import type { ClosedDoorError } from '#services/intake/errors.ts'
import { acceptedWords, limitWords } from '#services/assets/rules/file-types.ts'

/** What became of one file, as the page shows it. A guest is told that it arrived, and nothing of the library. */
export type UploadAnswer =
  | { ok: true; assetId?: string; versionId?: string; title?: string; number?: number }
  /** `assetId`: where these bytes are already. */
  | { ok: false; error: ReceiveUploadError | ClosedDoorError; message: string; assetId?: string }

const sayings: Record<ReceiveUploadError, (detail: unknown) => string> = {
  'too-large': (detail) => `The file is larger than ${limitWords((detail as { limit: number }).limit)}. Export a smaller version.`,
  'refused-type': (detail) => `This is ${(detail as { what: string }).what}. What is taken in: ${acceptedWords}.`,
  'cut-off': () => 'The connection ended before the file was whole. Try again.',
  'duplicate-of': (detail) => `The library has exactly this file: “${(detail as DuplicateDetail).title}”.`,
  'same-as-current': () => 'This is the version that the asset has already.',
  'asset-archived': () => 'The asset is in the archive. Restore it first.',
}

/** A refusal in words, with the way to the twin where there is one. */
export function refusalOf(error: ReceiveUploadError, detail: unknown): UploadAnswer {
  const twin = error === 'duplicate-of' || error === 'same-as-current' ? { assetId: (detail as DuplicateDetail).assetId } : {}
  return { ok: false, error, message: sayings[error](detail), ...twin }
}

/** A brief takes files from when it is assigned until it is approved. */
export const briefClosed: UploadAnswer = {
  ok: false,
  error: 'asset-archived',
  message: 'This brief takes no files now: it is not assigned yet, or it has ended.',
}

const statuses: Record<ReceiveUploadError | ClosedDoorError, number> = {
  'too-large': 413,
  'refused-type': 415,
  'cut-off': 400,
  'duplicate-of': 409,
  'same-as-current': 409,
  'asset-archived': 409,
  'link-ended': 410,
  'link-revoked': 410,
  'link-full': 409,
  'sending-closed': 410,
}

/** The status that goes with an answer. */
export const statusOf = (answer: UploadAnswer): number => (answer.ok ? 201 : statuses[answer.error])
