import { settles } from './barred.ts'
import type { Release } from './known.ts'
import { industryName } from './scope-words.ts'
import { industries } from './vocabulary/industries.ts'

/** What a consent says of a child, of AI and of sensitive subjects: what it does not name, it does not cover. */
export function consentInWords(release: Release): string[] {
  if (!settles(release)) return []
  const { minor, guardian, aiUses, sensitive } = release
  const named = industries.codesOf(sensitive).map(industryName).join(', ')
  return [
    ...(minor ? [guardian ? `Of a child, signed by ${guardian}` : 'Of a child'] : []),
    aiUses ? 'With AI' : 'Not with AI',
    minor || sensitive.isEmpty ? 'Nothing sensitive' : `Also for ${named}`,
  ]
}
