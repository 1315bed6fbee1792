// Shows times in the reader's time zone; UTC stays in the tooltip. Relative times stay as the server wrote them.
const forms = {
  moment: { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
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
