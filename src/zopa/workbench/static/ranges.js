// Sliders with one or two thumbs over one track; the keyboard works as on every slider, Shift makes larger steps.
//
// Markup: native sliders with the same `min`, `max` and `step` laid over one another; the first is the low end.
//   <span class="two">                                       with one thumb: class="two one"
//     <span class="two-track" aria-hidden="true"><span class="two-part"></span></span>
//     <input type="range" data-thumb="0" min="0" max="100" step="0.1" value="20" aria-label="Weight of aid, low end">
//     <input type="range" data-thumb="1" min="0" max="100" step="0.1" value="40" aria-label="Weight of aid, high end">
//   </span>
// The low end never passes the high end: the thumb that moves stops at the other one.  `input` and `change` come from the
// native sliders.  The style stands in numbers.css.  What is put into the page later: `zopaRanges.all(element)`.
(() => {
  "use strict";

  /** Draw the part of the track between the thumbs. */
  function paint(box) {
    const thumbs = box.querySelectorAll("input[type=range]");
    const part = box.querySelector(".two-part");
    if (!part || !thumbs.length) return;
    const { min, max } = thumbs[0];
    const share = (one) => (100 * (Number(one.value) - min)) / (max - min || 1);
    const low = thumbs.length > 1 ? share(thumbs[0]) : 0;
    const high = share(thumbs[thumbs.length - 1]);
    part.style.left = `${low}%`;
    part.style.width = `${Math.max(0, high - low)}%`;
    // Where both stand at the right end the lower one is on top, so that it can be taken back.
    if (thumbs.length > 1) thumbs[0].style.zIndex = Number(thumbs[0].value) > (Number(min) + Number(max)) / 2 ? 3 : 1;
  }

  const all = (root = document) => root.querySelectorAll(".two").forEach(paint);

  document.addEventListener("input", (event) => {
    const box = event.target.closest(".two");
    if (!box || !event.target.matches("input[type=range]")) return;
    const thumbs = box.querySelectorAll("input[type=range]");
    if (thumbs.length > 1 && Number(thumbs[0].value) > Number(thumbs[1].value)) {
      const other = event.target === thumbs[0] ? thumbs[1] : thumbs[0];
      event.target.value = other.value;
    }
    paint(box);
  }, true);

  document.addEventListener("keydown", (event) => {
    const one = event.target;
    if (!one.matches(".two input[type=range]") || !event.shiftKey || !/^Arrow/.test(event.key)) return;
    const way = event.key === "ArrowRight" || event.key === "ArrowUp" ? 1 : -1;
    const step = one.step === "any" ? (one.max - one.min) / 400 : Number(one.step);
    one.value = Number(one.value) + way * step * 10;
    event.preventDefault();
    one.dispatchEvent(new Event("input", { bubbles: true }));
    one.dispatchEvent(new Event("change", { bubbles: true }));
  });

  window.zopaRanges = { all, paint };
  all();
})();
