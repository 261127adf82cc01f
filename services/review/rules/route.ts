/** How many words a step wants: one, so many different people's, or everybody's who was asked. */
export type Need = 'ANY' | 'COUNT' | 'ALL'
export type Verdict = 'APPROVE' | 'ASK_CHANGES' | 'REJECT'
export type StepState = 'WAITING' | 'OPEN' | 'APPROVED' | 'CHANGES_ASKED' | 'REJECTED' | 'CLOSED'
export type RouteState = 'WAITING' | 'APPROVED' | 'CHANGES_ASKED' | 'REJECTED'

export interface RouteStep {
  id: string
  /** Steps of one stage stand side by side; the next stage opens when all of them have approved. */
  stage: number
  need: Need
  /** Of `COUNT`: how many different people. */
  wanted: number
  /** Of `ALL`: whose words. Where nobody is left to be asked, one word will do. */
  deciders: readonly string[]
}
/** One word in a step: whose it is, and by whose hand where somebody stood in. */
export interface Voice {
  stepId: string
  person: string
  hand: string
  verdict: Verdict
}
/** `END`: a wish for changes ends the review at once. `WAIT`: the others of the stage are heard first, so that the sender gets all wishes together. */
export type OnChanges = 'END' | 'WAIT'

export interface Standing {
  state: RouteState
  steps: ReadonlyMap<string, StepState>
  /** The words that counted, in their order. */
  heard: readonly Voice[]
}

const ends: Record<Verdict, Exclude<StepState, 'WAITING' | 'OPEN' | 'CLOSED'>> = {
  APPROVE: 'APPROVED',
  ASK_CHANGES: 'CHANGES_ASKED',
  REJECT: 'REJECTED',
}
const worst = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.includes('REJECT') ? 'REJECT' : verdicts.includes('ASK_CHANGES') ? 'ASK_CHANGES' : 'APPROVE'

/** Whether the step has heard what it wants to hear. */
function isComplete(step: RouteStep, voices: readonly Voice[]): boolean {
  if (step.need === 'ANY') return voices.length >= 1
  // Different people: who stands in for two has one opinion.
  if (step.need === 'COUNT') return new Set(voices.map(({ hand }) => hand)).size >= step.wanted
  if (step.deciders.length === 0) return voices.length >= 1
  return step.deciders.every((person) => voices.some((voice) => voice.person === person))
}

/** Where a step stands by its own words, once it is open. */
function ownState(step: RouteStep, voices: readonly Voice[], onChanges: OnChanges): StepState {
  const sofar = worst(voices.map(({ verdict }) => verdict))
  if (sofar === 'REJECT') return 'REJECTED'
  if (sofar === 'ASK_CHANGES' && onChanges === 'END') return 'CHANGES_ASKED'
  return isComplete(step, voices) ? ends[sofar] : 'OPEN'
}

/**
 * The state of a review: the fold of its words over its route. A word counts while its step is open, once a person, and in a
 * step that wants everybody's only from those who were asked. A rejection ends everything; so does the end of a stage
 * in which somebody wished for changes (at once, or when all of it was heard).
 */
export function standingOf(route: { onChanges: OnChanges; steps: readonly RouteStep[] }, voices: readonly Voice[]): Standing {
  const start = settle(route, { state: 'WAITING', steps: new Map(route.steps.map(({ id }) => [id, 'WAITING'])), heard: [] })
  return voices.reduce((standing, voice) => hear(route, standing, voice), start)
}

/** Whether a word would count now. */
export function wouldCount(steps: readonly RouteStep[], standing: Standing, { stepId, person }: Pick<Voice, 'stepId' | 'person'>): boolean {
  const step = steps.find(({ id }) => id === stepId)
  if (!step || standing.state !== 'WAITING' || standing.steps.get(stepId) !== 'OPEN') return false
  if (standing.heard.some((voice) => voice.stepId === stepId && voice.person === person)) return false
  return step.need !== 'ALL' || step.deciders.length === 0 || step.deciders.includes(person)
}

function hear(route: { onChanges: OnChanges; steps: readonly RouteStep[] }, standing: Standing, voice: Voice): Standing {
  if (!wouldCount(route.steps, standing, voice)) return standing
  return settle(route, { ...standing, heard: [...standing.heard, voice] })
}

/** Steps end by what they heard, stages by their steps, the review by its stages. */
function settle({ onChanges, steps }: { onChanges: OnChanges; steps: readonly RouteStep[] }, { heard }: Standing): Standing {
  const states = new Map<string, StepState>(steps.map(({ id }) => [id, 'WAITING']))
  const stages = [...new Set(steps.map(({ stage }) => stage))].sort((a, b) => a - b)
  for (const stage of stages) {
    const here = steps.filter((step) => step.stage === stage)
    for (const step of here)
      states.set(
        step.id,
        ownState(
          step,
          heard.filter(({ stepId }) => stepId === step.id),
          onChanges,
        ),
      )
    const now = here.map(({ id }) => states.get(id))
    const rejected = now.includes('REJECTED')
    const wished = now.includes('CHANGES_ASKED')
    if (rejected || (wished && (onChanges === 'END' || !now.includes('OPEN'))))
      return over(states, heard, rejected ? 'REJECTED' : 'CHANGES_ASKED')
    if (now.some((state) => state !== 'APPROVED')) return { state: 'WAITING', steps: states, heard }
  }
  return { state: 'APPROVED', steps: states, heard }
}

function over(states: Map<string, StepState>, heard: readonly Voice[], state: RouteState): Standing {
  for (const [id, now] of states) if (now === 'OPEN' || now === 'WAITING') states.set(id, 'CLOSED')
  return { state, steps: states, heard }
}

/** The steps that an approval of this one would open: what a move on the board means. */
export function opensNext(steps: readonly { id: string; stage: number; state: StepState }[], stepId: string): string[] {
  const stage = steps.find(({ id }) => id === stepId)?.stage
  if (stage === undefined) return []
  if (steps.some((step) => step.stage === stage && step.id !== stepId && step.state !== 'APPROVED')) return []
  const next = Math.min(...steps.filter((step) => step.stage > stage).map((step) => step.stage))
  return steps.filter((step) => step.stage === next).map(({ id }) => id)
}
