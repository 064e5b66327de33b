// The meeting's own page while its minutes are being read: shows how far, and opens anew at the end.
import { watch } from "./watch.js";

const card = document.getElementById("reading");
if (card?.dataset.job) {
  const said = card.querySelector(".said");
  const bar = card.querySelector("progress");
  watch(card.dataset.job, (job) => {
    if (job.message && said.textContent !== job.message) said.textContent = job.message;
    bar.value = job.total ? (100 * job.done) / job.total : 0;
  }).then(
    () => location.reload(),
    () => location.reload(),
  );
}
