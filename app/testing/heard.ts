import type { ZodType } from 'zod'

/** What a route has asked a question or a form for: names one by one, and schemas that it was held against. */
export interface Heard {
  names: Set<string>
  schemas: Set<ZodType>
}

let listening: Heard | null = null
/** A form was run through just now: what is made of it next is it. */
let ranThrough = false

const note = (name: unknown) => {
  if (typeof name === 'string') listening?.names.add(name)
}
/** For the library that holds forms against schemas. */
export const noteSchema = (schema: unknown): void => void listening?.schemas.add(schema as ZodType)

const watched = <T extends object>(made: T): T =>
  new Proxy(made, {
    get: (of, name, self) => (note(name), Reflect.get(of, name, self) as unknown),
    has: (of, name) => (note(name), Reflect.has(of, name)),
  })

/**
 * Lets the platform's own forms and questions tell what is asked of them. A route that asks for one name more is tried
 * with one name more, without a list that somebody would have to keep.
 */
export function listenToForms(): () => void {
  const undo: (() => void)[] = []
  for (const kind of [URLSearchParams, FormData]) {
    const own = kind.prototype as unknown as Record<PropertyKey, (...args: unknown[]) => unknown>
    for (const verb of ['get', 'getAll', 'has'] as const) {
      const real = own[verb] as (...args: unknown[]) => unknown
      own[verb] = function (this: unknown, ...args: unknown[]) {
        note(args[0])
        return real.apply(this, args)
      }
      undo.push(() => void (own[verb] = real))
    }
    for (const verb of [Symbol.iterator, 'entries'] as const) {
      const real = own[verb] as (...args: unknown[]) => unknown
      own[verb] = function (this: unknown, ...args: unknown[]) {
        ranThrough = true
        return real.apply(this, args)
      }
      undo.push(() => void (own[verb] = real))
    }
  }
  const real = Object.fromEntries
  Object.fromEntries = ((list: Iterable<readonly [string, unknown]>) => {
    ranThrough = list instanceof FormData || list instanceof URLSearchParams || (ranThrough && Array.isArray(list))
    const made = real(list)
    if (!listening || !ranThrough) return made
    ranThrough = false
    return watched(made)
  }) as typeof Object.fromEntries
  undo.push(() => void (Object.fromEntries = real))
  return () => undo.forEach((each) => each())
}

/** Does one thing and says what forms and questions were asked for meanwhile. */
export async function hearing<T>(work: () => Promise<T>): Promise<Heard & { outcome: T }> {
  const heard: Heard = { names: new Set(), schemas: new Set() }
  listening = heard
  ranThrough = false
  try {
    return { ...heard, outcome: await work() }
  } finally {
    listening = null
  }
}

interface Def {
  type: string
  innerType?: ZodType
  in?: ZodType
  out?: ZodType
  shape?: Record<string, ZodType>
  options?: ZodType[]
  left?: ZodType
  right?: ZodType
  element?: ZodType
  getter?: () => ZodType
  entries?: Record<string, string | number>
  values?: unknown[]
}
export interface Field {
  name: string
  schema: ZodType
  /** What it may say, where that is a list. */
  words: string[]
  kind: string
}

/** The fields of a schema by the names that a form gives them, each with what it is held against. */
export function fieldsIn(schema: ZodType, name = ''): Field[] {
  const def = (schema as unknown as { _zod: { def: Def } })._zod.def
  const within = [def.innerType, def.left, def.right, ...(def.options ?? [])].filter((each) => each !== undefined)
  if (def.type === 'pipe') {
    const first = (def.in as unknown as { _zod: { def: Def } })._zod.def.type
    return fieldsIn((first === 'transform' ? def.out : def.in) as ZodType, name).map((field) =>
      field.name === name ? { ...field, schema } : field,
    )
  }
  if (def.type === 'lazy' && def.getter) return fieldsIn(def.getter(), name)
  if (def.shape) return Object.entries(def.shape).flatMap(([key, each]) => fieldsIn(each, name ? `${name}.${key}` : key))
  if (def.type === 'array' && def.element) {
    const inner = fieldsIn(def.element, `${name}[0]`)
    return inner.some((field) => field.name !== `${name}[0]`) ? inner : inner.map((field) => ({ ...field, name }))
  }
  if (within.length > 0) {
    const found = within.flatMap((each) => fieldsIn(each, name))
    const names = [...new Set(found.map((field) => field.name))]
    return names.map((each) => {
      const same = found.filter((field) => field.name === each)
      return { ...(same[0] as Field), words: same.flatMap(({ words }) => words) }
    })
  }
  const words = def.entries ? Object.values(def.entries).map(String) : def.type === 'literal' ? (def.values ?? []).map(String) : []
  return name ? [{ name, schema, words, kind: def.type }] : []
}
