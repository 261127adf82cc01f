import { hash, verify } from '@node-rs/argon2'

/** OWASP's smallest sound Argon2id setting: 19 MiB, two passes, one lane; about 0.1 s of a thread of its own. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), cost)

let decoy: Promise<string> | undefined

/**
 * Whether `password` is the one behind `stored`. Without a stored one (nobody has this address, or has not chosen a
 * password yet) the same work is done for nothing, so that the time of the answer tells nobody who has an account.
 */
export async function passwordMatches(stored: string | null | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword('nobody has this password')
  const right = await verify(stored ?? (await decoy), password.normalize('NFKC'))
  return right && Boolean(stored)
}
