import type { FileClaim, ProposalKind, Statement } from './file-claims.ts'

/** What somebody from outside declared of what they sent; see `intake`. Their word, and no fact of the house. */
export interface SenderSaid {
  sender: string
  link: string
  source: string
  /** In words for the desk; empty: not asked. */
  licence: string
  licenceWords: string
  people: 'NONE_SHOWN' | 'RELEASED' | 'NOT_RELEASED' | 'UNKNOWN' | null
  property: 'NONE_SHOWN' | 'RELEASED' | 'NOT_RELEASED' | 'UNKNOWN' | null
  papers: number
}

/** The licences that a sender chooses from, for the rights desk. */
export const senderLicences = {
  OWN_WORK: 'Own work',
  AGENCY: 'Licence of an agency',
  CC0: 'CC0, public domain',
  CC_BY: 'CC BY',
  CC_BY_SA: 'CC BY-SA',
  CC_BY_NC: 'CC BY-NC',
  OTHER: 'Another licence',
} as const

const releases: Record<NonNullable<SenderSaid['people']>, string> = {
  NONE_SHOWN: 'none to be seen',
  RELEASED: 'released',
  NOT_RELEASED: 'not released',
  UNKNOWN: 'does not know',
}

/** Adds the sender's words to what the file says: one question a kind for the rights desk, with both beside each other. */
export function withSenderWords(claims: readonly FileClaim[], said: SenderSaid | null): FileClaim[] {
  if (!said) return [...claims]
  const from = `${said.sender}, by the guest link “${said.link}”`
  const line = (field: string, label: string, words: string): Statement[] =>
    words ? [{ field: `sender-${field}`, label, words, from }] : []
  const papers = said.papers > 0 ? `${said.papers} ${said.papers === 1 ? 'paper' : 'papers'} attached, under “From outside”` : ''
  const spoken: Partial<Record<ProposalKind, { summary: string; statements: Statement[] }>> = {
    CONTRACT: {
      summary: said.licence || said.source,
      statements: [
        ...line('licence', 'The sender: licence', [said.licence, said.licenceWords].filter(Boolean).join(': ')),
        ...line('source', 'The sender: source', said.source),
        ...line('papers', 'The sender: papers', papers),
      ],
    },
    ...releaseOf('MODEL_RELEASE', 'people', said.people),
    ...releaseOf('PROPERTY_RELEASE', 'property', said.property),
  }
  function releaseOf(kind: 'MODEL_RELEASE' | 'PROPERTY_RELEASE', about: 'people' | 'property', answer: SenderSaid['people']) {
    const words = answer ? releases[answer] : ''
    return { [kind]: { summary: `${about}: ${words}`, statements: line(about, `The sender: ${about}`, words) } }
  }
  const added = (Object.keys(spoken) as ProposalKind[]).filter((kind) => (spoken[kind]?.statements.length ?? 0) > 0)
  const merged = claims.map((claim) => ({ ...claim, statements: [...claim.statements, ...(spoken[claim.kind]?.statements ?? [])] }))
  const fresh = added
    .filter((kind) => !claims.some((claim) => claim.kind === kind))
    .map((kind) => ({
      kind,
      summary: `The sender says: ${spoken[kind]?.summary ?? ''}`,
      statements: spoken[kind]?.statements ?? [],
      prefill: {},
    }))
  return [...merged, ...fresh]
}
