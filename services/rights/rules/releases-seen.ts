import type { AssetRights, ReleaseKind } from './known.ts'

/** What a stranger may know of consents: never whose they are. `unsaid`: nobody has said whether any is needed. */
export type ReleaseSeen = 'not-needed' | 'unsaid' | 'full' | 'limited' | 'none'
export type ReleasesSeen = Record<ReleaseKind, ReleaseSeen>

/** Whether people and owners of property have consented, in one word each. */
export function releasesOf({ asset, releases }: Pick<AssetRights, 'asset' | 'releases'>): ReleasesSeen {
  const seen = (kind: ReleaseKind, shows: boolean | null): ReleaseSeen => {
    if (shows === null) return 'unsaid'
    if (!shows) return 'not-needed'
    const all = releases.filter((release) => release.kind === kind && release.supersededAt === null).map(({ status }) => status)
    if (all.length === 0 || all.some((status) => status === 'NONE' || status === 'WITHDRAWN')) return 'none'
    if (all.includes('LIMITED')) return 'limited'
    return all.includes('UNLIMITED') ? 'full' : 'not-needed'
  }
  return { MODEL: seen('MODEL', asset.showsPeople), PROPERTY: seen('PROPERTY', asset.showsProperty) }
}
