// The chart of the months: stacked bars that differ by pattern as well as by shade, each a link to its opinions.
/* global Plotly */
const box = document.getElementById("trend");
const data = document.getElementById("trend-data");
const PATTERNS = ["", "/", ".", "x", "\\", "-", "|", "+"];
const SHADES = ["#0f5b57", "#7d4a00", "#1d5489", "#a3231a", "#55605f", "#1d6537", "#6b4a8a", "#9aa3a2"];

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function traces(drawn) {
  return drawn.series.map((one, at) => ({
    type: "bar",
    name: one.name.split(/[,:;]/)[0], // the whole name is in the table and under the pointer
    x: drawn.months,
    y: one.counts,
    customdata: one.links,
    hovertemplate: `%{x}: <b>%{y}</b><extra>${one.name}</extra>`,
    marker: {
      color: SHADES[at % SHADES.length],
      line: { color: colour("--surface"), width: 0.5 },
      pattern: { shape: PATTERNS[at % PATTERNS.length], fillmode: "overlay", fgcolor: "#fff", fgopacity: 1, size: 7, solidity: 0.3 },
    },
  }));
}

function layout(narrow) {
  const ink = colour("--ink");
  return {
    barmode: "stack",
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: "system-ui, sans-serif", size: 13, color: ink },
    margin: { l: 40, r: 8, t: 8, b: 48 },
    height: narrow ? 520 : 420,
    legend: narrow ? { orientation: "h", y: -0.25, traceorder: "normal" } : { traceorder: "normal" },
    xaxis: { type: "category", fixedrange: true, tickangle: narrow ? -60 : "auto" },
    yaxis: { fixedrange: true, gridcolor: colour("--line"), zerolinecolor: colour("--edge"), rangemode: "tozero" },
    bargap: 0.25,
  };
}

if (box && data && typeof Plotly !== "undefined") {
  const drawn = JSON.parse(data.textContent);
  const narrow = matchMedia("(max-width: 48rem)");
  const draw = () => Plotly.react(box, traces(drawn), layout(narrow.matches), { displayModeBar: false, responsive: true, staticPlot: false });
  box.closest("figure").hidden = false;
  await draw();
  box.on("plotly_click", (event) => {
    const link = event.points[0]?.customdata;
    if (link) location.assign(link);
  });
  narrow.addEventListener("change", draw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
}
