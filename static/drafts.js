// What is typed is kept on the device until it is sent, with what its form was about.
const { code, person } = document.body.dataset;
const name = (field) => `draft ${code} ${person} ${field.id}`;
const about = (form) => [...form.querySelectorAll("[data-follows], [data-new-id]")];

function keep(field) {
  if (!field.value) return localStorage.removeItem(name(field));
  const places = Object.fromEntries(about(field.form).map((place) => [place.name, place.value]));
  localStorage.setItem(name(field), JSON.stringify({ text: field.value, places }));
}

for (const field of document.querySelectorAll("[data-draft]")) {
  const draft = JSON.parse(localStorage.getItem(name(field)) ?? "null");
  if (field.value || !draft) continue;
  field.value = draft.text;
  for (const place of about(field.form)) place.value = draft.places[place.name] ?? place.value;
}

document.addEventListener("input", ({ target: field }) => {
  if (field.matches("[data-draft]")) keep(field);
});
document.addEventListener("saved", ({ detail: { form } }) => {
  for (const field of document.getElementById(form)?.querySelectorAll("[data-draft]") ?? []) {
    if (!field.matches("[data-words]")) localStorage.removeItem(name(field));
  }
});
