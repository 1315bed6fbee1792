// Enhancements for every page. Every page works without script.
import { localise } from "./time.js";
import { enableShortcuts } from "./keys.js";
import { enableCopyButtons } from "./copy.js";
import { loadBodiesOnDemand } from "./bodies.js";
import { startAutoRefresh } from "./refresh.js";
import { enableLiveTraces } from "./tail.js";

document.documentElement.classList.add("scripted");
localise(document);
enableShortcuts();
enableCopyButtons();
loadBodiesOnDemand();
startAutoRefresh();
enableLiveTraces();

// A confirmation message is shown once: reloading the page does not repeat it.
const address = new URL(location.href);
if (address.searchParams.has("done")) {
  address.searchParams.delete("done");
  address.searchParams.delete("of");
  history.replaceState(null, "", address);
}
