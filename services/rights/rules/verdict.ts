import type { Axes, Frame } from './grid.ts'

export interface Verdict {
  tone: 'success' | 'warning' | 'danger'
  title: string
  words: string[]
}

const list = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

/** A day's grid in a few plain words: what is free everywhere, what in parts, what nowhere. `held` says whether there is any contract. */
export function verdictOf(frame: Frame, { media, territory }: Axes, held: boolean): Verdict {
  if (!held) return { tone: 'danger', title: 'Nothing can be licensed', words: ['No contract is recorded under which the house holds it.'] }
  const rows = media.flatMap((head, index) => {
    if (head.parent) return []
    const letters = territory.flatMap((place, column) => (place.parent ? [] : [frame[index * territory.length + column]]))
    const every = (some: string) => letters.every((letter) => letter && some.includes(letter))
    return [{ label: head.label, alone: every('O'), free: every('ON'), blocked: every('B') }]
  })
  const named = (which: (row: (typeof rows)[number]) => boolean) => list(rows.filter(which).map(({ label }) => label))
  if (rows.every(({ alone }) => alone))
    return {
      tone: 'success',
      title: 'Free for every use, everywhere',
      words: ['It can be licensed today in all media and places, also exclusively.'],
    }
  if (rows.every(({ free }) => free)) {
    const taken = named(({ alone }) => !alone)
    return {
      tone: 'success',
      title: 'Free for every use, beside others',
      words: [`It can be licensed today in all media and places; not everywhere exclusively (${taken}).`],
    }
  }
  if (rows.every(({ blocked }) => blocked))
    return {
      tone: 'danger',
      title: 'Nothing can be licensed today',
      words: ['Every medium is blocked in every place. Open a cell below to see by what.'],
    }
  const [free, parts, blocked] = [named((row) => row.free), named((row) => !row.free && !row.blocked), named((row) => row.blocked)]
  return {
    tone: 'warning',
    title: free ? 'Free for some uses today' : 'Free in parts today',
    words: [free && `Everywhere: ${free}.`, parts && `Only in parts: ${parts}.`, blocked && `Blocked: ${blocked}.`].filter(
      (words) => words !== '',
    ),
  }
}
