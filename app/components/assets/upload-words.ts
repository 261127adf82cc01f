import type { DuplicateDetail, ReceiveUploadError } from '#services/assets/errors.ts'
import { acceptedWords } from '#services/assets/rules/file-types.ts'

/** What became of one file, as the page shows it. */
export type UploadAnswer =
  | { ok: true; assetId: string; title: string; number: number }
  /** `assetId`: where these bytes are already. */
  | { ok: false; error: ReceiveUploadError; message: string; assetId?: string }

const sayings: Record<ReceiveUploadError, (detail: unknown) => string> = {
  'too-large': () => 'The file is larger than 500 MB. Export a smaller version.',
  'refused-type': (detail) => `This is ${(detail as { what: string }).what}. Upload ${acceptedWords}.`,
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
