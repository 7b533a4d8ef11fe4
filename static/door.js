// A link's token stands in the fragment, which browsers do not send: put it into the form, and out of the address bar.
const form = document.querySelector("[data-token-form]");
const token = location.hash.slice(1);
if (form && token) {
  const field = form.elements.token;
  if (field) {
    field.value = token;
    field.closest(".field")?.setAttribute("hidden", "");
  }
  history.replaceState(null, "", location.pathname);
  if (form.dataset.tokenForm !== "wait") form.submit();
}
