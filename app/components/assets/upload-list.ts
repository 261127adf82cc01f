import { isSidecar, ownerOf } from './sidecar-pairs.ts'
import type { UploadAnswer } from './upload-words.ts'

/** XMP that goes after its file. */
export interface ItsSidecar {
  file: File
  state: 'waiting' | 'sending' | 'read' | 'refused'
  /** Why it was refused. */
  said: string | null
}

export interface UploadItem {
  key: number
  file: File
  state: 'waiting' | 'sending' | 'paused' | 'done' | 'refused' | 'cancelled'
  /** Bytes that have left. */
  sent: number
  /** The line is down; it is tried again by itself. */
  offline: boolean
  answer: UploadAnswer | null
  /** Wished for although the library has these bytes. */
  keepTwin: boolean
  sidecar: ItsSidecar | null
}
export interface UploadList {
  items: UploadItem[]
  /** Sidecars whose file is not in the list (yet). */
  strays: File[]
}
export type UploadChange =
  | { add: File[]; keys: number[]; takesSidecars: boolean }
  | { key: number; set: Partial<UploadItem> }
  | { from: UploadItem['state'][]; to: UploadItem['state'] }

export const emptyList: UploadList = { items: [], strays: [] }

/** Where a chosen file lay, as far as the browser says. */
const pathOf = (file: File): string => file.webkitRelativePath || file.name

/** The list after something happened to it. */
export function changed(list: UploadList, change: UploadChange): UploadList {
  if ('add' in change) return added(list, change)
  const items =
    'from' in change
      ? list.items.map((item) => (change.from.includes(item.state) ? { ...item, state: change.to } : item))
      : list.items.map((item) => (item.key === change.key ? { ...item, ...change.set } : item))
  return { ...list, items }
}

function added({ items, strays }: UploadList, { add, keys, takesSidecars }: Extract<UploadChange, { add: unknown }>): UploadList {
  const beside = takesSidecars ? add.filter(({ name }) => isSidecar(name)) : []
  const fresh = add
    .filter((file) => !beside.includes(file))
    .map((file, n): UploadItem => {
      const key = keys[n] ?? 0
      return { key, file, state: 'waiting', sent: 0, offline: false, answer: null, keepTwin: false, sidecar: null }
    })
  const all = [...items, ...fresh]
  const owners = all.filter(({ state }) => state !== 'cancelled').map(({ key, file }) => ({ key, path: pathOf(file) }))
  const found = new Map<number, File>()
  const left: File[] = []
  for (const file of [...strays, ...beside]) {
    const owner = ownerOf(pathOf(file), owners)
    if (owner) found.set(owner.key, file)
    else left.push(file)
  }
  return {
    strays: left,
    items: all.map((item) => {
      const file = found.get(item.key)
      return file ? { ...item, sidecar: { file, state: 'waiting', said: null } } : item
    }),
  }
}
