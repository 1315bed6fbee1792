// Small additions for every page. Nothing here is needed to use one.
import { localise } from "./time.js";
import { listenForKeys } from "./keys.js";
import { offerCopies } from "./copy.js";
import { loadBodiesOnDemand } from "./bodies.js";
import { refreshRegularly } from "./refresh.js";
import { followTraces } from "./tail.js";

document.documentElement.classList.add("scripted");
localise(document);
listenForKeys();
offerCopies();
loadBodiesOnDemand();
refreshRegularly();
followTraces();

// What was done is said once: loading the page again does not say it anew.
const address = new URL(location.href);
if (address.searchParams.has("done")) {
  address.searchParams.delete("done");
  address.searchParams.delete("of");
  history.replaceState(null, "", address);
}
