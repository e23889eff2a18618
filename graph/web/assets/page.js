// What a little scripting makes better on the evidence pages: names complete
// themselves, a claim that is jumped to lights up in the text, and a drawing wider
// than the screen shows its middle first.
(function () {
  "use strict";

  document.querySelectorAll("input[data-complete]").forEach(function (input, i) {
    var list = document.createElement("datalist"), timer = 0;
    list.id = "complete-" + i;
    input.setAttribute("list", list.id);
    input.after(list);
    input.addEventListener("input", function () {
      clearTimeout(timer);
      timer = setTimeout(function () {
        if (input.value.length < 2) return;
        fetch("/api/complete?q=" + encodeURIComponent(input.value)).then(function (r) { return r.json(); }).then(function (found) {
          list.replaceChildren.apply(list, found.map(function (e) {
            var option = document.createElement("option");
            option.value = e.id;
            option.label = e.name + (e.type ? " (" + e.type + ")" : "");
            return option;
          }));
        }).catch(function () { /* no completion, then */ });
      }, 150);
    });
  });

  document.querySelectorAll(".drawing .center").forEach(function (box) {
    var scroll = box.closest(".scroll"), at = box.getBoundingClientRect(), seen = scroll.getBoundingClientRect();
    scroll.scrollLeft += at.left + at.width / 2 - seen.left - seen.width / 2;
  });

  function light(id, on) {
    document.querySelectorAll('.text a[href="#' + CSS.escape(id) + '"]').forEach(function (a) { a.classList.toggle("lit", on); });
  }
  document.querySelectorAll(".note").forEach(function (note) {
    ["mouseenter", "focusin"].forEach(function (e) { note.addEventListener(e, function () { light(note.id, true); }); });
    ["mouseleave", "focusout"].forEach(function (e) { note.addEventListener(e, function () { light(note.id, false); }); });
  });
})();
