/** This day as all dates here are written: YYYY-MM-DD, UTC. */
export function utcDay(now = new Date()): string {
  // Not toISOString(): for that V8 looks up the time zone, which takes as long as parsing a small Dockerfile.
  const [month, day] = [now.getUTCMonth() + 1, now.getUTCDate()].map((part) => String(part).padStart(2, "0"));
  return `${now.getUTCFullYear()}-${month}-${day}`;
}
