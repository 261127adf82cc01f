import { createContext, useContext } from 'react'

/** The nonce of this answer's scripts. In the browser it is empty: what is running already needs none. */
export const NonceContext = createContext<string | undefined>(undefined)
export const useNonce = (): string | undefined => useContext(NonceContext)
