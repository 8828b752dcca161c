/** The local time of day, as screens and logs show it: "14:01:08". */
export function timeOfDay(time = new Date()): string {
  return time.toTimeString().slice(0, 8);
}
