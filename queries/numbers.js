/**
 * Numbers given for the same thing, side by side, with who gave them. "clash"
 * says whether another number for it can't be right at the same time.
 *
 * @query   numbers
 * @param   {entity} [about] - only numbers in statements about this entity
 * @param   {string} [unit] - only of this unit, a word as "computer"
 * @param   {date} [since] - only documents from this day on
 * @param   {date} [until] - only documents up to this day
 * @param   {any|accepted|not-rejected|undecided} [review=any] - by what an analyst decided
 * @param   {integer} [limit=200] - at most so many rows
 * @columns thing bound value unit source_name stance clash date outlet sentence review grade
 * @draw
 * @example
 * @example about=hs:WannaCry
 * @example unit=computer
 */
var CONFLICTS = "<hs:conflictsWith>", DIFFERS = "<hs:differsFrom>", UNIT = "<hs:unit>";

function numbered() {
  if (params.about) return hs.statementsAbout(params.about);
  if (params.unit) return hs.into(params.unit, UNIT);
  return hs.counted();
}

function linked(p, predicate) { return hs.linked(p, [predicate]).length > 0; }

// Numbers are of the same thing where their statements name the same subject,
// relation and object. Where only the relation is known ("41 people were
// killed"), they are if they stand in one document or are linked: every accident
// has its dead.
var leader = {}, bare = {};
function find(x) {
  while (x in leader && leader[x] !== x) x = leader[x];
  return x;
}
function join(a, b) { leader[find(a)] = find(b); }

function thing(p) {
  var parts = hs.statement(p);
  return [hs.name(parts.subject), hs.name(parts.predicate), hs.name(parts.object)].filter(Boolean).join(" ");
}

// given are the rows of a statement.
function given(p) {
  var parts = hs.statement(p);
  if (bare[p]) hs.linked(p, [CONFLICTS, DIFFERS]).forEach(function (other) { join(p, other); });
  var number = { proposition: p, proposition_name: hs.name(p), thing: thing(p), value: parts.value, unit: parts.unit, bound: parts.bound,
    clash: linked(p, CONFLICTS) ? "conflicts" : linked(p, DIFFERS) ? "differs" : null };
  return hs.rows(hs.claimsOn(p)).filter(function (row) {
    if (bare[p]) join(p, row.document);
    return hs.isClaim(row.claim);
  }).map(function (row) { return Object.assign(row, number, { target: p, target_name: number.proposition_name }); });
}

var all = hs.having(numbered(), "<hs:value>").sort(hs.compare), rows = [];
function add(p) { given(p).forEach(function (row) { rows.push(row); }); }
all.forEach(function (p) { bare[p] = true; });
hs.having(all, [hs.SUBJECT, hs.OBJECT]).forEach(function (p) { bare[p] = false; });
all.forEach(function (p) {
  if (bare[p] && (!params.unit || hs.get(p, UNIT) === params.unit)) add(p); // all of them, since any may join others
});

// The rest in the order of the rows, no more than are asked for: n counts those that
// stand before what is still to come.
function byThing(a, b) { return hs.compare(a.unit || "", b.unit || "") || hs.compare(a.thing, b.thing); }
var first = rows.slice().sort(byThing), n = 0;
var units = hs.grouped(all.filter(function (p) { return !bare[p]; }), UNIT);
Object.keys(units).sort(hs.compare).every(function (unit) {
  if (params.unit && unit !== params.unit) return true;
  var of = {};
  units[unit].forEach(function (p) { var t = thing(p); (of[t] = of[t] || []).push(p); });
  return Object.keys(of).sort(hs.compare).every(function (t) {
    of[t].forEach(add);
    while (n < first.length && byThing(first[n], { unit: unit, thing: t }) <= 0) n++;
    return !params.limit || n + rows.length - first.length < params.limit;
  });
});
rows.forEach(function (row) { row.group = bare[row.target] ? find(row.target) : row.thing; });
hs.emit(rows.sort(function (a, b) {
  return byThing(a, b) || hs.compare(a.group, b.group) || a.value - b.value || hs.byDate(a, b);
}));
