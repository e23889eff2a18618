// A small editor behind the part of Monaco's interface that Cayley's pages use:
// a text area with its text coloured behind it, the saved queries to choose
// from, and a field for each parameter of the query. It asks for nothing from
// anywhere else.
(function () {
  "use strict";

  var hearsay = window.hearsay;
  var ENTER = 3, CTRL = 2048; // Monaco's numbers

  function make(tag, attrs, children) {
    var el = document.createElement(tag);
    Object.keys(attrs || {}).forEach(function (k) {
      if (k in el && k !== "list") el[k] = attrs[k]; else el.setAttribute(k, attrs[k]);
    });
    (children || []).forEach(function (c) { el.append(c); });
    return el;
  }

  var TOKENS = {
    javascript: /(\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*)|("(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?)|\b(var|let|const|function|return|if|else|for|while|in|of|new|true|false|null|undefined)\b|\b(\d+(?:\.\d+)?)\b/g,
    json: /(\/\/[^\n]*$^)|("(?:[^"\\\n]|\\.)*"?)|\b(true|false|null)\b|(-?\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\b/g,
    nquads: /(#[^\n]*)|("(?:[^"\\\n]|\\.)*"?)|(<[^>\n]*>)|(\b\d+\b)/g
  };
  var CLASSES = [null, "comment", "string", "keyword", "number"];

  // colour fills the element with the text in coloured pieces; IRIs in strings
  // become links where links is set.
  function colour(el, text, language, links) {
    var pattern = TOKENS[language] || TOKENS.json, last = 0, parts = [];
    if (text.length > 400000) { el.textContent = text; return; }
    text.replace(pattern, function (piece) {
      var at = arguments[arguments.length - 2];
      parts.push(text.slice(last, at));
      for (var i = 1; i < CLASSES.length; i++) {
        if (arguments[i] !== undefined) { parts.push(token(piece, CLASSES[i], links)); break; }
      }
      last = at + piece.length;
      return piece;
    });
    parts.push(text.slice(last));
    el.replaceChildren.apply(el, parts);
  }

  function token(piece, className, links) {
    var span = make("span", { className: "tok-" + className, textContent: piece });
    var iri = links && className === "string" && /^"<?([a-z][a-z0-9+.-]*:[^<>\s"\\]+)>?"$/i.exec(piece);
    if (!iri) return span;
    return make("a", { href: "/node?id=" + encodeURIComponent(iri[1]) }, [span]);
  }

  // ---- saved queries and their parameters

  var saved = fetch("/api/queries").then(function (r) { return r.json(); })
    .then(function (list) { return Array.isArray(list) ? list : []; }).catch(function () { return []; });

  // paramsOf reads the parameters out of a script's header.
  function paramsOf(text) {
    var header = /^\s*\/\*\*([\s\S]*?)\*\//.exec(text), params = [];
    if (!header) return params;
    header[1].replace(/@param\s+\{([^}]*)\}\s+(?:(\w+)|\[(\w+)(?:=([^\]]*))?\])(?:\s+-\s+(.*))?/g,
      function (_, type, must, may, value, about) {
        params.push({ type: type, name: must || may, optional: !!may, value: value || "", about: about || "" });
      });
    return params;
  }

  function field(p) {
    var input, value = hearsay.values[p.name] || "";
    if (p.type.indexOf("|") >= 0 || p.type === "boolean") {
      input = make("select", {});
      var choices = p.type === "boolean" ? ["true", "false"] : p.type.split("|");
      [""].concat(choices).forEach(function (c) { input.append(make("option", { value: c, textContent: c || "(any)" })); });
      input.value = value;
    } else {
      input = make("input", { type: p.type === "integer" || p.type === "number" ? "number" : p.type === "date" ? "date" : "text",
        value: value, placeholder: p.value || (p.optional ? "any" : p.type), title: p.about, spellcheck: false, autocomplete: "off" });
    }
    var list = p.type === "entity" ? complete(input) : "";
    input.name = p.name;
    input.addEventListener("input", function () { hearsay.values[p.name] = input.value; });
    return make("label", { title: p.about }, [p.name + (p.optional ? "" : " *"), input, list]);
  }

  var lists = 0;

  // complete offers entities whose names begin like what is written.
  function complete(input) {
    var list = make("datalist", { id: "entities-" + (++lists) }), timer = 0;
    input.setAttribute("list", list.id);
    input.addEventListener("input", function () {
      clearTimeout(timer);
      timer = setTimeout(function () {
        if (input.value.length < 2) return;
        fetch("/api/complete?q=" + encodeURIComponent(input.value)).then(function (r) { return r.json(); })
          .then(function (found) {
            list.replaceChildren.apply(list, found.map(function (e) {
              return make("option", { value: e.id, label: e.name + (e.type ? " (" + e.type + ")" : "") });
            }));
          }).catch(function () { /* no completion, then */ });
      }, 150);
    });
    return list;
  }

  function toolbar(editor) {
    var choose = make("select", {}, [make("option", { value: "", textContent: "choose…" })]);
    var fields = make("div", { className: "fields" });
    var bar = make("div", { className: "saved" }, [make("label", {}, ["Saved query", choose]), fields]);
    var list = [], shown = null;
    saved.then(function (queries) {
      list = queries;
      queries.forEach(function (q) {
        choose.append(make("option", { value: q.name, textContent: q.name + (q.draws ? " ✎" : ""), title: q.description }));
      });
      refresh();
    });
    choose.addEventListener("change", function () {
      var q = list.find(function (q) { return q.name === choose.value; });
      if (!q) return;
      hearsay.values = Object.assign({}, (q.examples || [])[0]);
      editor.setValue(q.source);
    });
    function refresh() {
      var text = editor.getValue(), params = paramsOf(text), key = JSON.stringify(params);
      var name = (/@query\s+([\w-]+)/.exec(text) || [])[1] || "";
      choose.value = list.some(function (q) { return q.name === name; }) ? name : "";
      if (shown === key) return;
      shown = key;
      var names = params.map(function (p) { return p.name; });
      Object.keys(hearsay.values).forEach(function (k) { if (names.indexOf(k) < 0) delete hearsay.values[k]; });
      fields.replaceChildren.apply(fields, params.map(field));
    }
    return { element: bar, refresh: function () { shown = null; refresh(); }, update: refresh };
  }

  // ---- the editor

  function create(container, options) {
    var language = options.language, listeners = [], actions = new Map(), bar = null;
    var back = make("pre", { "aria-hidden": "true" });
    var area = make("textarea", { spellcheck: false, autocapitalize: "off", wrap: "off", value: options.value || "",
      "aria-label": language === "nquads" ? "N-Quads" : "Query" });
    area.setAttribute("autocorrect", "off");
    var viewer = make("pre", { tabIndex: 0, className: "viewer", "aria-label": "Result" });
    viewer.setAttribute("role", "region");
    var frame = make("div", { className: "hearsay-editor" + (options.readOnly ? " read-only" : "") },
      options.readOnly ? [viewer] : [make("div", { className: "text" }, [back, area])]);
    var text = options.value || "";

    function paint() {
      if (options.readOnly) { colour(viewer, text, language, true); return; }
      colour(back, area.value + "\n", language, false);
      back.scrollTop = area.scrollTop;
      back.scrollLeft = area.scrollLeft;
    }
    function changed() {
      text = area.value;
      paint();
      if (bar) bar.update();
      listeners.forEach(function (f) { f({}); });
    }
    area.addEventListener("input", changed);
    area.addEventListener("scroll", function () { back.scrollTop = area.scrollTop; back.scrollLeft = area.scrollLeft; });
    frame.addEventListener("keydown", function (e) {
      if (e.key !== "Enter" || !(e.ctrlKey || e.metaKey)) return;
      actions.forEach(function (a) {
        if ((a.keybindings || []).indexOf(CTRL | ENTER) >= 0) { e.preventDefault(); a.run(editor); }
      });
    });

    var editor = {
      getValue: function () { return options.readOnly ? text : area.value; },
      setValue: function (value) {
        if (value === undefined || value === null) return; // Cayley does so when the language changes
        text = value;
        if (options.readOnly) { paint(); return; }
        area.value = value;
        area.scrollTop = 0;
        if (bar) bar.refresh();
        changed();
      },
      onDidChangeModelContent: function (f) {
        listeners.push(f);
        return { dispose: function () { listeners = listeners.filter(function (g) { return g !== f; }); } };
      },
      addAction: function (a) {
        var first = !actions.has(a.id);
        actions.set(a.id, a);
        // A prepared query runs at once on each page, as long as it is what it was.
        if (first && hearsay.prepared && hearsay.prepared.run && editor.getValue() === hearsay.prepared.text) {
          setTimeout(function () { actions.get(a.id).run(editor); }, 0);
        }
        return { dispose: function () { actions.delete(a.id); } };
      },
      executeEdits: function (_, edits) { edits.forEach(function (e) { editor.setValue(e.text); }); return true; },
      getModel: function () {
        return { getFullModelRange: function () { return {}; }, getValue: editor.getValue, setValue: editor.setValue,
          language: function (l) { language = l; paint(); } };
      },
      updateOptions: function () {}, setScrollPosition: function () {}, pushUndoStop: function () {},
      layout: function () {}, focus: function () { area.focus(); },
      dispose: function () { frame.remove(); }
    };
    if (!options.readOnly && language !== "nquads") {
      bar = toolbar(editor);
      frame.prepend(bar.element);
    }
    container.append(frame);
    paint();
    return editor;
  }

  window.monaco = {
    editor: {
      create: create,
      createModel: function (value) { return { getValue: function () { return value; } }; },
      setModelLanguage: function (model, language) { if (model && model.language) model.language(language); },
      setTheme: function () {}, defineTheme: function () {}
    },
    languages: { typescript: { ScriptTarget: { ES5: 1 },
      javascriptDefaults: { setCompilerOptions: function () {}, addExtraLib: function () {} } } },
    KeyMod: { CtrlCmd: CTRL },
    KeyCode: { Enter: ENTER }
  };
})();
