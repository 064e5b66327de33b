// Drawing up takes a second or more: say so, and let nobody press twice.
const words = document.querySelector(".papers").dataset;

for (const form of document.querySelectorAll("form.make")) {
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    form.classList.add("busy");
    const button = event.submitter ?? form.querySelector("button");
    button.lastChild.textContent = words.making;
  });
}
addEventListener("pageshow", (event) => event.persisted && location.reload());
