/** Background work of the ways in, by name. */
export const intakeJobs = { sweepSendings: 'intake.sweep-sendings' } as const
