// Routes are found in any case, and so are their secrets.
const opensWithASecret = /^(\/(?:join|reset-password|calendar|l|u|alerts|hooks\/alerts)\/)[^/]+/i

/** A path as logs may keep it: whoever reads a log must not be able to open what a letter's link, or a calendar's address, opens. */
export const loggedPath = (pathname: string): string => pathname.replace(opensWithASecret, '$1[hidden]')
