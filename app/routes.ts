import { index, route, type RouteConfig } from '@remix-run/route-config'

/** Every address of the product, on one page. The law of who may come in is the table of `app/gate.db.test.ts`: a new line here needs one there. */
export default [
  // store: open to everybody
  index('routes/home.tsx'),
  route('search', 'routes/store/search.tsx'),
  route('collections', 'routes/store/collections.tsx'),
  route('collections/:slug', 'routes/store/collection.tsx'),

  // the shell
  route('theme', 'routes/shell/theme.ts'),

  // store
  // access
  // one's own account and organisation
  // buying
  // portal
  // library
  // rights desk
  // finance
  // compliance and public proof
  // the house's administration
  // machine
  route('health/live', 'routes/health/live.ts'),
  route('health/ready', 'routes/health/ready.ts'),
] satisfies RouteConfig
