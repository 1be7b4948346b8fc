// Reads values off a chart by pointer, touch and arrow keys. The values are those of the table beside it, so they are there only once.
const STEPS = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -Infinity, End: Infinity };

/** Makes the charts of the page readable. What is drawn may be exchanged at any time. */
export function readCharts() {
  for (const chart of document.querySelectorAll("[data-chart]")) {
    read(chart);
  }
}

function part(cell, selector) {
  return cell.querySelector(selector)?.textContent ?? "";
}

function read(chart) {
  const said = document.createElement("p");
  said.className = "reading small quiet no-print";
  said.setAttribute("aria-live", "polite");
  said.textContent = chart.dataset.hint;
  chart.firstElementChild.after(said);
  chart.tabIndex = 0;
  chart.setAttribute("role", "group");
  chart.setAttribute("aria-label", chart.dataset.label);
  let moment = null;

  /** The rows of the table, the earliest first. */
  function rows() {
    return [...chart.parentElement.querySelectorAll("tr[data-x]")].reverse();
  }

  function show(row) {
    moment = row.querySelector("time").dateTime;
    const heads = [...row.closest("table").querySelectorAll("thead th")].slice(1);
    const values = [...row.cells].slice(1).map((cell, index) => {
      const unit = part(heads[index], ".unit");
      const extent = part(cell, ".extent");
      const value = part(cell, "span");
      const text = value ? `${value}${unit && `\u00a0${unit}`}${extent && ` (${extent})`}` : "–";
      return heads.length > 1 ? `${part(heads[index], "span")}: ${text}` : text;
    });
    said.classList.remove("quiet");
    said.textContent = `${row.querySelector("time").textContent}: ${values.join("; ")}`;
    for (const line of chart.querySelectorAll(".cursor")) {
      line.setAttribute("x1", `${row.dataset.x / 10}%`);
      line.setAttribute("x2", `${row.dataset.x / 10}%`);
    }
    row.closest("tbody").querySelector("[aria-current]")?.removeAttribute("aria-current");
    row.setAttribute("aria-current", "true");
  }

  chart.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    const all = rows();
    if (step === undefined || all.length === 0 || event.target !== chart) {
      return;
    }
    event.preventDefault();
    const at = all.findIndex((row) => row.querySelector("time").dateTime === moment);
    const next = at < 0 ? all.length - 1 : Math.max(0, Math.min(all.length - 1, at + step));
    show(all[next]);
  });

  function point(event) {
    const panel = event.target.closest?.(".panel") ?? chart.querySelector(".panel");
    const frame = panel?.getBoundingClientRect();
    const all = rows();
    if (!frame || all.length === 0 || event.clientY > chart.querySelector(".time-axis").getBoundingClientRect().bottom) {
      return;
    }
    const x = (1000 * (event.clientX - frame.left)) / frame.width;
    show(all.reduce((best, row) => (Math.abs(row.dataset.x - x) < Math.abs(best.dataset.x - x) ? row : best)));
  }

  chart.addEventListener("pointermove", point);
  chart.addEventListener("pointerdown", point);
}
