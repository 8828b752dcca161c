/** Dates in HTTP headers, in the only form that may be sent: IMF-fixdate (RFC 9110, section 5.6.7). */

const days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const form = /^([A-Z][a-z]{2}), (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}):(\d{2}):(\d{2}) GMT$/;

/**
 * Reads an IMF-fixdate, such as "Tue, 24 Nov 2026 14:02:11 GMT".
 * @returns ms since 1970; null for any other text, a date that does not exist, or a wrong weekday
 */
export function parseHttpDate(text: string): number | null {
  const parts = form.exec(text);
  if (!parts) return null;
  const [, weekday = "", day = "", monthName = "", year = "", hour = "", minute = "", second = ""] = parts;
  const month = months.indexOf(monthName);
  // The grammar allows a leap second (:60); it is read as the next second.
  if (month < 0 || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return null;
  const midnight = new Date(0);
  midnight.setUTCFullYear(Number(year), month, Number(day));
  const exists = midnight.getUTCMonth() === month && midnight.getUTCDate() === Number(day);
  if (!exists || days[midnight.getUTCDay()] !== weekday) return null;
  return midnight.getTime() + (Number(hour) * 3600 + Number(minute) * 60 + Number(second)) * 1000;
}

/** Writes ms since 1970 as an IMF-fixdate, rounded down to the second. */
export function formatHttpDate(ms: number): string {
  const date = new Date(ms);
  const two = (number: number) => String(number).padStart(2, "0");
  const day = `${days[date.getUTCDay()]}, ${two(date.getUTCDate())} ${months[date.getUTCMonth()]}`;
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(":");
  return `${day} ${String(date.getUTCFullYear()).padStart(4, "0")} ${time} GMT`;
}

const dateTime = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(\.\d+)?([Zz]|[+-](\d{2}):(\d{2}))$/;

/** True for an RFC 3339 date-time that exists, with Z or an offset. Section 5.6 allows a space in place of the T. */
export function isDateTime(text: string): boolean {
  const parts = dateTime.exec(text);
  if (!parts) return false;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const lastDay = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  const inDay =
    hour <= 23 && minute <= 59 && second <= 60 && Number(parts[9] ?? 0) <= 23 && Number(parts[10] ?? 0) <= 59;
  return inDay && month >= 1 && month <= 12 && day >= 1 && day <= lastDay;
}
