// Keys on the work list, and the drawer that opens beside a page. Every page works without this script.
"use strict";

const drawer = document.getElementById("drawer");
let openedFrom = null;

function closeDrawer() {
  if (!drawer || !drawer.firstElementChild) return;
  drawer.replaceChildren();
  if (openedFrom && openedFrom.isConnected) openedFrom.focus();
  openedFrom = null;
}

function shownInDrawer() {
  const heading = drawer.querySelector("[data-focus]");
  if (heading) heading.focus();
}

if (drawer) {
  new MutationObserver(shownInDrawer).observe(drawer, { childList: true });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[hx-target='#drawer']");
    if (link) openedFrom = link;
    if (event.target.closest("[data-close-drawer]")) closeDrawer();
  });
}

function isTyping(target) {
  return target.closest("input, textarea, select, [contenteditable]") !== null;
}

function step(list, by) {
  const rows = [...list.querySelectorAll(":scope > .matter")];
  const at = rows.indexOf(document.activeElement.closest(".matter"));
  const next = rows[Math.min(Math.max(at + by, 0), rows.length - 1)];
  if (next) next.focus();
}

function open(row) {
  const form = row.querySelector("details");
  if (form) {
    form.open = true;
    const field = form.querySelector("input:not([type=hidden])");
    if (field) field.focus();
  } else if (row.dataset.open) {
    window.location.assign(row.dataset.open);
  }
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeDrawer();
  const list = document.querySelector("[data-keys='list']");
  if (!list || isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "j") step(list, 1);
  if (event.key === "k") step(list, -1);
  if (event.key === "Enter" && event.target.matches(".matter")) open(event.target);
});
