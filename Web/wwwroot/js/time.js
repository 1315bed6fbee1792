// Shows moments in the reader's own time zone; UTC stays in the title.
const forms = {
  moment: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  clock: { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" },
  hour: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
};

const formats = Object.fromEntries(Object.entries(forms).map(([name, form]) => [name, new Intl.DateTimeFormat("en-GB", form)]));

export function localise(root) {
  for (const element of root.querySelectorAll("time[datetime]")) {
    const form = formats[element.dataset.form] ?? formats.moment;
    element.textContent = form.format(new Date(element.dateTime)).replace(",", "");
  }

  for (const element of root.querySelectorAll("[data-hour]")) {
    element.textContent = formats.hour.format(new Date(element.dataset.hour));
  }
}
