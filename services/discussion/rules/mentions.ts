/** Somebody who can be named. */
export interface Nameable {
  userId: string
  name: string
}

/** How a person is kept in a text: by id, so that they are shown by the name that they have when it is read. */
const token = /@\[(usr_[a-z0-9]{1,60})\]/g
const tokenOf = (userId: string): string => `@[${userId}]`
/** What comes before an @ that names somebody: not a letter, as in an address of mail. */
const opens = /[\p{L}\p{N}._%+-]$/u
const goesOn = /^[\p{L}\p{N}]/u

/** At most so many hear of one comment by their names. */
export const mostMentions = 20

/**
 * A text as it was typed, with `@Name` turned into ids. The longest name wins; of two people with one name it is the one
 * that was `chosen` from the list, else the first. Names beyond the twentieth stay words.
 */
export function readMentions(
  typed: string,
  people: readonly Nameable[],
  chosen: readonly string[] = [],
): { body: string; mentioned: string[] } {
  const known = new Set(people.map(({ userId }) => userId))
  const byLength = [...people].sort(
    (a, b) => b.name.length - a.name.length || Number(chosen.includes(b.userId)) - Number(chosen.includes(a.userId)),
  )
  const mentioned = new Set<string>()
  let body = ''
  let rest = typed
  for (;;) {
    const at = rest.indexOf('@')
    if (at < 0) return { body: body + rest, mentioned: [...mentioned] }
    const before = rest.slice(0, at)
    const after = rest.slice(at + 1)
    body += before
    const said = keptAt(after, known) ?? (opens.test(body) ? null : namedAt(after, byLength))
    if (said && (mentioned.has(said.userId) || mentioned.size < mostMentions)) {
      mentioned.add(said.userId)
      body += tokenOf(said.userId)
      rest = after.slice(said.length)
    } else {
      body += '@'
      rest = after
    }
  }
}

/** An id in brackets right behind an @, as an edit may bring it back. */
function keptAt(after: string, known: ReadonlySet<string>): { userId: string; length: number } | null {
  const kept = /^\[(usr_[a-z0-9]{1,60})\]/.exec(after)
  return kept?.[1] && known.has(kept[1]) ? { userId: kept[1], length: kept[0].length } : null
}

/** Who is named right behind an @, and by how many signs. */
function namedAt(after: string, people: readonly Nameable[]): { userId: string; length: number } | null {
  const start = after.slice(0, 200).toLocaleLowerCase('en')
  const found = people.find(({ name }) => {
    const sought = name.toLocaleLowerCase('en')
    return sought.length > 0 && sought.length === name.length && start.startsWith(sought) && !goesOn.test(after.slice(name.length))
  })
  return found ? { userId: found.userId, length: found.name.length } : null
}

/** Everybody who is kept in a text. */
export const mentionedIn = (body: string): string[] => [...new Set([...body.matchAll(token)].map(([, userId]) => userId as string))]

/**
 * The text for the one who changes it: names in place of ids. An id stays where its name would be read as something else:
 * of two with one name, in front of more of a longer name, of somebody who has left.
 */
export function typedAgain(body: string, people: readonly Nameable[]): string {
  const nameOf = new Map(people.map(({ userId, name }) => [userId, name]))
  let typed = body
  for (const userId of mentionedIn(body)) {
    const name = nameOf.get(userId)
    const named = name === undefined ? typed : typed.replaceAll(tokenOf(userId), () => `@${name}`)
    if (readMentions(named, people).body === body) typed = named
  }
  return typed
}

export type Part =
  { kind: 'text'; text: string } | { kind: 'mention'; userId: string; name: string } | { kind: 'link'; href: string; text: string }

const address = /\bhttps?:\/\/[^\s<>"'`\u0000-\u0020]+/gi
/** Ends of sentences behind an address are not part of it, nor is a bracket that it did not open. */
function trimmed(found: string): string {
  let href = found
  for (;;) {
    const closes = href.endsWith(')') && href.split(')').length > href.split('(').length
    if (!closes && !/[.,;:!?\]}»”’…]$/.test(href)) return href
    href = href.slice(0, -1)
  }
}

/** A text as it is shown: words, people by their present names, and links. Nothing in it is markup. */
export function partsOf(body: string, nameOf: (userId: string) => string | undefined): Part[] {
  const parts: Part[] = []
  let from = 0
  const put = (upTo: number) => {
    if (upTo > from) parts.push(...linked(body.slice(from, upTo)))
  }
  for (const found of body.matchAll(token)) {
    const userId = found[1] as string
    const name = nameOf(userId)
    if (name === undefined) continue
    put(found.index)
    parts.push({ kind: 'mention', userId, name })
    from = found.index + found[0].length
  }
  put(body.length)
  return parts
}

function linked(text: string): Part[] {
  const parts: Part[] = []
  let from = 0
  for (const found of text.matchAll(address)) {
    const href = trimmed(found[0])
    if (!URL.canParse(href)) continue
    if (found.index > from) parts.push({ kind: 'text', text: text.slice(from, found.index) })
    parts.push({ kind: 'link', href, text: href })
    from = found.index + href.length
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from) })
  return parts
}

/** A text in plain words, for letters. */
export const plainWords = (body: string, nameOf: (userId: string) => string | undefined): string =>
  partsOf(body, nameOf)
    .map((part) => (part.kind === 'mention' ? `@${part.name}` : part.text))
    .join('')
