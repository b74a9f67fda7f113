
"use strict";
(function () {
  const entries = Array.from(document.querySelectorAll("section .entry, main > .entry"));
  const tools = document.getElementById("tools");
  if (entries.length < 6) { return; }
  const order = { bad: 0, unknown: 1, warn: 2, plain: 3, faint: 4, good: 5 };
  const tone = e => Object.keys(order).find(t => e.classList.contains(t)) || "plain";
  const name = e => (e.querySelector("b") || e).textContent;
  const make = (tag, attributes) => Object.assign(document.createElement(tag), attributes);
  const search = make("input", { type: "search", placeholder: "Search servers and findings" });
  search.setAttribute("aria-label", "Search");
  const sort = make("select", {});
  sort.setAttribute("aria-label", "Sort");
  sort.append(new Option("worst first", "tone"), new Option("by name", "name"));
  const count = make("span", { className: "faint" });
  count.setAttribute("role", "status");
  const boxes = Object.keys(order).filter(t => entries.some(e => tone(e) === t)).map(t => {
    const badge = entries.find(e => tone(e) === t).querySelector(".badge");
    const label = make("label", {});
    const box = make("input", { type: "checkbox", checked: true, value: t });
    label.append(box, " " + (badge ? badge.textContent : "others"));
    return { box, label };
  });
  const texts = new Map(entries.map(e => [e, e.textContent.toLowerCase()]));
  const folds = Array.from(document.querySelectorAll("details.folded")).filter(f => f.querySelector(".entry"));
  function show() {
    const words = search.value.toLowerCase().split(/\s+/).filter(w => w);
    let shown = 0;
    for (const e of entries) {
      const text = texts.get(e);
      const on = boxes.some(b => b.box.checked && b.box.value === tone(e)) && words.every(w => text.includes(w));
      e.hidden = !on;
      shown += on ? 1 : 0;
    }
    for (const f of folds) {
      const found = Array.from(f.querySelectorAll(".entry")).some(e => !e.hidden);
      f.hidden = !found;
      f.open = found && words.length > 0;
    }
    count.textContent = shown + " of " + entries.length;
  }
  const places = entries.map((e, at) => ({ e, at, parent: e.parentNode }));
  function arrange() {
    const by = sort.value === "name"
      ? (a, b) => name(a.e).localeCompare(name(b.e), undefined, { numeric: true })
      : (a, b) => a.at - b.at;
    const next = new Map();
    for (const p of places) {
      if (!next.has(p.parent)) { next.set(p.parent, document.createComment("")); p.parent.insertBefore(next.get(p.parent), p.e); }
    }
    for (const p of places.slice().sort(by)) { p.parent.insertBefore(p.e, next.get(p.parent)); }
    for (const marker of next.values()) { marker.remove(); }
  }
  search.addEventListener("input", show);
  sort.addEventListener("change", arrange);
  boxes.forEach(b => b.box.addEventListener("change", show));
  tools.append(search, ...(boxes.length > 1 ? boxes.map(b => b.label) : []), sort, count);
  tools.hidden = false;
  show();
})();
