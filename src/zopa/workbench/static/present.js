// The presentation: one slide at a time, by arrow keys, buttons or a swipe; the address remembers the slide.
(() => {
  "use strict";

  const slides = [...document.querySelectorAll(".slide")];
  const at = (id) => document.getElementById(id);
  if (!slides.length) return;
  document.body.classList.add("showing");
  let now = 0;

  function show(number, quiet) {
    now = Math.min(slides.length - 1, Math.max(0, number));
    slides.forEach((slide, place) => slide.toggleAttribute("data-on", place === now));
    at("show-count").textContent = `${now + 1} of ${slides.length}`;
    at("show-back").disabled = now === 0;
    at("show-on").disabled = now === slides.length - 1;
    history.replaceState(null, "", `${location.pathname}${location.search}#${now + 1}`);
    if (quiet) return;
    const heading = slides[now].querySelector("h1, h2");
    if (heading) {
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
    }
    scrollTo(0, 0);
  }

  const STEPS = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input, select, textarea, [role=region]") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in STEPS) show(now + STEPS[event.key]);
    else if (event.key === "Home") show(0);
    else if (event.key === "End") show(slides.length - 1);
    else if (event.key === " " && !event.target.closest("button, a, summary")) show(now + (event.shiftKey ? -1 : 1));
    else return;
    event.preventDefault();
  });
  at("show-back").addEventListener("click", () => show(now - 1));
  at("show-on").addEventListener("click", () => show(now + 1));
  at("show-full").addEventListener("click", () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (document.documentElement.requestFullscreen) document.documentElement.requestFullscreen();
  });

  let from = null;
  const room = at("show");
  room.addEventListener("touchstart", (event) => (from = event.touches.length === 1 ? [event.touches[0].clientX, event.touches[0].clientY] : null), { passive: true });
  room.addEventListener(
    "touchend",
    (event) => {
      if (!from || event.target.closest("[role=region], .pan")) return;
      const [across, down] = [event.changedTouches[0].clientX - from[0], event.changedTouches[0].clientY - from[1]];
      if (Math.abs(across) > 60 && Math.abs(across) > 2 * Math.abs(down)) show(now + (across < 0 ? 1 : -1));
    },
    { passive: true },
  );

  show(Number(location.hash.slice(1)) - 1 || 0, true);
})();
