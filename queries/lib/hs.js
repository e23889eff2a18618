// The library of the saved queries: the terms that they use, and rows that
// people can read. A node is an IRI in angle brackets, as Gizmo writes it.
var hs = (function () {
  var RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", SCHEMA = "http://schema.org/";
  var TYPE = "<" + RDF + "type>", SUBJECT = "<" + RDF + "subject>", PREDICATE = "<" + RDF + "predicate>",
    OBJECT = "<" + RDF + "object>", LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>",
    FROM = "<http://www.w3.org/ns/prov#wasDerivedFrom>",
    NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#";
  var TEXT = "<" + NIF + "anchorOf>", IN = "<" + NIF + "referenceContext>", STRING = "<" + NIF + "isString>";
  var ROLES = ["<hs:time>", "<hs:place>", "<hs:instrument>", "<hs:manner>", "<hs:argument>"];

  // The program answers some of this itself, from memory or from its indexes, where
  // it can.
  var known = typeof native === "object" ? native : null;

  // all gives the different values of a path, sorted: text before numbers.
  function all(path) {
    var values = path.unique().toArray() || [], out = [];
    for (var i = 0; i < values.length; i++) out.push(plain(values[i]));
    return out.sort(compare);
  }
  function compare(a, b) { return a < b ? -1 : a > b ? 1 : 0; }

  // plain turns a value into one that scripts compare: a node into its IRI in
  // angle brackets (also where a client asked for JSON-LD), a time, which is in
  // UTC, into text as 2017-05-15T08:00:00Z.
  function plain(v) {
    if (v === null || typeof v !== "object") return v;
    if ("@id" in v) return /^_:/.test(v["@id"]) ? v["@id"] : "<" + v["@id"] + ">";
    if ("@value" in v) return /#(integer|int|long|double|float|decimal)$/.test(v["@type"]) ? Number(v["@value"]) : String(v["@value"]);
    if (v.toISOString) return v.toISOString().replace(/\.000Z$/, "Z");
    return v.format ? v.format("2006-01-02T15:04:05Z07:00") : v;
  }

  // tags gives the rows of a path, plain.
  function tags(path) {
    return (path.tagArray() || []).map(function (row) {
      var out = {};
      for (var k in row) out[k] = plain(row[k]);
      return out;
    });
  }

  // any reports whether a path leads anywhere.
  function any(path) { return (path.limit(1).toArray() || []).length > 0; }

  // out gives what one or several predicates lead to from one or several nodes, and
  // into what leads there by them: the different values, sorted.
  function out(nodes, predicates) { return step(nodes, "out", predicates); }
  function into(nodes, predicates) { return step(nodes, "in", predicates); }
  function step(nodes, way, predicates) {
    var answer = known && known.step(nodes, way, predicates);
    if (answer) return answer;
    var list = [].concat(nodes), found = {}, values = [];
    for (var i = 0; i < list.length; i += PATH) {
      var path = g.V.apply(g, list.slice(i, i + PATH));
      values = values.concat(all(way === "in" ? path.in(predicates) : path.out(predicates)));
    }
    return list.length <= PATH ? values : values.filter(function (v) {
      var first = !found[v];
      found[v] = true;
      return first;
    }).sort(compare);
  }
  var PATH = 500; // nodes that one path begins at

  // having gives of a list of nodes those that have the value in one of the
  // predicates, or any value.
  function having(nodes, predicates, value) {
    var answer = known && (value === undefined ? known.having(nodes, predicates) : known.having(nodes, predicates, value));
    if (answer) return answer;
    var found = {};
    for (var i = 0; i < nodes.length; i += PATH) {
      tags(g.V.apply(g, nodes.slice(i, i + PATH)).tag("node").out(predicates)).forEach(function (row) {
        if (value === undefined || row.id === value) found[row.node] = true;
      });
    }
    return nodes.filter(function (n) { return found[n]; });
  }

  // grouped gives lists of nodes by the text that a predicate leads to, "" for none.
  function grouped(nodes, predicate) {
    var groups = known && known.grouped(nodes, predicate);
    if (groups) return groups;
    groups = {};
    nodes.forEach(function (n) {
      var value = get(n, predicate);
      value = value === null ? "" : value;
      (groups[value] = groups[value] || []).push(n);
    });
    return groups;
  }

  // get gives the first value of a node's predicate, null for none.
  function get(node, predicate) {
    if (!node) return null;
    var values = out(node, predicate);
    return values.length ? values[0] : null;
  }

  // properties gives everything that a node has, in one go: lists of values, sorted,
  // by predicate.
  function properties(node) {
    var out = {}, seen = {};
    tags(g.V(node).out(null, "predicate")).forEach(function (row) {
      var key = row.predicate + "\n" + row.id;
      if (seen[key]) return;
      seen[key] = true;
      (out[row.predicate] = out[row.predicate] || []).push(row.id);
    });
    for (var k in out) out[k].sort(compare);
    return out;
  }

  // first gives the first value of a list that may be missing, null for none.
  function first(list) { return list && list.length ? list[0] : null; }

  // A regular expression that stands in a function is made anew with each call.
  var NODE = /^<.+>$/, CLAIM = /^<hs:claim\//, PROPOSITION = /^<hs:prop\//, SPACES = /\s+/g;
  function isNode(v) { return typeof v === "string" && NODE.test(v); }

  // short makes a name out of an IRI that has no label.
  function short(node) {
    var s = String(node);
    if (s[0] === "<" && s[s.length - 1] === ">") s = s.slice(1, -1);
    for (var i = s.length - 2; i >= 0; i--) if (s[i] === "#" || s[i] === "/" || s[i] === ":") return s.slice(i + 1);
    return s;
  }

  var names = {};
  // name gives a node's label, else a short form of its IRI.
  function name(node) {
    if (node === null || node === undefined) return null;
    if (!isNode(node)) return String(node);
    if (!(node in names)) names[node] = known && known.name(node) || get(node, LABEL) || short(node);
    return names[node];
  }

  var DATE = "<" + SCHEMA + "datePublished>";
  var documents = {};
  // doc gives what a reader wants to know of a document.
  function doc(node) {
    if (!(node in documents)) {
      documents[node] = known && known.document(node) || { document: node, headline: get(node, "<" + SCHEMA + "headline>") || name(node), outlet: get(node, "<" + SCHEMA + "publisher>"),
        date: get(node, DATE), url: get(node, "<" + SCHEMA + "url>") };
    }
    return documents[node];
  }

  // statements are the nodes that a claim about the node may have as content:
  // itself, and the propositions that it takes part in.
  function statements(node) {
    return [node].concat(into(node, [SUBJECT, OBJECT]), into(into(node, ROLES), FROM));
  }

  // claimsAbout are the claims on what a node (an entity, a topic, a proposition or
  // another claim) stands for, and the claims on these claims.
  function claimsAbout(node) { return ofAll(node, claimsAboutNode); }
  function claimsAboutNode(node) {
    var answer = known && known.claimsAbout(node);
    if (answer) return answer;
    var found = {}, list = [], next = [];
    function take(claims) {
      claims.forEach(function (c) { if (!found[c]) { found[c] = true; list.push(c); next.push(c); } });
    }
    take(into(statements(node), "<hs:content>").concat(into(node, ["<hs:target>", "<hs:topic>"])));
    while (next.length) {
      var now = next;
      next = [];
      take(into(now, "<hs:content>"));
    }
    return list;
  }

  var SAME = "<http://www.w3.org/2002/07/owl#sameAs>", NAMESAKE = "<hs:namesakeOf>";

  // identities gives {predicate, other, back} for what the documents together say
  // about who a node is: back where the node is what the edge leads to.
  function identities(node) {
    var list = known && known.identities(node);
    if (list) return list;
    list = [];
    [false, true].forEach(function (back) {
      [SAME, NAMESAKE].forEach(function (p) {
        step(node, back ? "in" : "out", p).forEach(function (other) { list.push({ predicate: p, other: other, back: back }); });
      });
    });
    return list;
  }

  var PARTS = /^<hs:(claim|prop|doc|link)\//, selves = {};
  // self gives what a node stands for: nodes, itself and those that are the same;
  // of, the nodes with which these are mentioned; and of one of several who share
  // a name, documents, the set of those in which the name is its own. A shared name
  // itself stands for everybody who bears it; where it is the same as another node,
  // elsewhere tells, by node, the documents in which it is somebody else's.
  function self(node) {
    if (node in selves) return selves[node];
    var s = selves[node] = { nodes: [node], of: [node], documents: null, elsewhere: {}, is: {} };
    for (var i = 0; isNode(node) && !PARTS.test(node) && i < s.nodes.length; i++) {
      identities(s.nodes[i]).forEach(function (l) {
        if (l.predicate === SAME) add(s.nodes, l.other);
        else if (!l.back && s.nodes[i] === node) { s.documents = set(out(node, FROM)); add(s.of, l.other); }
        else if (l.back && s.nodes[i] !== node) Object.assign(s.elsewhere[s.nodes[i]] = s.elsewhere[s.nodes[i]] || {}, set(out(l.other, FROM)));
      });
    }
    s.nodes.forEach(function (n) { add(s.of, n); });
    s.is = set(s.of);
    return s;
  }
  function add(list, v) { if (list.indexOf(v) < 0) list.push(v); }
  function set(list) {
    var out = {};
    list.forEach(function (v) { out[v] = true; });
    return out;
  }

  // nodes gives a node and those that are the same.
  function nodes(node) { return self(node).nodes; }

  // mentioned gives the nodes by which documents speak of what a node stands for.
  function mentioned(node) { return self(node).of; }

  // is tells whether a node, as a document has it, stands for what another one, that
  // somebody asks about, stands for.
  function is(node, asked, document) {
    if (node === asked) return true;
    var s = self(asked);
    if (!(node in s.is)) return false;
    return s.documents ? document in s.documents : !(s.elsewhere[node] && document in s.elsewhere[node]);
  }

  // ofAll gives the claims that one function gives for each node by which documents
  // speak of what a node stands for, without those of a namesake.
  function ofAll(node, claims) {
    var list = mentioned(node);
    if (list.length === 1) return claims(node);
    var found = {};
    list.forEach(function (n) {
      var some = claims(n);
      if (self(node).documents || self(node).elsewhere[n]) {
        some = heads(some).filter(function (head) { return is(n, node, head.document); }).map(function (head) { return head.claim; });
      }
      some.forEach(function (c) { found[c] = true; });
    });
    return Object.keys(found);
  }

  // claimsBy gives the claims of a kind of source ("named") or with a stance
  // ("denies"), of each of the list.
  function claimsBy(list) {
    var found = {};
    list.forEach(function (word) {
      (known && known.claimsBy(word) || into(word, "<hs:sourceKind>").concat(into("<hs:" + word + ">", "<hs:stance>"))).forEach(function (c) { found[c] = true; });
    });
    return Object.keys(found).sort(compare);
  }

  // claimsOn gives the claims that have just this node as content, target or topic.
  function claimsOn(node) {
    return known && known.claimsOn(node) || into(node, ["<hs:content>", "<hs:target>", "<hs:topic>"]).filter(isClaim);
  }
  function isClaim(node) { return CLAIM.test(node); }

  // contents gives what a claim's content is.
  function contents(c) { return known && known.contents(c) || out(c, "<hs:content>"); }

  // statementsAbout gives a node and the propositions that it takes part in, by
  // whatever node documents speak of it.
  function statementsAbout(node) {
    var found = {};
    mentioned(node).forEach(function (n) {
      var parts = known && known.partOf(n);
      (parts ? parts.concat([n]) : statements(n)).forEach(function (p) { found[p] = true; });
    });
    return Object.keys(found).sort(compare);
  }

  // counted gives the propositions with a number.
  function counted() {
    return known && known.counted() || into(["exact", "more-than", "at-least", "less-than", "at-most", "about"], "<hs:bound>");
  }

  // linkedBy gives the propositions that one of the predicates links to another.
  function linkedBy(predicates) {
    return known && known.linkedBy(predicates) || out(into(predicates, PREDICATE), [SUBJECT, OBJECT]).filter(function (p) { return PROPOSITION.test(p); });
  }

  // claimsOf gives the claims of a source, by whatever node documents speak of it.
  function claimsOf(source) {
    return ofAll(source, function (n) { return known && known.claimsOf(n) || into(n, "<hs:source>"); });
  }

  // statement gives the parts of a proposition: {subject, predicate, object,
  // polarity, value, bound, unit}, null for what it has not.
  function statement(p) {
    return known && known.statement(p) || { subject: get(p, SUBJECT), predicate: get(p, PREDICATE), object: get(p, OBJECT),
      polarity: get(p, "<hs:polarity>"), value: get(p, "<hs:value>"), bound: get(p, "<hs:bound>"), unit: get(p, "<hs:unit>") };
  }

  // linked gives the propositions that one of the predicates links to this one.
  function linked(p, predicates) {
    var links = known && known.links(p), found = {};
    if (links) links.forEach(function (l) { if (predicates.indexOf(l.predicate) >= 0) found[l.other] = true; });
    else out(p, predicates).concat(into(p, predicates)).forEach(function (other) { if (PROPOSITION.test(other) && other !== p) found[other] = true; });
    return Object.keys(found).sort(compare);
  }

  // edges calls fn with predicate and other node of the edges between a node and
  // others, out of it or, where way is "in", into it: those whose predicate keep lets
  // through, by predicate and node; of more than most the first that there are.
  function edges(node, way, keep, fn, most) {
    var predicates = known && known.predicates(node, way), left = most || Infinity;
    if (predicates) {
      predicates.forEach(function (p) {
        if (left > 0 && keep(p)) (most ? known.step(node, way, p, left) : known.step(node, way, p)).filter(isNode).forEach(function (id) { left--; fn(p, id); });
      });
      return;
    }
    var path = way === "in" ? g.V(node).in(null, "predicate") : g.V(node).out(null, "predicate"), seen = {};
    tags(most ? path.limit(most) : path).sort(function (a, b) { return compare(a.predicate, b.predicate) || compare(a.id, b.id); }).forEach(function (row) {
      if (!keep(row.predicate) || !isNode(row.id) || seen[row.predicate + row.id]) return;
      seen[row.predicate + row.id] = true;
      fn(row.predicate, row.id);
    });
  }

  // claimsIn counts the claims of each of a list of documents.
  function claimsIn(list) {
    var counts = {}, seen = {};
    list.forEach(function (d) { counts[d] = known && known.claimsIn(d); });
    if (!list.length || known) return counts;
    tags(g.V.apply(g, list).tag("document").in(IN).in(FROM)).forEach(function (row) {
      if (!isClaim(row.id) || seen[row.id]) return;
      seen[row.id] = true;
      counts[row.document] = (counts[row.document] || 0) + 1;
    });
    return counts;
  }

  // latestDocuments gives params.limit documents, the latest; null where all have to be
  // looked at.
  function latestDocuments() { return known && known.latestDocuments(params.limit, params.since, params.until); }

  // documentOf gives the document of a place: its IRI says it.
  function documentOf(place) {
    var m = /^(<hs:doc\/[^#>]*)#/.exec(place || "");
    return m ? m[1] + ">" : get(place, IN);
  }

  var places = {};
  // at gives the words of a place in a text, and the document they stand in.
  function at(place) {
    if (!(place in places)) {
      places[place] = { text: line(get(place, TEXT)), doc: doc(documentOf(place)) };
    }
    return places[place];
  }

  // claim gives a claim as a row: who, stance, what, and where it stands.
  function claim(id) {
    var row = known && known.claim(id);
    if (row) return row;
    var p = properties(id), source = first(p["<hs:source>"]), place = first(p[FROM]), there = at(place), d = there.doc;
    var contents = p["<hs:content>"] || [], targets = p["<hs:target>"] || [], kind = first(p["<hs:sourceKind>"]);
    var target = first(targets) || first(contents) || first(p["<hs:topic>"]) || place, stance = first(p["<hs:stance>"]);
    stance = stance && short(stance);
    var review = decision(id);
    row = { claim: id, source: source, source_name: kind === "author" ? d.outlet || d.headline : name(source), source_kind: kind,
      stance: stance, edge: stance, target: target, target_name: contentName(target), targets: targets, contents: contents,
      certainty: first(p["<hs:certainty>"]), polarity: first(p["<hs:polarity>"]), quotation: first(p["<hs:quotation>"]),
      cue: first(p["<hs:cue>"]), content: line(first(p["<hs:contentText>"])), sentence: there.text, place: place,
      document: d.document, headline: d.headline, outlet: d.outlet, date: d.date && d.date.slice(0, 10), url: d.url };
    if (first(p[COPY])) row.copy_of = first(p[COPY]);
    if (review) for (var k in review) if (k !== "time" && review[k] !== null) row[k] = review[k];
    return row;
  }

  var contentNames = {};
  // contentName gives the name of anything that can be claimed: a label, else
  // the words of the place.
  function contentName(node) {
    if (!isNode(node)) return node;
    if (!(node in contentNames)) contentNames[node] = get(node, LABEL) || line(get(node, TEXT)) || short(node);
    return contentNames[node];
  }

  function line(text) { return text === null ? null : String(text).replace(SPACES, " ").trim(); }

  var SIDES = { support: ["asserts", "confirms", "estimates", "suggests", "believes", "predicts", "warns", "praises", "promises"],
    oppose: ["denies", "doubts", "blames", "criticizes"], uncommitted: ["suspends-judgment", "asks"],
    "no-comment": ["declines-comment", "unreachable"], directive: ["demands"] };

  // side gives the coarse stance.
  function side(stance) {
    for (var s in SIDES) if (SIDES[s].indexOf(stance) >= 0) return s;
    return null;
  }

  // within tells whether a row lies between params.since and params.until.
  function within(row) {
    if (params.since && !(row.date && row.date.slice(0, 10) >= params.since.slice(0, 10))) return false;
    return !params.until || !!row.date && row.date.slice(0, 10) <= params.until.slice(0, 10);
  }

  var COPY = "<hs:copyOf>", days = {};
  function day(document) {
    if (!(document in days)) {
      var date = get(document, DATE);
      days[document] = date && date.slice(0, 10);
    }
    return days[document];
  }

  // heads gives of each claim what most questions are decided by: {claim, source,
  // source_kind, stance, document, date}, and of one that repeats another in a copy
  // of the same text, copy_of. A voice without a name is the first one's there.
  function heads(claims) {
    var answer = known && known.heads(claims);
    if (answer) return answer;
    return claims.map(function (c) {
      var stance = get(c, "<hs:stance>"), document = documentOf(get(c, FROM)), copied = get(c, COPY), kind = get(c, "<hs:sourceKind>");
      return { claim: c, source: get(copied && kind !== "named" ? copied : c, "<hs:source>"), source_kind: kind, stance: stance && short(stance),
        document: document, date: day(document), copy_of: copied };
    });
  }

  // ranked gives the first params.limit rows of a ranking over many claims,
  // "speakers" or "disputes", from memory; null where the query has to rank itself,
  // as it has to about one of several nodes that are one.
  function ranked(name, kinds) {
    if (params.about && mentioned(params.about).length > 1) return null;
    return known && known[name](params.about, params.since, params.until, params.review, params.limit, kinds);
  }

  // decision gives what an analyst decided last on a node, null for nothing:
  // {review, grade, review_note, right_stance, right_source}.
  function decision(node) {
    var answer = known && known.decision(node);
    if (answer !== null && answer !== undefined) return answer || null;
    var last = null;
    into(node, "<hs:decides>").forEach(function (d) {
      var p = properties(d), time = first(p["<http://www.w3.org/ns/prov#generatedAtTime>"]);
      if (last && last.time > time) return;
      var stance = first(p["<hs:rightStance>"]);
      last = { time: time, review: first(p["<hs:verdict>"]), grade: (first(p["<hs:reliability>"]) || "") + (first(p["<hs:credibility>"]) || "") || null,
        review_note: first(p["<hs:note>"]), right_stance: stance && short(stance), right_source: first(p["<hs:rightSource>"]) };
    });
    return last;
  }

  // reviewed tells whether a claim's review is one that params.review asks for.
  function reviewed(id) {
    if (!params.review || params.review === "any") return true;
    var d = decision(id), verdict = d && d.review;
    if (params.review === "undecided") return !verdict;
    return params.review === "accepted" ? verdict === "accept" || verdict === "correct" : verdict !== "reject";
  }

  // newestWith are the claims that have a value, of one or several, or where that is
  // null any claim, in one of the predicates; newestAbout are those of claimsAbout, and
  // newestOf those of claimsOf. Rows takes of them the latest, and looks at no others
  // where the program can tell which these are.
  function newestWith(predicates, value) {
    return { kind: "with", what: predicates, value: value, all: function () {
      var list = value === null ? into(into("<hs:Claim>", TYPE), predicates) : into(value, predicates);
      return list.filter(isClaim);
    } };
  }
  function newestAbout(node) { return newestBy("about", node, claimsAbout); }
  function newestOf(source) { return newestBy("of", source, claimsOf); }
  function newestBy(kind, node, claims) {
    return mentioned(node).length > 1 ? claims(node) : { kind: kind, what: node, value: null, all: function () { return claims(node); } };
  }

  // newest gives the heads that are kept of so many claims as are asked for, from the
  // latest on; null where all have to be looked at.
  function newest(claims, kept, stances) {
    var list = [], first = true;
    while (list.length < params.limit) {
      var part = known.newest(claims.kind, claims.what, claims.value, params.since, params.until, first, stances);
      if (!part || !part.length) return part && list;
      list = list.concat(kept(part));
      first = false;
    }
    return list;
  }

  // rows gives claims, a list or what newestWith and the like give, as rows, the oldest first:
  // those that keep lets through by their heads, that lie between params.since and
  // params.until, and of more than params.limit the latest.
  // Where keep lets only certain stances through, it is faster to name these, too.
  function rows(claims, keep, stances) {
    if (stances) stances = stances.map(function (s) { return "<hs:" + s + ">"; });
    function kept(list) { return heads(list).filter(function (head) { return within(head) && (!keep || keep(head)) && reviewed(head.claim); }); }
    if (claims.all) {
      var some = known && params.limit > 0 && newest(claims, kept, stances || null);
      if (some) return told(some.slice(0, params.limit)).sort(byDate);
      claims = claims.all();
    }
    var sorted = params.limit > 0 && claims.length > params.limit && known && known.latest(claims, claims.length, params.since, params.until), list = [];
    if (sorted) { // from the latest on, no further than is needed
      var step = Math.max(params.limit, 100);
      for (var i = 0; i < sorted.length && list.length < params.limit; i += step) list = list.concat(kept(sorted.slice(i, i + step)));
      return told(list.slice(0, params.limit)).sort(byDate);
    }
    list = kept(claims);
    if (params.limit && list.length > params.limit) {
      list.sort(function (a, b) { return compare(b.date || "", a.date || "") || compare(a.claim, b.claim); });
      list = list.slice(0, params.limit);
    }
    return told(list).sort(byDate);
  }

  // told gives the rows of the claims of heads.
  function told(heads) {
    var ids = heads.map(function (head) { return head.claim; });
    if (known) known.soon(ids);
    return ids.map(function (id) { return claim(id); });
  }

  function byDate(a, b) {
    return compare(a.date || "9", b.date || "9") || compare(a.document, b.document) || compare(position(a), position(b)) || compare(a.claim, b.claim);
  }
  function position(row) { return row.place ? Number((/#char=(\d+)/.exec(row.place) || [0, 0])[1]) : 0; }

  // emit gives the rows to the reader, at most params.limit.
  function emit(list) {
    var n = params.limit || list.length;
    for (var i = 0; i < list.length && i < n; i++) g.emit(list[i]);
  }

  return { TYPE: TYPE, SUBJECT: SUBJECT, PREDICATE: PREDICATE, OBJECT: OBJECT, LABEL: LABEL, FROM: FROM, TEXT: TEXT, IN: IN,
    STRING: STRING, ROLES: ROLES, SCHEMA: SCHEMA, DATE: DATE, SIDES: SIDES, all: all, any: any, out: out, into: into, having: having, grouped: grouped, properties: properties, first: first, tags: tags, get: get, name: name, short: short, isNode: isNode,
    doc: doc, decision: decision, reviewed: reviewed, nodes: nodes, mentioned: mentioned, is: is, claimsAbout: claimsAbout, claimsBy: claimsBy, claimsOn: claimsOn, claimsOf: claimsOf, contents: contents, statementsAbout: statementsAbout, counted: counted, linkedBy: linkedBy, edges: edges, claimsIn: claimsIn, isClaim: isClaim, statement: statement, linked: linked, claim: claim, contentName: contentName, line: line, side: side,
    within: within, heads: heads, newestWith: newestWith, newestAbout: newestAbout, newestOf: newestOf, latestDocuments: latestDocuments, ranked: ranked, rows: rows, byDate: byDate, compare: compare, emit: emit };
})();
