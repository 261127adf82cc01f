/** What a line of the worklist is about. The names are in keys and addresses: data, they outlive code. */
export const workKinds = [
  'contract-ends',
  'release-ends',
  'licence-ends',
  'ban-ends',
  'embargo-lifts',
  'outside-contract',
  'meets-ban',
  'consent-withdrawn',
  'paid-not-granted',
  'nothing-held',
  'schedule-refused',
  'release-missing',
  'unanswered',
  'import-collides',
  'twin-suspected',
  'request-waits',
  'change-draft',
  'second-in-line',
  'file-rights',
] as const
export type WorkKind = (typeof workKinds)[number]

/** An ending has a day ahead of it, which the horizon measures; everything else is there since it arose. */
export const endings = ['contract-ends', 'release-ends', 'licence-ends', 'ban-ends', 'embargo-lifts'] as const satisfies readonly WorkKind[]
export const isEnding = (kind: WorkKind): boolean => (endings as readonly WorkKind[]).includes(kind)
export const isWorkKind = (text: string): text is WorkKind => (workKinds as readonly string[]).includes(text)

export const kindWords: Record<WorkKind, string> = {
  'contract-ends': 'Contract ends',
  'release-ends': 'Release ends',
  'licence-ends': 'Licence ends',
  'ban-ends': 'Ban ends',
  'embargo-lifts': 'Embargo lifts',
  'outside-contract': 'Outside what is held',
  'meets-ban': 'Meets a ban',
  'consent-withdrawn': 'Consent withdrawn',
  'paid-not-granted': 'Paid, not granted',
  'nothing-held': 'On sale, not held',
  'schedule-refused': 'Not published in time',
  'release-missing': 'Release missing',
  unanswered: 'Question open',
  'import-collides': 'Import collides',
  'twin-suspected': 'Suspected twins',
  'request-waits': 'Request waits',
  'change-draft': 'Change drafted',
  'second-in-line': 'Second in line',
  'file-rights': 'A file speaks of rights',
}

/** The kinds as the filter groups them. */
export const kindGroups: readonly { label: string; kinds: readonly WorkKind[] }[] = [
  { label: 'Ends or begins', kinds: endings },
  {
    label: 'Does not fit',
    kinds: ['outside-contract', 'meets-ban', 'paid-not-granted', 'nothing-held', 'schedule-refused', 'import-collides'],
  },
  { label: 'Consents', kinds: ['consent-withdrawn', 'release-missing', 'unanswered'] },
  { label: 'Waits', kinds: ['request-waits', 'twin-suspected', 'change-draft', 'second-in-line', 'file-rights'] },
]
