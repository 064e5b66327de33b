// On every page: shortcuts, menus that close, a question before what cannot be taken back, forms sent once.
import { listen } from "./keys.js";

document.documentElement.classList.add("scripted");

for (const form of document.querySelectorAll("form")) {
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    const question = event.submitter?.dataset.ask ?? form.dataset.ask;
    if (question && !confirm(question)) {
      event.preventDefault();
    } else if (form.dataset.sent === "yes") {
      event.preventDefault();
    } else if (form.method === "post") {
      form.dataset.sent = "yes";
      setTimeout(() => delete form.dataset.sent, 3000); // a download leaves the page as it is
    }
  });
}
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

for (const menu of document.querySelectorAll("details.account")) {
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

for (const entry of document.querySelectorAll("[data-submits]")) {
  entry.addEventListener("change", () => entry.form.requestSubmit());
}

for (const button of document.querySelectorAll("[data-prints]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

document.querySelector(".menu [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
listen();
