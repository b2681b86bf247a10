// Reads a calendar with ical.js: argv is the package's file, the calendar, and the last year to look at.
// Prints, for each UID, every instant at which the event starts, as JSON.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , library, path, lastYear] = process.argv;
const { default: ICAL } = await import(pathToFileURL(library));
const calendar = new ICAL.Component(ICAL.parse(readFileSync(path, "utf8")));
const found = {};
for (const component of calendar.getAllSubcomponents("vevent")) {
  const event = new ICAL.Event(component);
  const starts = (found[event.uid] = []);
  const steps = event.isRecurring() ? event.iterator() : null;
  for (let start = steps ? steps.next() : event.startDate; start; start = steps ? steps.next() : null) {
    if (start.year > Number(lastYear)) break;
    starts.push(new Date(start.toUnixTime() * 1000).toISOString().replace(".000Z", "Z"));
  }
}
console.log(JSON.stringify(found));
