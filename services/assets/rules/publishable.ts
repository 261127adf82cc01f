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
}

export interface Check {
  ok: boolean
  /** What was looked at. */
  label: string
  /** What to do, where it is not so. */
  todo: string
}

/** What describes an asset well enough to be shown: asked before a review, and again before publishing. */
export function describedChecks(facts: PublishingFacts): Check[] {
  const { version } = facts
  return [
    { ok: version?.processing === 'READY', label: 'File read, previews made', todo: readyTodo(version?.processing) },
    { ok: facts.title.trim() !== '', label: 'Title', todo: 'Give it a title.' },
    {
      ok: facts.altText.trim() !== '',
      label: 'Alternative text',
      todo: 'Write the alternative text: what a person who cannot see it should know.',
    },
    {
      ok: facts.creator.trim() !== '' || facts.creditLine.trim() !== '',
      label: 'Creator or credit line',
      todo: 'Name the creator or the credit line.',
    },
  ]
}

function readyTodo(processing: 'WAITING' | 'READY' | 'REJECTED' | undefined): string {
  if (processing === 'REJECTED') return 'The file could not be read. Upload another version.'
  if (processing === 'WAITING') return 'Wait until the previews are made.'
  return 'Upload a file.'
}

/** Everything that must hold before the world sees it, in the order in which people do it. */
export function publishingChecks(facts: PublishingFacts): Check[] {
  const checks = describedChecks(facts)
  if (facts.audience === 'STORE') {
    checks.push(
      { ok: facts.acquisitions > 0, label: 'Rights held', todo: 'Record the rights that we hold: without them nothing may be sold.' },
      {
        ok: facts.sellsRoyaltyFree || facts.sellsRightsManaged,
        label: 'A way to license it',
        todo: 'Choose how it is sold: royalty-free, rights-managed or both.',
      },
      {
        ok: facts.showsPeople !== null && facts.showsProperty !== null,
        label: 'People and property answered',
        todo: 'Say whether recognisable people or private property are shown: “nobody has said” is never a yes.',
      },
    )
  }
  checks.push({
    ok: facts.version?.approved === true,
    label: 'This version approved',
    todo: 'Have the newest version reviewed and approved.',
  })
  return checks
}

/** The reasons why it may not be published, in words; none means it may. */
export const publishable = (facts: PublishingFacts): string[] => unmet(publishingChecks(facts))

/** The reasons why it may not be sent for review. Rights may follow while the reviewer looks. */
export const submittable = (facts: PublishingFacts): string[] => unmet(describedChecks(facts))

const unmet = (checks: Check[]): string[] => checks.filter((check) => !check.ok).map((check) => check.todo)
