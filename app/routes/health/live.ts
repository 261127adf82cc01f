/** The process runs and answers: a supervisor restarts it when this is silent. Asks nothing of anybody. */
export const loader = () => new Response('alive\n', { headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' } })
