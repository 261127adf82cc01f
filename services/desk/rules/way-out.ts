import type { WorkKind } from './kinds.ts'

/** What the way out of a line depends on. */
export interface Solvable {
  kind: WorkKind
  item: string
  reference: string
  pictures: number
  licences: number
  sourceId: string | null
  contractId: string | null
  asset: { id: string } | null
}
export interface WayOut {
  to: string
  label: string
}

const change = (by: 'contract' | 'release', reference: string): string => `/rights/changes/new?${new URLSearchParams({ [by]: reference })}`
const rightsOf = (asset: { id: string } | null): string => (asset ? `/rights/assets/${asset.id}` : '/rights')
const renewal = (asset: { id: string } | null, kind: 'acquisitions' | 'releases', row: string | null): string =>
  `${rightsOf(asset)}/${kind}${row ? `?${new URLSearchParams({ replaces: row })}` : ''}`

/** The one page on which a line is solved; for those who only look on, the one on which it is seen. */
export function wayOut(line: Solvable, maySolve = true): WayOut {
  const out = solution(line)
  if (!maySolve && line.kind === 'import-collides') return { ...out, label: 'Open rights' }
  const writes = /^\/rights\/(changes\/new|assets\/[^/]+\/(acquisitions|releases))/.test(out.to)
  if (maySolve || !writes) return out
  return line.contractId
    ? { to: `/rights/contracts/${line.contractId}`, label: 'Open contract' }
    : line.asset
      ? { to: rightsOf(line.asset), label: 'Open rights' }
      : { to: linePage(line), label: 'See all' }
}

const linePage = ({ item }: Solvable): string => `/rights/worklist/line?${new URLSearchParams({ item })}`

function solution(line: Solvable): WayOut {
  const { kind, sourceId, asset, pictures, reference } = line
  const licence = sourceId?.startsWith('lic_') && line.licences <= 1 ? { to: `/rights/licences/${sourceId}`, label: 'Decide' } : undefined
  const pictureList = { to: linePage(line), label: 'See all' }
  switch (kind) {
    case 'contract-ends':
      if (pictures === 1) return { to: renewal(asset, 'acquisitions', sourceId), label: 'Renew' }
      return line.contractId ? { to: `/rights/contracts/${line.contractId}`, label: 'Open contract' } : pictureList
    case 'release-ends':
      return pictures === 1 ? { to: renewal(asset, 'releases', sourceId), label: 'Renew' } : pictureList
    case 'licence-ends':
      return licence ? { ...licence, label: 'Open licence' } : pictureList
    case 'ban-ends':
    case 'embargo-lifts':
      return pictures === 1 ? { to: rightsOf(asset), label: 'Open rights' } : pictureList
    case 'outside-contract':
      return licence ?? (reference ? { to: change('contract', reference), label: 'Plan the change' } : pictureList)
    case 'meets-ban':
      return licence ?? pictureList
    case 'consent-withdrawn':
      return licence ?? { to: change('release', reference), label: 'Plan the change' }
    case 'paid-not-granted':
      return { to: `/rights/licences/${sourceId ?? ''}`, label: 'Open licence' }
    case 'nothing-held':
      return { to: renewal(asset, 'acquisitions', null), label: 'Record contract' }
    case 'schedule-refused':
      return { ...pictureList, label: 'See what it lacks' }
    case 'release-missing':
    case 'unanswered':
      return { to: renewal(asset, 'releases', null), label: kind === 'unanswered' ? 'Answer' : 'Record release' }
    case 'import-collides':
      return { to: asset ? `${rightsOf(asset)}#imported-sales` : pictureList.to, label: 'Settle' }
    case 'twin-suspected':
      return { to: '/rights/twins', label: 'Compare' }
    case 'request-waits':
      return { to: `/rights/requests/${sourceId ?? ''}`, label: 'Answer' }
    case 'change-draft':
      return { to: `/rights/changes/${sourceId ?? ''}`, label: 'Go on' }
    case 'second-in-line':
      return { to: rightsOf(asset), label: 'Open rights' }
    case 'file-rights':
      return pictures === 1 ? { to: `${rightsOf(asset)}#file-rights`, label: 'Look at it' } : pictureList
  }
}
