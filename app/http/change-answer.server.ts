import { redirectWithToast } from './toast.server.ts'

/** Back to the plan, to the lines that were shown: `back` is the search of the page, and nothing else is followed. */
export const backToPlan = (planId: string, back: unknown, toast: Parameters<typeof redirectWithToast>[1]) =>
  redirectWithToast(`/rights/changes/${planId}${typeof back === 'string' && /^\?[\w=&%.-]*$/.test(back) ? back : ''}`, toast)
