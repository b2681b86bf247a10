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

// Words of the page's language: of forms for 1, 2 and 5, the one that is right for a number.
const language = document.documentElement.lang;
const SAMPLES = [1, 2, 5];
const rules = new Intl.PluralRules(language);
const counted = (forms, number) => {
  const at = SAMPLES.findIndex((sample) => rules.select(sample) === rules.select(number));
  const sample = at < 0 ? SAMPLES.length - 1 : at;
  return forms.split("|")[sample].replace(SAMPLES[sample], number.toLocaleString(language));
};

// The filter: each word has to be in the text of an entry. What is chosen is in the address, which is a link to it.
// What `data-search` has is folded as the program folds it; letters that have no accent to lose stand in LETTERS.
const LETTERS = { "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t", "ς": "σ", "’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "«": '"', "»": '"', "‐": "-", "‑": "-", "–": "-", "—": "-" };
const fold = (text) => text.normalize("NFKD").toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[^\0-\x5f\x61-\x7f]/g, (char) => LETTERS[char] || char).normalize("NFC");
const tools = document.querySelector(".tools");
const field = (name) => byId("filter-" + name);
const entries = all(".entry[data-key]", byId("main"));
const texts = new Map(entries.map((entry) => [entry, fold(entry.textContent) + " " + (entry.dataset.search || "")]));
const CHOICES = { city: "cities", room: "room", topic: "topics", kind: "kind" };
const choices = Object.keys(CHOICES).filter((name) => tools && field(name));
const holds = (keys, key) => keys === key || keys.split(" ").includes(key);
const isPressed = (button) => button.getAttribute("aria-pressed") === "true";
let shared = null; // the picks of another reader, from the address
const filter = () => {
  if (!tools) return;
  const words = fold(field("text").value).split(/\s+/).filter(Boolean);
  const chosen = choices.filter((name) => field(name).value);
  const mine = isPressed(field("picks")) ? shared || picks : null;
  const active = Boolean(words.length || chosen.length || mine);
  const left = new Set();
  for (const entry of entries) {
    const fits = words.every((word) => texts.get(entry).includes(word)) && (!mine || mine.has(entry.dataset.key))
      && chosen.every((name) => holds(entry.dataset[CHOICES[name]] || "", field(name).value));
    entry.closest("li").hidden = !fits;
    if (fits) left.add(entry.dataset.key);
  }
  body.classList.toggle("filtered", active);
  for (const part of all(".goes-on, section.day")) part.hidden = active && !part.querySelector("li:not([hidden]) > .entry[data-key]");
  if (active) for (const part of all("details.goes-on, details.of-day")) part.open = true;
  const status = byId("filter-status");
  status.textContent = active ? (left.size ? counted(status.dataset.forms, left.size) : status.dataset.none) : "";
  byId("take-picks").hidden = !(mine && shared);
  byId("filter-more").classList.toggle("in-use", Boolean(chosen.length || mine));
};
const tellAddress = () => {
  const asked = new URLSearchParams();
  if (field("text").value.trim()) asked.set("q", field("text").value.trim());
  for (const name of choices) if (field(name).value) asked.set(name, field(name).value);
  if (isPressed(field("picks"))) for (const key of shared || picks) asked.append("pick", key);
  const isAsked = location.hash.includes("=");
  if (!asked.size && !isAsked) return;
  history.replaceState(null, "", asked.size ? "#" + asked : location.pathname + location.search);
};
const readAddress = () => {
  if (!location.hash.includes("=")) return;
  const asked = new URLSearchParams(location.hash.slice(1));
  field("text").value = asked.get("q") || "";
  for (const name of choices) {
    const select = field(name), key = asked.get(name) || "";
    select.value = key;
    if (select.selectedIndex < 0) select.add(new Option(key, key, true, true)); // no event here has it, and none is shown
    const hidden = key && select.closest("[hidden]");
    if (hidden) hidden.hidden = false;
  }
  const theirs = asked.getAll("pick");
  field("picks").setAttribute("aria-pressed", String(theirs.length > 0));
  shared = theirs.length && !(theirs.length === picks.size && theirs.every((key) => picks.has(key))) ? new Set(theirs) : null;
  filter();
};
if (tools) {
  const choose = () => {
    filter();
    tellAddress();
    const nearest = all("main .entry").find((entry) => entry.getClientRects().length);
    if (body.matches(".filtered") && nearest && nearest.getBoundingClientRect().top > innerHeight - 80) tools.scrollIntoView();
  };
  tools.hidden = false;
  for (const name of ["text", ...choices]) field(name).addEventListener("input", choose);
  field("picks").addEventListener("click", () => {
    field("picks").setAttribute("aria-pressed", String(!isPressed(field("picks"))));
    shared = null;
    choose();
  });
  field("more").addEventListener("click", () => field("more").setAttribute("aria-expanded", String(tools.classList.toggle("open"))));
  byId("take-picks").addEventListener("click", () => {
    for (const key of shared) picks.add(key);
    shared = null;
    keep();
    showPicks();
    tellAddress();
  });
  addEventListener("hashchange", readAddress);
}

// Now: what is on, and what comes next. What has no end counts as on for an hour.
const HOUR = 3600e3;
const myTime = byId("my-time");
const clockOf = (date) => date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const today = (now) => {
  const zone = body.dataset.zone || undefined;
  try { return new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(now); } catch { return now.toISOString().slice(0, 10); }
};
const once = (list) => [...new Map(list.map((entry) => [entry.dataset.key, entry])).values()];
const MAX_TOLD = 6;
const textOf = (entry, selector) => { const part = entry.querySelector(selector); return part ? part.textContent.replace(/^[\s·]+/, "").trim() : ""; };
const line = (entry, when, tells) => {
  const item = document.createElement("li");
  item.className = [...entry.classList].filter((name) => /^k\d$/.test(name)).join(" ");
  item.append(entry.querySelector("h3 a").cloneNode(true));
  const where = [textOf(entry, ".where b")].filter(Boolean);
  for (const part of [".venue", ".cities"]) if ((tells[part] || !where.length) && textOf(entry, part)) where.push(textOf(entry, part));
  for (const [name, text] of [["when", when], ["where", where.join(" · ")]]) {
    if (!text) continue;
    const part = document.createElement("span");
    part.className = name;
    part.textContent = text;
    item.append(part);
  }
  return item;
};
// The venue and the city of events, where these are not the same for all of them.
const differing = (found) => Object.fromEntries([".venue", ".cities"].map((part) => [part, new Set(found.map((entry) => textOf(entry, part))).size > 1]));
const tell = (list, found, whenOf, tells) => {
  const lines = found.map((entry) => line(entry, whenOf(entry), tells));
  const rest = lines.length > MAX_TOLD + 1 ? lines.splice(MAX_TOLD) : [];
  list.replaceChildren(...lines);
  const wasOpen = list.nextElementSibling && list.nextElementSibling.matches("details.rest") ? list.nextElementSibling : null;
  if (wasOpen) wasOpen.remove();
  if (!rest.length) return;
  const details = document.createElement("details"), summary = document.createElement("summary"), more = document.createElement("ul");
  details.className = "rest";
  details.open = Boolean(wasOpen && wasOpen.open);
  summary.textContent = byId("now-list").dataset.more.replace("{number}", rest.length.toLocaleString(language));
  more.className = "now-list";
  more.append(...rest);
  details.append(summary, more);
  list.after(details);
};
const clockText = (text) => {
  const isMine = myTime && isPressed(myTime) && /([+-]\d\d:\d\d|Z)$/.test(text);
  return isMine ? clockOf(new Date(text)) : text.slice(11, 16);
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
  if (byId("go-now")) byId("go-now").hidden = !isDuring;
  if (isDuring) panel.after(...all(".lead, .legend"));
  const until = (entry) => entry.dataset.end ? body.dataset.until.replace("{time}", clockText(entry.dataset.end)) : "";
  const tells = differing([...timed, ...nearest, ...whole]);
  tell(byId("now-list"), timed, until, tells);
  if (!timed.length) {
    const item = document.createElement("li");
    item.textContent = byId("now-list").dataset.nothing;
    byId("now-list").append(item);
  }
  for (const [name, found] of [["next", nearest], ["whole", whole]]) {
    tell(byId(name + "-list"), found, (entry) => entry.dataset.start ? clockText(entry.dataset.start) : "", tells);
    byId(name).hidden = !found.length;
  }
};

// Times by the clocks of the reader, where those are others.
const LONGEST_TIMES = 13; // in characters, for which there is a column beside the title
const clocks = all("time.clock");
const ours = clocks.map((clock) => clock.textContent);
const dayOf = (date) => date.toLocaleDateString(language === "en" ? "en-GB" : language, { weekday: "short", day: "numeric", month: "short" });
const inMyTime = (clock) => {
  const start = new Date(clock.dateTime), end = clock.dataset.end ? new Date(clock.dataset.end) : null;
  const sameDay = clock.dateTime.slice(0, 10) === new Intl.DateTimeFormat("en-CA").format(start);
  return (sameDay ? "" : dayOf(start) + ", ") + clockOf(start) + (end ? "–" + clockOf(end) : "");
};
const differs = (clock) => {
  const offset = /([+-])(\d\d):(\d\d)$/.exec(clock.dateTime);
  return offset && (offset[1] === "+" ? 1 : -1) * (60 * offset[2] + +offset[3]) !== -new Date(clock.dateTime).getTimezoneOffset();
};
if (myTime && clocks.some(differs)) {
  myTime.hidden = false;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = all("[data-mine]").map((part) => [part, part.textContent, part.dataset.mine.replace("{zone}", zone)]);
  byId("my-zone").textContent = zone;
  const preference = "agenda-my-time";
  const show = (mine) => {
    myTime.setAttribute("aria-pressed", String(mine));
    clocks.forEach((clock, number) => {
      clock.textContent = mine && /[+-]\d\d:\d\d$|Z$/.test(clock.dateTime) ? inMyTime(clock) : ours[number];
      const entry = clock.closest(".entry");
      if (entry) entry.classList.toggle("stacked", clock.textContent.length > LONGEST_TIMES);
    });
    for (const [part, theirs, own] of zones) part.textContent = mine ? own : theirs;
    tick();
  };
  myTime.addEventListener("click", () => {
    const mine = !isPressed(myTime);
    try { localStorage.setItem(preference, mine ? "1" : ""); } catch { /* private mode */ }
    show(mine);
  });
  let remembered = "";
  try { remembered = localStorage.getItem(preference); } catch { /* private mode */ }
  if (remembered) show(true);
}

// Of a large programme, today is open, what the address names, and on a wide screen, where there are tables, all.
const ofDay = all("details.of-day");
const open = (day) => { const part = day && day.querySelector("details.of-day"); if (part) part.open = true; };
const openNamed = () => { if (/^#d\d/.test(location.hash)) open(byId(location.hash.slice(1))); };
if (ofDay.length) {
  const todays = byId("d" + today(new Date()));
  if (matchMedia("(min-width:62rem)").matches) for (const part of ofDay) part.open = true;
  else if (todays) {
    for (const part of ofDay) part.open = false;
    open(todays);
  }
  openNamed();
  addEventListener("hashchange", openNamed);
}

// Long lists of links.
const pageFilter = byId("page-filter");
if (pageFilter) {
  pageFilter.closest("[hidden]").hidden = false;
  const items = all(".directory li, .feeds li").map((item) => [item, fold((item.querySelector(".of") || item).textContent)]);
  pageFilter.addEventListener("input", () => {
    const words = fold(pageFilter.value).split(/\s+/).filter(Boolean);
    for (const [item, text] of items) item.hidden = !words.every((word) => text.includes(word));
    for (const part of all(".directory, .feeds")) part.hidden = !part.querySelector("li:not([hidden])");
  });
}
// Addresses are copied where the browser lets us, and else are links.
if (navigator.clipboard) {
  for (const link of all("a.copy-address")) link.addEventListener("click", (event) => {
    event.preventDefault();
    navigator.clipboard.writeText(link.href).then(() => { link.textContent = body.dataset.copied; }, () => { location.href = link.href; });
  });
}
// How long it is until an event.
const countdown = byId("countdown");
if (countdown) {
  const { first, last, forms, over } = countdown.dataset;
  const day = today(new Date());
  const days = Math.round((Date.parse(first) - Date.parse(day)) / (24 * HOUR));
  countdown.textContent = days > 0 ? counted(forms, days) : day > last ? over : "";
  countdown.hidden = !countdown.textContent;
}

addEventListener("beforeprint", () => { for (const part of all("details.goes-on, details.of-day")) part.open = true; });
showPicks();
if (tools) readAddress();
tick();
setInterval(tick, 30e3);
})();
