// Several opinions at once: all of the page with one tick, how many are chosen, nothing sent without any.
document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

const form = document.querySelector("#bulk");
const boxes = [...document.querySelectorAll('input[name="opinion"]')];
const all = document.querySelector("[data-all]");
const said = form?.querySelector(".picked");

function show() {
  const count = boxes.filter((box) => box.checked).length;
  all.checked = count > 0 && count === boxes.length;
  all.indeterminate = count > 0 && count < boxes.length;
  said.textContent = count ? said.dataset.some.replace("{n}", count) : said.dataset.none;
  form.classList.toggle("chosen", count > 0);
  for (const button of form.querySelectorAll('button[name="action"]')) button.disabled = count === 0;
}

if (form && all && boxes.length) {
  all.parentElement.hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    show();
  });
  for (const box of boxes) box.addEventListener("change", show);
  addEventListener("pageshow", show);
  show();
}
