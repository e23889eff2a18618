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
var CONFLICTS = "<hs:conflictsWith>", DIFFERS = "<hs:differsFrom>";

function numbered() {
  if (params.about) return hs.having(hs.statementsAbout(params.about), "<hs:value>");
  if (params.unit) return hs.into(params.unit, "<hs:unit>");
  return hs.counted();
}

function linked(p, predicate) { return hs.linked(p, [predicate]).length > 0; }

// Numbers are of the same thing where their statements name the same subject,
// relation and object. Where only the relation is known ("41 people were
// killed"), they are if they stand in one document or are linked: every accident
// has its dead.
var leader = {};
function find(x) {
  while (x in leader && leader[x] !== x) x = leader[x];
  return x;
}
function join(a, b) { leader[find(a)] = find(b); }

var rows = [];
numbered().forEach(function (p) {
  var parts = hs.statement(p), value = parts.value, unit = parts.unit;
  if (value === null || params.unit && unit !== params.unit) return;
  var bare = parts.subject === null && parts.object === null;
  if (bare) hs.linked(p, [CONFLICTS, DIFFERS]).forEach(function (other) { join(p, other); });
  var thing = [hs.name(parts.subject), hs.name(parts.predicate), hs.name(parts.object)]
    .filter(Boolean).join(" ");
  var number = { proposition: p, proposition_name: hs.name(p), thing: thing, value: value, unit: unit, bound: parts.bound,
    clash: linked(p, CONFLICTS) ? "conflicts" : linked(p, DIFFERS) ? "differs" : null };
  hs.rows(hs.claimsOn(p)).forEach(function (row) {
    if (bare) join(p, row.document);
    if (/^<hs:claim\//.test(row.claim)) rows.push(Object.assign(row, number, { target: p, target_name: number.proposition_name, bare: bare }));
  });
});
rows.forEach(function (row) {
  row.group = row.bare ? find(row.target) : row.thing;
  delete row.bare;
});
hs.emit(rows.sort(function (a, b) {
  return hs.compare(a.unit || "", b.unit || "") || hs.compare(a.thing, b.thing) || hs.compare(a.group, b.group) || a.value - b.value || hs.byDate(a, b);
}));
