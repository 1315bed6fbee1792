// Shows times in the reader's time zone; UTC stays in the tooltip. Relative times stay as the server wrote them.
// Fields for a time are filled in in the reader's zone too, and sent as instants: a shared address means the same for everybody.
const forms = {
  moment: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  date: { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  clock: { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" },
  hour: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
};

const formats = Object.fromEntries(Object.entries(forms).map(([name, form]) => [name, new Intl.DateTimeFormat("en-GB", form)]));
const exact = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short", year: "numeric", ...forms.clock });

export function localise(root) {
  for (const element of root.querySelectorAll("time[datetime]")) {
    const moment = new Date(element.dateTime);
    const format = formats[element.dataset.form];
    if (format) {
      element.textContent = format.format(moment).replace(",", "");
    } else {
      element.title = `${exact.format(moment)} (${element.title})`;
    }
  }

  for (const element of root.querySelectorAll("title[data-time]")) {
    const local = formats.moment.format(new Date(element.dataset.time)).replace(",", "");
    element.textContent = element.textContent.replace(element.dataset.utc, `${local} (${element.dataset.utc})`);
  }

  for (const element of root.querySelectorAll("[data-hour]")) {
    element.textContent = formats.hour.format(new Date(element.dataset.hour));
  }
}

// The form that a field for date and time takes: no zone, and seconds only where they matter.
function fieldValue(moment) {
  const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, -1);
  return local.endsWith(":00.000") ? local.slice(0, -7) : local;
}

function instantOf(text) {
  const moment = new Date(text);
  return Number.isNaN(moment.getTime()) ? text : moment.toISOString().replace(/(:00)?\.000Z$/, "Z");
}

// The attribute is read, not the value: the browser may have restored what was in the field before.
function showLocally(field) {
  const utc = field.getAttribute("value");
  field.value = utc ? fieldValue(new Date(`${utc}Z`)) : "";
  field.dataset.shown = field.value;
}

// What was not changed is sent as it came, to the millisecond; fields that are empty are not sent at all.
function sendInstants(fields, data) {
  for (const field of fields.filter((one) => one.value)) {
    data.set(field.name, field.value === field.dataset.shown && field.dataset.instant ? field.dataset.instant : instantOf(field.value));
  }

  for (const name of new Set(data.keys())) {
    const values = data.getAll(name).filter((value) => value !== "");
    data.delete(name);
    values.forEach((value) => data.append(name, value));
  }
}

export function enableLocalMoments() {
  const fields = [...document.querySelectorAll("input[data-moment]")];
  fields.forEach(showLocally);
  for (const zone of document.querySelectorAll("[data-zone]")) {
    zone.textContent = Intl.DateTimeFormat().resolvedOptions().timeZone;
  }

  for (const form of new Set(fields.map((field) => field.form))) {
    form.addEventListener("formdata", (event) => sendInstants(fields.filter((field) => field.form === form), event.formData));
  }
}
