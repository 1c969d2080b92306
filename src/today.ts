/** This day as all dates here are written: YYYY-MM-DD, UTC. */
export function utcDay(): string {
  return new Date().toISOString().slice(0, 10);
}
