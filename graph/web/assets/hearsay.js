// What Cayley's pages get from hearsay: the page and the query to open with,
// the values of parameters, and nodes and edges that a reader can read.
(function () {
  "use strict";

  var block = document.getElementById("prepared");
  var prepared = block ? JSON.parse(block.textContent) : null;
  if (prepared && prepared.text) {
    localStorage.setItem("LAST_QUERY", JSON.stringify({ text: prepared.text, language: "gizmo" }));
  }

  var names = new Map(); // id -> readable name, as far as known
  var asked = new Set();

  // idOf reads a node as Cayley gives it: {"@id": …}, {"@value": …}, "<iri>" or a plain value.
  function idOf(value) {
    if (value === null || value === undefined) return null;
    if (typeof value === "object") {
      if ("@id" in value) return String(value["@id"]);
      return "@value" in value ? JSON.stringify(value["@value"]) : JSON.stringify(value);
    }
    if (typeof value === "string") {
      var iri = /^<(.+)>$/.exec(value);
      if (iri) return iri[1];
      return value.startsWith("_:") ? value : JSON.stringify(value);
    }
    return JSON.stringify(value);
  }

  function textOf(value) {
    if (value === null || value === undefined) return "";
    if (typeof value === "object") return String("@value" in value ? value["@value"] : value["@id"] || "");
    return String(value).replace(/^<(.+)>$/, "$1");
  }

  function isIRI(id) { return /^[a-z][a-z0-9+.-]*:/i.test(id); }

  function shortName(id) {
    if (!isIRI(id)) return id.replace(/^"|"$/g, "");
    return decodeURIComponent(id.replace(/%(?![0-9a-f]{2})/gi, "%25")).replace(/^.*[#/:](?=.)/, "");
  }

  function nameOf(id) { return names.get(id) || shortName(id); }

  function cut(text, length) {
    var chars = Array.from(text);
    return chars.length > length ? chars.slice(0, length - 1).join("") + "…" : text;
  }

  // rows turns a query's result into edges: {source, target, edge, slot}, those
  // from one node to another as one, and asks the server for the names that the
  // rows don't bring along.
  function rows(result) {
    var pairs = new Map(), edges = new Map();
    result.forEach(function (row) {
      if (!row || typeof row !== "object" || !("source" in row) || !("target" in row)) return;
      var s = idOf(row.source), t = idOf(row.target);
      if (s === null || t === null) return;
      if (row.source_name) names.set(s, textOf(row.source_name));
      if (row.target_name) names.set(t, textOf(row.target_name));
      var key = s + "\n" + t, edge = edges.get(key), what = textOf(row.edge);
      if (edge) {
        if (what && edge.edges.indexOf(what) < 0) edge.edges.push(what);
        return;
      }
      var pair = s < t ? key : t + "\n" + s;
      edges.set(key, { source: s, target: t, edges: what ? [what] : [], slot: pairs.get(pair) || 0 });
      pairs.set(pair, (pairs.get(pair) || 0) + 1);
    });
    var list = Array.from(edges.values());
    askNames(list);
    return list;
  }

  function askNames(edges) {
    var want = [];
    edges.forEach(function (e) {
      [e.source, e.target].forEach(function (id) {
        if (isIRI(id) && !names.has(id) && !asked.has(id)) { asked.add(id); want.push(id); }
      });
    });
    for (var i = 0; i < want.length; i += 50) {
      var query = new URLSearchParams();
      want.slice(i, i + 50).forEach(function (id) { query.append("id", id); });
      fetch("/api/names?" + query).then(function (r) { return r.json(); }).then(function (found) {
        Object.keys(found).forEach(function (id) { names.set(id, found[id]); });
        relabel();
      }).catch(function () { /* the short names stay */ });
    }
  }

  // relabel writes names that came after the drawing had settled.
  function relabel() {
    document.querySelectorAll(".graph [data-id]").forEach(function (g) {
      var id = g.getAttribute("data-id");
      g.querySelector("text").textContent = cut(nameOf(id), 34);
      g.querySelector("title").textContent = nameOf(id) + "\n" + id;
    });
  }

  function kindOf(id) {
    if (!isIRI(id)) return "literal";
    if (/^hs:prop\//.test(id)) return "proposition";
    if (/^hs:claim\//.test(id)) return "claim";
    if (/^hs:doc\/[^#]*$/.test(id)) return "document";
    return "entity";
  }

  // pull draws a node towards the middle, a little at each step of the layout:
  // parts that nothing connects would drift out of sight.
  function pull(n) {
    var frame = document.querySelector(".graph");
    if (!frame || typeof n.vx !== "number") return;
    n.vx += (frame.clientWidth / 2 - n.x) * 0.012;
    n.vy += (frame.clientHeight / 2 - n.y) * 0.02;
  }

  function node(React, n) {
    var h = React.createElement, kind = kindOf(n.id);
    pull(n);
    var shape = kind === "proposition" || kind === "claim"
      ? h("rect", { x: -6, y: -6, width: 12, height: 12, rx: 2 }) : h("circle", { r: 7 });
    var body = [h("title", { key: "t" }, nameOf(n.id) + "\n" + n.id), h("g", { key: "s" }, shape),
      h("text", { key: "l", x: 11, dy: "0.32em" }, cut(nameOf(n.id), 34))];
    var attrs = { className: "node " + kind, "data-id": n.id };
    if (!isIRI(n.id)) return h("g", attrs, body);
    return h("g", attrs, h("a", { href: "/node?id=" + encodeURIComponent(n.id) }, body));
  }

  function link(React, l) {
    var h = React.createElement, s = l.source, t = l.target;
    var dx = t.x - s.x, dy = t.y - s.y, length = Math.hypot(dx, dy);
    var className = "edge " + (l.edges[0] || "").replace(/[^a-z-]/gi, ""), label = l.edges.join(", ");
    if (!(length > 1)) {
      return h("g", { className: className }, h("circle", { cx: s.x, cy: s.y - 14, r: 12 }),
        h("text", { x: s.x, y: s.y - 30 }, label));
    }
    var ux = dx / length, uy = dy / length, tipX = t.x - ux * 10, tipY = t.y - uy * 10;
    var arrow = [[tipX, tipY], [tipX - ux * 9 - uy * 4, tipY - uy * 9 + ux * 4],
      [tipX - ux * 9 + uy * 4, tipY - uy * 9 - ux * 4]];
    // Edges between the same two nodes take turns along the line.
    var at = 0.5 + (l.slot % 2 ? 1 : -1) * Math.ceil(l.slot / 2) * 0.14;
    return h("g", { className: className },
      h("line", { x1: s.x + ux * 8, y1: s.y + uy * 8, x2: tipX, y2: tipY }),
      h("polygon", { points: arrow.map(function (p) { return p.join(","); }).join(" ") }),
      h("text", { x: s.x + dx * at, y: s.y + dy * at - 4 }, label));
  }

  // notice says why there is no drawing.
  function notice(React, result) {
    if (result.error) {
      return React.createElement("p", { className: "notice failed", role: "alert" }, textOf(result.error));
    }
    return React.createElement("p", { className: "notice", role: "status" },
      "Nothing found. A drawing needs rows with source and target: tag them, or open one of the saved queries marked ✎.");
  }

  // fit keeps the whole drawing in sight; what would be too small to read then is
  // scrolled.
  var SMALLEST = 0.75;
  function fit() {
    var svg = document.querySelector(".graph svg");
    if (!svg || !svg.firstElementChild) return;
    var frame = svg.parentElement, box = svg.firstElementChild.getBBox(), pad = 24;
    var width = frame.clientWidth, height = frame.clientHeight;
    if (!width || !height || !box.width) return;
    var w = box.width + 2 * pad, h = box.height + 2 * pad;
    var scale = Math.min(1, Math.max(SMALLEST, Math.min(width / w, height / h)));
    var x = box.x + box.width / 2, y = box.y + box.height / 2;
    w = Math.max(w, width / scale);
    h = Math.max(h, height / scale);
    svg.setAttribute("viewBox", [x - w / 2, y - h / 2, w, h].map(Math.round).join(" "));
    svg.style.width = Math.round(w * scale) + "px";
    svg.style.height = Math.round(h * scale) + "px";
    if (!svg.dataset.shown && frame.scrollWidth > width) frame.scrollLeft = (frame.scrollWidth - width) / 2;
    if (!svg.dataset.shown && frame.scrollHeight > height) frame.scrollTop = (frame.scrollHeight - height) / 2;
    frame.tabIndex = 0;
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", "Drawing of the result: " + svg.querySelectorAll(".node").length +
      " nodes, " + svg.querySelectorAll(".edge").length + " edges");
  }
  document.addEventListener("pointerdown", function (e) { // from here on the reader scrolls
    var svg = document.querySelector(".graph svg");
    if (svg && svg.parentElement.contains(e.target)) svg.dataset.shown = "1";
  });
  document.addEventListener("wheel", function () {
    var svg = document.querySelector(".graph svg");
    if (svg) svg.dataset.shown = "1";
  }, { passive: true });
  setInterval(fit, 150);
  window.addEventListener("hashchange", function () { location.reload(); }); // another page of the same query

  window.hearsay = {
    prepared: prepared,
    values: prepared && prepared.values ? prepared.values : {},
    page: /^#visualize\b/.test(location.hash) ? "visualize" : "query",
    links: [{ href: "/ask", text: "Saved queries" }, { href: "/disputes", text: "Disputes" },
      { href: "/entities", text: "Entities" }, { href: "/documents", text: "Documents" },
      { href: "/search", text: "Search" }],
    parameters: function (base) {
      var query = new URLSearchParams(base), values = window.hearsay.values;
      Object.keys(values).forEach(function (k) { if (values[k] !== "") query.set("param." + k, values[k]); });
      return query;
    },
    rows: rows, node: node, link: link, notice: notice
  };
})();
