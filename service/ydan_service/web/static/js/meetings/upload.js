// Minutes dropped, chosen or pasted: sent with progress, then the reading is watched until the meeting opens.
import { data, token } from "../shell/send.js";
import { watch } from "./watch.js";

const form = document.getElementById("upload");
const words = data("upload-words");
const progress = form.querySelector(".drop-progress");
const bar = progress.querySelector("progress");
const said = progress.querySelector(".said");
const error = form.querySelector(".drop-error");
const file = form.elements.file;

function say(text, share) {
  error.hidden = true;
  progress.hidden = false;
  form.classList.add("busy");
  if (said.textContent !== text) said.textContent = text;
  bar.value = Math.round(share * 100);
}

function refuse(text) {
  progress.hidden = true;
  form.classList.remove("busy");
  error.textContent = text;
  error.hidden = false;
}

/** POST the form; `onShare` hears how much of it was sent (fetch cannot say). */
function send(onShare) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRF-Token", token());
    request.upload.addEventListener("progress", (event) => event.lengthComputable && onShare(event.loaded / event.total));
    request.addEventListener("error", () => reject(new Error(words.offline)));
    request.addEventListener("load", () => {
      let answer = {};
      try {
        answer = JSON.parse(request.responseText);
      } catch {
        answer = { detail: words.offline };
      }
      if (request.status === 401) location.assign(`/sign-in?next=${encodeURIComponent(location.pathname)}`);
      if (request.status === 201) resolve(answer);
      else reject(new Error(answer.detail ?? words.failed));
    });
    request.send(new FormData(form));
  });
}

async function start() {
  if (form.classList.contains("busy")) return;
  const chosen = file.files[0];
  if (!chosen && !form.elements.text.value.trim()) return refuse(words.none);
  if (chosen && chosen.size > Number(form.dataset.most)) return refuse(words.large);
  if (!form.reportValidity()) return;
  try {
    say(words.sending.replace("{share}", "0%"), 0);
    const answer = await send((share) => say(words.sending.replace("{share}", `${Math.round(share * 100)}%`), share));
    say(words.waiting, 0);
    await watch(answer.job_url, (job) => {
      const idle = job.state === "queued" ? words.waiting : words.reading;
      say(job.message || idle, job.total ? job.done / job.total : 0);
    });
    say(words.done, 1);
    location.assign(answer.url);
  } catch (problem) {
    refuse(problem.message || words.failed);
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  start();
});
file.addEventListener("change", () => (error.hidden = true));
for (const kind of ["dragenter", "dragover"]) {
  form.addEventListener(kind, (event) => {
    event.preventDefault();
    form.classList.add("over");
  });
}
for (const kind of ["dragleave", "drop"]) {
  form.addEventListener(kind, (event) => {
    event.preventDefault();
    if (kind === "drop" || !form.contains(event.relatedTarget)) form.classList.remove("over");
  });
}
form.addEventListener("drop", (event) => {
  const dropped = event.dataTransfer.files;
  if (dropped.length > 1) return refuse(words.one);
  if (!dropped.length) return;
  file.files = dropped;
  start();
});
