// Reads a calendar with a library of JavaScript: argv is its name, its folder, the calendar, and the last year to look at.
// Prints, for each UID, the start and the end of every occurrence as JSON: days as YYYY-MM-DD, the last of them not
// inclusive, and instants; a time that floats is taken for one in UTC, which TZ must be.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const instant = (date) => new Date(date).toISOString().replace(".000Z", "Z");
const day = (date) => instant(date).slice(0, 10);

async function icalJs(folder, text, lastYear) {
  const { default: ICAL } = await import(pathToFileURL(join(folder, "dist", "ical.js")));
  const told = (time) => (time.isDate ? time.toString() : instant(time.toUnixTime() * 1000));
  const found = {};
  for (const component of new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent")) {
    const event = new ICAL.Event(component);
    const spans = (found[event.uid] = []);
    const steps = event.isRecurring() ? event.iterator() : null;
    for (let start = steps ? steps.next() : event.startDate; start; start = steps ? steps.next() : null) {
      if (start.year > lastYear) break;
      const end = steps ? event.getOccurrenceDetails(start).endDate : event.endDate;
      spans.push([told(start), told(end)]);
    }
  }
  return found;
}

async function nodeIcal(folder, text, lastYear) {
  const ical = createRequire(import.meta.url)(folder);
  const found = {};
  const period = { from: new Date("2000-01-01T00:00:00Z"), to: new Date(`${lastYear}-12-31T23:59:59Z`) };
  for (const event of Object.values(ical.sync.parseICS(text))) {
    if (event.type !== "VEVENT") continue;
    found[event.uid] = ical.expandRecurringEvent(event, period).map((instance) => {
      const told = instance.isFullDay ? day : instant;
      return [told(instance.start), told(instance.end)];
    });
  }
  return found;
}

async function tsIcs(folder, text, lastYear) {
  const { convertIcsCalendar, extendByRecurrenceRule } = await import(pathToFileURL(join(folder, "dist", "index.js")));
  const found = {};
  for (const event of convertIcsCalendar(undefined, text).events ?? []) {
    const told = event.start.type === "DATE" ? day : instant;
    const start = event.start.date;
    const end = event.end ? event.end.date : start;
    const exceptions = (event.exceptionDates ?? []).map((one) => one.date);
    const period = { start, end: new Date(`${lastYear}-12-31T23:59:59Z`), exceptions };
    const starts = event.recurrenceRule ? extendByRecurrenceRule(event.recurrenceRule, period) : [start];
    found[event.uid] = starts.map((one) => [told(one), told(new Date(one.getTime() + (end - start)))]);
  }
  return found;
}

const [, , name, folder, path, lastYear] = process.argv;
const read = { "ical.js": icalJs, "node-ical": nodeIcal, "ts-ics": tsIcs }[name];
console.log(JSON.stringify(await read(folder, readFileSync(path, "utf8"), Number(lastYear))));
