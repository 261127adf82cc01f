/** Figures only: browsers and server group thousands alike in no other way. */
export const count = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',')

/** So many of something, in the number that goes with it: `1 line`, `1,200 lines`. */
export const many = (n: number, one: string, more = `${one}s`): string => `${count(n)} ${n === 1 ? one : more}`
