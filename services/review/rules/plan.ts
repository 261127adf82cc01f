import type { Role } from '../../kernel/actor.ts'
import type { AssetKind, Audience } from '../../assets/rules/asset-words.ts'
import type { Need, OnChanges } from './route.ts'

export const stepKinds = ['BRAND', 'LEGAL', 'COMPLIANCE', 'OWN'] as const
export type StepKind = (typeof stepKinds)[number]
export const stepKindWords: Record<StepKind, string> = { BRAND: 'Brand', LEGAL: 'Legal', COMPLIANCE: 'Compliance', OWN: 'Other' }
export const needs = ['ANY', 'COUNT', 'ALL'] as const satisfies readonly Need[]
/** The roles of the house by which a step can be decided. */
export const decidingRoles = ['REVIEWER', 'RIGHTS_MANAGER', 'LIBRARIAN', 'AUDITOR', 'FINANCE'] as const satisfies readonly Role[]
export const yesNo = ['any', 'yes', 'no'] as const
export type YesNo = (typeof yesNo)[number]
export const mostSteps = 12

export interface PlannedStep {
  name: string
  kind: StepKind
  /** Side by side with the step before it, or after it. */
  together: boolean
  need: Need
  wanted: number
  roles: readonly Role[]
  people: readonly string[]
  ownerId: string | null
  dueDays: number | null
  remindDays: number | null
  escalateDays: number | null
  escalateTo: readonly string[]
}
export interface RouteRule {
  /** `always`: every asset that fits goes this way. `chosen`: only those whose sender says so. */
  applies: 'always' | 'chosen'
  kinds: readonly AssetKind[]
  audiences: readonly Audience[]
  collections: readonly string[]
  people: YesNo
  aiMade: YesNo
}
export interface Plan {
  rule: RouteRule
  onChanges: OnChanges
  /** What a new version does to the review that is under way: it begins again by itself, or waits until it is sent again. */
  onNewVersion: 'RESTART' | 'STOP'
  steps: readonly PlannedStep[]
}

/** The way of a house without routes: one step, any reviewer, no date. */
export const defaultStep: PlannedStep = {
  name: 'Review',
  kind: 'OWN',
  together: false,
  need: 'ANY',
  wanted: 1,
  roles: ['REVIEWER'],
  people: [],
  ownerId: null,
  dueDays: null,
  remindDays: null,
  escalateDays: null,
  escalateTo: [],
}

/** What the rules of routes look at. */
export interface Routed {
  kind: AssetKind
  audience: Audience
  showsPeople: boolean | null
  digitalSourceType: string | null
  collections: readonly string[]
}

/** What IPTC calls made by a trained model, whole or in part. */
export const isAiMade = ({ digitalSourceType }: Pick<Routed, 'digitalSourceType'>): boolean =>
  /trainedAlgorithmicMedia$/i.test(digitalSourceType ?? '')

const agrees = (wanted: YesNo, is: boolean): boolean => wanted === 'any' || (wanted === 'yes') === is

/** Whether an asset is one of those that a rule means. Until somebody has said that it shows nobody, it may show people. */
export const fits = (rule: RouteRule, asset: Routed): boolean =>
  (rule.kinds.length === 0 || rule.kinds.includes(asset.kind)) &&
  (rule.audiences.length === 0 || rule.audiences.includes(asset.audience)) &&
  (rule.collections.length === 0 || rule.collections.some((id) => asset.collections.includes(id))) &&
  agrees(rule.people, asset.showsPeople !== false) &&
  agrees(rule.aiMade, isAiMade(asset))

/**
 * The route of an asset: the first that always applies to it; only where none does, the one that its sender chose. Nobody
 * gets around Legal by choosing the short way.
 */
export function routeFor<R extends { id: string; plan: Plan }>(routes: readonly R[], asset: Routed, chosenId: string | null): R | null {
  const bound = routes.find(({ plan }) => plan.rule.applies === 'always' && fits(plan.rule, asset))
  return bound ?? choicesFor(routes, asset).find(({ id }) => id === chosenId) ?? null
}

/** The routes that a sender may choose for an asset that no rule binds. */
export const choicesFor = <R extends { id: string; plan: Plan }>(routes: readonly R[], asset: Routed): R[] =>
  routes.some(({ plan }) => plan.rule.applies === 'always' && fits(plan.rule, asset))
    ? []
    : routes.filter(({ plan }) => plan.rule.applies === 'chosen' && fits(plan.rule, asset))

/** The stage of each step: a step that stands beside the one before it shares its stage. */
export function stagesOf(steps: readonly Pick<PlannedStep, 'together'>[]): number[] {
  let stage = 1
  return steps.map(({ together }, index) => (index === 0 || together ? stage : ++stage))
}
