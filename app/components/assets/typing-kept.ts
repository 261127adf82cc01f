import { readKeywords, writeKeywords } from '#services/assets/rules/keyword-line.ts'

/** What a form says, by the names of its fields; a list of ticks or chosen terms as its values in a row. */
export type Written = Record<string, string>

/** Keywords that one side put in or took out and the other typed beside: both. */
function keywordsOfBoth(before: string, typed: string, now: string): string {
  const [was, mine, theirs] = [readKeywords(before), readKeywords(typed), readKeywords(now)]
  const gone = was.filter((word) => !theirs.includes(word))
  const come = theirs.filter((word) => !was.includes(word) && !mine.includes(word))
  if (gone.length === 0 && come.length === 0) return typed
  const kept = mine.filter((word) => !gone.includes(word))
  return writeKeywords([...kept, ...come])
}

/**
 * A record has changed under a form that somebody is writing in. What they left alone becomes what the record says now; what
 * they wrote stays; keywords of both are put together. `against` are the fields that both changed: they are told so.
 */
export function keepTyping(before: Written, typed: Written, now: Written): { put: Written; against: string[] } {
  const put: Written = {}
  const against: string[] = []
  for (const [name, value] of Object.entries(now)) {
    const was = before[name] ?? ''
    const mine = typed[name]
    if (mine === undefined || value === was) continue
    if (mine === was) put[name] = value
    else if (name === 'keywords') {
      const both = keywordsOfBoth(was, mine, value)
      if (both !== mine) put[name] = both
    } else if (mine !== value) against.push(name)
  }
  return { put, against }
}
