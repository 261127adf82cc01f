import type { Audience } from './asset-words.ts'

/** What the guard needs to know; the operation reads it, the rule judges it. */
export interface PublishingFacts {
  title: string
  altText: string
  creator: string
  creditLine: string
  audience: Audience
  sellsRoyaltyFree: boolean
  sellsRightsManaged: boolean
  editorialOnly: boolean
  /** Null: nobody has said. */
  showsPeople: boolean | null
  showsProperty: boolean | null
  /** Of the version that would be seen. */
  version: { processing: 'WAITING' | 'READY' | 'REJECTED'; approved: boolean } | null
  /** Rights acquired that are in force on the record, whatever their scope. */
  acquisitions: number
  /** The house's own fields that this kind of asset must have, and whether it has them. */
  ownFields?: readonly { id: string; label: string; need: 'PUBLISHING' | 'REVIEW' | 'ALWAYS'; filled: boolean }[]
  /** The end of use that the house has set has come. */
  useEnded?: boolean
  /** Since when it waits to be taken in: it came from outside, by a guest link. */
  quarantinedAt?: Date | null
}

/** What each demand is called in an address; an own field by its id. */
export type Demand =
  'outside' | 'file' | 'title' | 'alt-text' | 'credit' | `own.${string}` | 'rights' | 'offer' | 'people' | 'approval' | 'use'

export interface Check {
  ok: boolean
  demand: Demand
  /** What was looked at. */
  label: string
  /** What to do, where it is not so. */
  todo: string
}

/** What describes an asset well enough to be shown: asked before a review, and again before publishing. */
export function describedChecks(facts: PublishingFacts): Check[] {
  const { version } = facts
  const outside = {
    ok: false,
    demand: 'outside' as const,
    label: 'Taken in from outside',
    todo: 'Take it in first: it came by a guest link and waits under “From outside”.',
  }
  return [
    ...(facts.quarantinedAt ? [outside] : []),
    { ok: version?.processing === 'READY', demand: 'file', label: 'File read, previews made', todo: readyTodo(version?.processing) },
    { ok: facts.title.trim() !== '', demand: 'title', label: 'Title', todo: 'Give it a title.' },
    {
      ok: facts.altText.trim() !== '',
      demand: 'alt-text',
      label: 'Alternative text',
      todo: 'Write the alternative text: what a person who cannot see it should know.',
    },
    {
      ok: facts.creator.trim() !== '' || facts.creditLine.trim() !== '',
      demand: 'credit',
      label: 'Creator or credit line',
      todo: 'Name the creator or the credit line.',
    },
    ...ownChecks(facts, (need) => need !== 'PUBLISHING'),
  ]
}

type OwnNeed = NonNullable<PublishingFacts['ownFields']>[number]['need']
const ownChecks = ({ ownFields = [] }: PublishingFacts, asked: (need: OwnNeed) => boolean): Check[] =>
  ownFields
    .filter(({ need }) => asked(need))
    .map(({ id, label, filled }) => ({ ok: filled, demand: `own.${id}` as const, label, todo: `Fill in “${label}”.` }))

function readyTodo(processing: 'WAITING' | 'READY' | 'REJECTED' | undefined): string {
  if (processing === 'REJECTED') return 'The file could not be read. Upload another version.'
  if (processing === 'WAITING') return 'Wait until the previews are made.'
  return 'Upload a file.'
}

/** Everything that must hold before the world sees it, in the order in which people do it. */
export function publishingChecks(facts: PublishingFacts): Check[] {
  const checks = [...describedChecks(facts), ...ownChecks(facts, (need) => need === 'PUBLISHING')]
  if (facts.audience === 'STORE') {
    checks.push(
      {
        ok: facts.acquisitions > 0,
        demand: 'rights',
        label: 'Rights held',
        todo: 'Record the rights that we hold: without them nothing may be sold.',
      },
      {
        ok: facts.sellsRoyaltyFree || facts.sellsRightsManaged,
        demand: 'offer',
        label: 'A way to license it',
        todo: 'Choose how it is sold: royalty-free, rights-managed or both.',
      },
      {
        ok: facts.showsPeople !== null && facts.showsProperty !== null,
        demand: 'people',
        label: 'People and property answered',
        todo: 'Say whether recognisable people or private property are shown: “nobody has said” is never a yes.',
      },
    )
  }
  checks.push({
    ok: facts.version?.approved === true,
    demand: 'approval',
    label: 'This version approved',
    todo: 'Have the newest version reviewed and approved.',
  })
  if (facts.useEnded)
    checks.push({ ok: false, demand: 'use', label: 'Within its time of use', todo: 'Its end of use has come: set a later one, or none.' })
  return checks
}

/** The reasons why it may not be published, in words; none means it may. */
export const publishable = (facts: PublishingFacts): string[] => unmet(publishingChecks(facts))

/** The reasons why it may not be sent for review. Rights may follow while the reviewer looks. */
export const submittable = (facts: PublishingFacts): string[] => unmet(describedChecks(facts))

const unmet = (checks: Check[]): string[] => checks.filter((check) => !check.ok).map((check) => check.todo)
