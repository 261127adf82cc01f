/** Stands where a test gave no port: the first use says so, loudly. */
export const absent = <T extends object>(name: string): T =>
  new Proxy({} as T, {
    get(_target, key) {
      throw new Error(`this test gave no ${name}, but something used ${name}.${String(key)}`)
    },
  })
