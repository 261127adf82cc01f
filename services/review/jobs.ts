/** Names of this domain's work in the background. */
export const reviewJobs = { tend: 'review.tend' } as const
