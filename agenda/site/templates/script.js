(() => {
"use strict";
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const byId = (id) => document.getElementById(id);
const body = document.body;

// The reader's own picks, kept in this browser alone.
const place = "agenda-picks:" + body.dataset.site;
const read = () => { try { return new Set(JSON.parse(localStorage.getItem(place) || "[]")); } catch { return new Set(); } };
let picks = read();
const keep = () => { try { localStorage.setItem(place, JSON.stringify([...picks])); } catch { /* private mode: for this page only */ } };
const keyed = all("[data-key]");
const stars = [];
for (const entry of keyed) {
  const button = document.createElement("button");
  const title = entry.querySelector("h1, h3");
  button.type = "button";
  button.className = "star";
  button.setAttribute("aria-label", body.dataset.star + ": " + (title ? title.textContent.trim() : ""));
  button.addEventListener("click", () => {
    if (!picks.delete(entry.dataset.key)) picks.add(entry.dataset.key);
    keep();
    showPicks();
  });
  if (entry.matches(".entry")) entry.append(button); else title.after(button);
  stars.push([button, entry.dataset.key, entry.matches(".entry") ? "" : " " + body.dataset.star]);
}
const showPicks = () => {
  for (const [button, key, label] of stars) {
    button.setAttribute("aria-pressed", String(picks.has(key)));
    button.textContent = (picks.has(key) ? "★" : "☆") + label;
  }
  const count = byId("picks-count");
  if (count) count.textContent = picks.size;
  filter();
};
addEventListener("storage", (event) => { if (event.key === place) { picks = read(); showPicks(); } });

// The filter: each word has to be in the text of an entry.
// What `data-search` has is folded as the program folds it; letters that have no accent to lose stand in LETTERS.
const LETTERS = { "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t", "ς": "σ", "’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "«": '"', "»": '"', "‐": "-", "‑": "-", "–": "-", "—": "-" };
const fold = (text) => text.normalize("NFKD").toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[^\0-\x5f\x61-\x7f]/g, (char) => LETTERS[char] || char).normalize("NFC");
const tools = document.querySelector(".tools");
const field = (name) => byId("filter-" + name);
const entries = all(".entry[data-key]", byId("main"));
const texts = new Map(entries.map((entry) => [entry, fold(entry.textContent) + " " + (entry.dataset.search || "")]));
const holds = (list, value) => !value || list.split(" ").includes(value);
const filter = () => {
  if (!tools) return;
  const words = fold(field("text").value).split(/\s+/).filter(Boolean);
  const city = field("city") ? field("city").value : "";
  const topic = field("topic") ? field("topic").value : "";
  const mine = field("picks").getAttribute("aria-pressed") === "true";
  const active = Boolean(words.length || city || topic || mine);
  let left = 0;
  for (const entry of entries) {
    const fits = words.every((word) => texts.get(entry).includes(word)) && holds(entry.dataset.cities, city)
      && holds(entry.dataset.topics, topic) && (!mine || picks.has(entry.dataset.key));
    entry.closest("li").hidden = !fits;
    left += fits;
  }
  body.classList.toggle("filtered", active);
  for (const part of all(".goes-on, section.day")) part.hidden = active && !part.querySelector("li:not([hidden]) > .entry[data-key]");
  const status = byId("filter-status");
  status.textContent = active ? (left ? String(left) : status.dataset.none) : "";
};
if (tools) {
  tools.hidden = false;
  for (const name of ["text", "city", "topic"]) if (field(name)) field(name).addEventListener("input", filter);
  field("picks").addEventListener("click", () => {
    field("picks").setAttribute("aria-pressed", String(field("picks").getAttribute("aria-pressed") !== "true"));
    filter();
  });
}

// Now: what is on, and what comes next. What has no end counts as on for an hour.
const HOUR = 3600e3;
const today = (now) => {
  const zone = body.dataset.zone || undefined;
  try { return new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(now); } catch { return now.toISOString().slice(0, 10); }
};
const once = (list) => [...new Map(list.map((entry) => [entry.dataset.key, entry])).values()];
const tell = (list, found) => {
  list.replaceChildren(...found.map((entry) => {
    const item = document.createElement("li");
    const link = entry.querySelector("h3 a").cloneNode(true);
    item.className = [...entry.classList].filter((name) => /^k\d$/.test(name)).join(" ");
    for (const name of ["when", "where"]) {
      const part = entry.querySelector("." + name);
      if (!part) continue;
      const shown = document.createElement("span");
      shown.className = name;
      shown.textContent = part.textContent.trim();
      item.append(shown);
    }
    item.append(link);
    return item;
  }));
};
const tick = () => {
  const now = new Date();
  const day = today(now);
  const on = [], next = [];
  let any = false;
  for (const entry of entries) {
    const { start, end, first, last } = entry.dataset;
    let isOn, isOver;
    if (start) {
      const begins = Date.parse(start), ends = end ? Date.parse(end) : begins + HOUR;
      isOn = begins <= now && now < ends;
      isOver = ends <= now;
      if (begins > now && !entry.matches(".cancelled")) next.push([begins, entry]);
    } else if (first) {
      isOn = first <= day && day <= last;
      isOver = last < day;
    } else continue;
    any = any || !isOver;
    entry.classList.toggle("is-now", isOn && !entry.matches(".cancelled"));
    entry.classList.toggle("is-over", isOver);
    if (isOn && !entry.matches(".cancelled")) on.push(entry);
  }
  body.classList.toggle("is-during", any);
  for (const link of all("nav.days a[data-day]")) link.parentNode.classList.toggle("is-today", link.dataset.day === day);
  const panel = byId("now");
  if (!panel) return;
  const timed = once(on.filter((entry) => entry.dataset.start));
  const whole = once(on.filter((entry) => !entry.dataset.start));
  next.sort((one, other) => one[0] - other[0]);
  const soon = next.filter(([begins]) => begins - now < 18 * HOUR);
  const nearest = once(soon.filter(([begins]) => begins === soon[0][0]).map(([, entry]) => entry));
  const isDuring = on.length > 0 || nearest.length > 0;
  panel.hidden = !isDuring;
  byId("go-now").hidden = !isDuring;
  tell(byId("now-list"), timed);
  if (!timed.length) {
    const item = document.createElement("li");
    item.textContent = byId("now-list").dataset.nothing;
    byId("now-list").append(item);
  }
  for (const [name, found] of [["next", nearest], ["whole", whole]]) {
    tell(byId(name + "-list"), found);
    byId(name).hidden = !found.length;
  }
};

// Times by the clocks of the reader, where those are others.
const clocks = all("time.clock");
const ours = clocks.map((clock) => clock.textContent);
const myTime = byId("my-time");
const clockOf = (date) => date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const dayOf = (date) => date.toLocaleDateString(document.documentElement.lang, { weekday: "short", day: "numeric" });
const inMyTime = (clock) => {
  const start = new Date(clock.dateTime), end = clock.dataset.end ? new Date(clock.dataset.end) : null;
  const sameDay = clock.dateTime.slice(0, 10) === new Intl.DateTimeFormat("en-CA").format(start);
  return (sameDay ? "" : dayOf(start) + " ") + clockOf(start) + (end ? "–" + clockOf(end) : "");
};
const differs = (clock) => {
  const offset = /([+-])(\d\d):(\d\d)$/.exec(clock.dateTime);
  return offset && (offset[1] === "+" ? 1 : -1) * (60 * offset[2] + +offset[3]) !== -new Date(clock.dateTime).getTimezoneOffset();
};
if (myTime && clocks.some(differs)) {
  myTime.hidden = false;
  byId("my-zone").textContent = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const preference = "agenda-my-time";
  const show = (mine) => {
    myTime.setAttribute("aria-pressed", String(mine));
    clocks.forEach((clock, number) => { clock.textContent = mine && /[+-]\d\d:\d\d$|Z$/.test(clock.dateTime) ? inMyTime(clock) : ours[number]; });
    tick();
  };
  myTime.addEventListener("click", () => {
    const mine = myTime.getAttribute("aria-pressed") !== "true";
    try { localStorage.setItem(preference, mine ? "1" : ""); } catch { /* private mode */ }
    show(mine);
  });
  let remembered = "";
  try { remembered = localStorage.getItem(preference); } catch { /* private mode */ }
  if (remembered) show(true);
}

showPicks();
tick();
setInterval(tick, 30e3);
})();
