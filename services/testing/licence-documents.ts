import type { LicenceDocument } from '#services/licensing/rules/licence-document.ts'
import type { FieldValues } from '#services/assets/rules/metadata-values.ts'

/** A licence document with everything in it that a rendering may need. */
export const aDocument = (fields: Partial<LicenceDocument> = {}): LicenceDocument => ({
  version: 1,
  kind: 'clearmark.licence',
  number: 'CM-2026-7K3QX9MB',
  licenceId: 'lic_1',
  licensor: { id: 'org_house', name: 'Northlight Studio', address: null, country: 'DE', email: 'rights@northlight.test' },
  holder: { id: 'org_holder', name: 'Müller & Söhne', address: null, country: 'DE', email: null },
  licensee: null,
  asset: {
    id: 'ast_1',
    title: 'Harbour at dawn',
    creator: 'Ada Meyer',
    creditLine: 'Ada Meyer / Northlight',
    versionId: 'ver_1',
    versionNumber: 1,
    fileName: 'harbour.jpg',
    mediaType: 'image/jpeg',
    sha256: '0'.repeat(64),
    width: 640,
    height: 427,
  },
  model: 'RIGHTS_MANAGED',
  exclusive: false,
  scope: {
    terms: { zone: 'Europe/Berlin' },
    words: [
      { label: 'Media', words: 'Websites and paid social', codes: 'web' },
      { label: 'Territory', words: 'Germany, Austria, Switzerland', codes: 'DE AT CH' },
    ],
  },
  from: '2026-11-20T23:00:00.000Z',
  until: '2027-11-20T23:00:00.000Z',
  terms: { templateId: 'ttp_1', title: 'Rights-managed', version: 1, sha256: '0'.repeat(64) },
  order: null,
  grant: null,
  issuedAt: '2026-11-21T09:00:00.000Z',
  keyId: '0'.repeat(16),
  ...fields,
})

/** What the library knows of that asset beyond the licence. */
export const aPacketAsset = (fields: FieldValues = {}): FieldValues => ({
  description: 'Boats in a harbour before sunrise',
  altText: 'Boats in a harbour',
  keywords: ['harbour', 'boats'],
  copyrightNotice: '© 2026 Ada Meyer',
  source: 'Northlight Studio',
  dateCreated: '2026-05-01',
  digitalSourceType: 'digitalCapture',
  ...fields,
})
