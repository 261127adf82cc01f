/** An option with what else it is called: codes, other names, the names of its parts. */
export interface Sought {
  value: string
  label: string
  words?: readonly string[] | undefined
}

/** Small letters without marks: "Österreich" is found by "osterreich". */
export const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[’']/g, '').trim()

/** The smaller the better; Infinity where it does not match. */
function distance({ value, label, words = [] }: Sought, text: string): number {
  const names = [value, label, ...words].map(plain)
  if (names.includes(text)) return 0
  if (plain(label).startsWith(text)) return 1
  if (names.some((name) => name.startsWith(text))) return 2
  if (names.some((name) => name.split(/[\s,()/-]+/).some((word) => word.startsWith(text)))) return 3
  return names.some((name) => name.includes(text)) ? 4 : Infinity
}

/** What matches, the nearest first; among equals the given order stays. All of them for an empty text. */
export function matching<O extends Sought>(options: readonly O[], typed: string): O[] {
  const text = plain(typed)
  if (text === '') return [...options]
  return options
    .map((option, index) => ({ option, index, far: distance(option, text) }))
    .filter(({ far }) => far < Infinity)
    .sort((a, b) => a.far - b.far || a.index - b.index)
    .map(({ option }) => option)
}

/** Whether a text names several things: it was pasted, or typed as a list. */
export const isList = (text: string): boolean => /[,;\n\t]/.test(text.trim()) || /\bexcept\b/i.test(text)

export interface ReadList {
  values: string[]
  /** What stands after "except", for the field that holds exceptions. */
  except: string[]
  unknown: string[]
}

/** "DE, AT; Schweiz" or "worldwide except JP and CN", each by code, name or other name. */
export function readList(options: readonly Sought[], text: string, exceptions: readonly Sought[] = []): ReadList {
  const [kept = '', ...rest] = text.split(/\bexcept(?:\s+for)?\b/i)
  const unknown: string[] = []
  const read = (from: readonly Sought[], part: string): string[] =>
    part
      .split(/[,;\n\t]+/)
      .flatMap((name) => (find(from, name) ? [name] : name.split(/\s+(?:and|und|et|&|\+)\s+/i)))
      .map((name) => name.trim())
      .filter((name) => name !== '')
      .flatMap((name) => {
        const found = find(from, name)
        if (!found) unknown.push(name)
        return found ? [found.value] : []
      })
  const unique = (values: string[]) => [...new Set(values)]
  return { values: unique(read(options, kept)), except: unique(read(exceptions, rest.join(','))), unknown }
}

/** The one thing of exactly this name; a name that several have is nobody's. */
function find(options: readonly Sought[], name: string): Sought | undefined {
  const text = plain(name)
  if (text === '') return undefined
  const byCode = options.find(({ value }) => plain(value) === text)
  if (byCode) return byCode
  const named = options.filter(({ label, words = [] }) => [label, ...words].some((one) => plain(one) === text))
  return new Set(named.map(({ value }) => value)).size === 1 ? named[0] : undefined
}
