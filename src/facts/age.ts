/** How long ago a day was, in words. */

const MS_A_DAY = 86_400_000;
/** Docker's own first year: what claims to be older was made without a clock, so that builds can be repeated. */
const EARLIEST = "2013-01-01";
const DAYS_A_MONTH = 30.44;

/** `3 days ago`, `16 months ago`, `3 years ago`; null for a day that cannot be right. Both are YYYY-MM-DD. */
export function ageInWords(day: string, today: string): string | null {
  const days = Math.round((Date.parse(`${today}T00:00:00Z`) - Date.parse(`${day}T00:00:00Z`)) / MS_A_DAY);
  if (Number.isNaN(days) || days < 0 || day < EARLIEST) return null;
  const months = Math.floor(days / DAYS_A_MONTH);
  if (days < 1) return "today";
  if (months < 2) return days === 1 ? "yesterday" : `${days} days ago`;
  return months < 24 ? `${months} months ago` : `${Math.floor(months / 12)} years ago`;
}
