import { liveClaimStates, type AssetRights } from './known.ts'

const namesOf = (rights: AssetRights): Set<string> =>
  new Set(rights.acquisitions.filter(({ supersededAt }) => !supersededAt).map(({ contract, licensor }) => `“${contract}” with ${licensor}`))
const releasesOf = (rights: AssetRights, kind: 'MODEL' | 'PROPERTY'): number =>
  rights.releases.filter((one) => one.kind === kind && !one.supersededAt && ['UNLIMITED', 'LIMITED'].includes(one.status)).length
const bansOf = (rights: AssetRights): Set<string> =>
  new Set(rights.restrictions.filter(({ supersededAt }) => !supersededAt).map(({ reason }) => reason))
const soldOf = (rights: AssetRights) =>
  rights.claims.filter(({ state, supersededAt, twin }) => !supersededAt && !twin && (liveClaimStates as readonly string[]).includes(state))
const only = (a: Set<string>, b: Set<string>): string[] => [...a].filter((one) => !b.has(one)).slice(0, 3)

interface Named {
  title: string
  rights: AssetRights
}

/** What is known of one picture's rights and not of the other's, a sentence each; one sentence where nothing is. */
export function twinDifference(mine: Named, other: Named): string[] {
  const sentences = [
    [mine, other],
    [other, mine],
  ].flatMap((pair) => {
    const [one, two] = pair as [Named, Named]
    const words: string[] = []
    const contracts = only(namesOf(one.rights), namesOf(two.rights))
    if (contracts.length > 0) words.push(`Only “${one.title}” is held under ${contracts.join(' and ')}.`)
    const bans = only(bansOf(one.rights), bansOf(two.rights))
    if (bans.length > 0) words.push(`Only “${one.title}” is barred: ${bans.join('; ')}.`)
    if (releasesOf(one.rights, 'MODEL') > 0 && releasesOf(two.rights, 'MODEL') === 0) words.push(`Only “${one.title}” has a model release.`)
    if (releasesOf(one.rights, 'PROPERTY') > 0 && releasesOf(two.rights, 'PROPERTY') === 0)
      words.push(`Only “${one.title}” has a property release.`)
    if (one.rights.asset.editorialOnly && !two.rights.asset.editorialOnly) words.push(`Only “${one.title}” is for editorial use alone.`)
    if (one.rights.asset.showsPeople && !two.rights.asset.showsPeople) words.push(`Only “${one.title}” is said to show people.`)
    const sold = soldOf(one.rights)
    const exclusive = sold.filter((claim) => claim.exclusive).length
    if (exclusive > 0) words.push(`“${one.title}” is sold exclusively (licences in force: ${sold.length}, exclusive: ${exclusive}).`)
    else if (sold.length > 0) words.push(`“${one.title}” has licences in force: ${sold.length}.`)
    return words
  })
  return sentences.length > 0 ? sentences : ['What is on record about the rights of both is the same.']
}
