// The console: keys, and forms that stand outside the regions and are filled from a button in one.
import "./clock.js";
import "./status.js";
import { refuse } from "./forms.js";

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select, [contenteditable]")) return;
  const button = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]:not([hidden])`);
  if (!button) return;
  event.preventDefault();
  button.click();
});

// <button data-fill="rename" data-field-theme="3" data-field-name="..."> opens the form #rename with these values.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-fill]");
  if (!button) return;
  const form = document.getElementById(button.dataset.fill);
  for (const field of form.elements) {
    const value = button.getAttribute(`data-field-${field.name}`);
    if (value !== null) field.value = value;
  }
  refuse(form, "");
  const dialog = form.closest("dialog");
  dialog?.showModal();
  form.querySelector("input:not([type=hidden]), textarea, select")?.focus();
});

document.addEventListener("done", (event) => event.target.closest("dialog")?.close());
document.addEventListener("click", (event) => {
  if (event.target.matches("[data-close]")) event.target.closest("dialog").close();
});
