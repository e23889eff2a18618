"""Reads the exports of a folder with programs that are not hearsay's own.

    read.py FOLDER [SCHEMAS]

FOLDER has graph.nquads, .trig, .jsonld, .graphml, .gexf and .stix. SCHEMAS has
graphml.xsd and gexf.xsd (1.2draft), as they come with JGraphT. Wants the
packages networkx, lxml, rdflib, pyld and stix2-validator. Prints what is wrong,
and exits 1 for it.
"""

import copy
import json
import os
import sys

import lxml.etree as etree
import networkx
import rdflib
import stix2validator
from pyld import jsonld

folder = sys.argv[1]
schemas = sys.argv[2] if len(sys.argv) > 2 else None
wrong = []


def path(ending):
    return os.path.join(folder, "graph." + ending)


def expect(ok, what):
    if not ok:
        wrong.append(what)


def quads(ending, form):
    data = rdflib.Dataset()
    data.parse(path(ending), format=form)
    return {tuple(term.n3() for term in q[:3]) + (str(q[3]),) for q in data.quads()}


def schema(name):
    os.chdir(schemas)
    return etree.XMLSchema(etree.parse(name))


# RDF: the same quads, whatever they are written in.
want = quads("nquads", "nquads")
expect(len(want) > 0, "no quads")
expect(quads("trig", "trig") == want, "trig: other quads than N-Quads")
with open(path("jsonld"), encoding="utf-8") as f:
    document = json.load(f)
expanded = jsonld.expand(document)
expect(len(expanded) > 0, "jsonld: expands to nothing")
as_nquads = jsonld.to_rdf(document, {"format": "application/n-quads"})
data = rdflib.Dataset()
data.parse(data=as_nquads, format="nquads")
got = {tuple(term.n3() for term in q[:3]) + (str(q[3]),) for q in data.quads()}
expect(got == want, "jsonld: %d quads, want %d" % (len(got), len(want)))

# Drawings: both have the same nodes and edges.
ml = networkx.read_graphml(path("graphml"), force_multigraph=True)
gexf = networkx.read_gexf(path("gexf"))
expect(ml.number_of_nodes() == gexf.number_of_nodes() > 0, "graphml and gexf: other nodes")
expect(ml.number_of_edges() == gexf.number_of_edges() > 0, "graphml and gexf: other edges")
for name, graph in (("graphml", ml), ("gexf", gexf)):
    for node, has in graph.nodes(data=True):
        expect(has.get("label") and has.get("kind") and has.get("iri"), "%s: node %s: %s" % (name, node, has))
    for a, b, has in graph.edges(data=True):
        expect(has.get("label") and has.get("kind") in ("stance", "part", "fact", "link"), "%s: edge %s %s: %s" % (name, a, b, has))
        expect(has.get("kind") != "stance" or has.get("side"), "%s: stance of no side: %s" % (name, has))

if schemas:
    check = schema("graphml.xsd")
    if not check.validate(etree.parse(path("graphml"))):
        wrong.append("graphml: %s" % check.error_log)
    # The schema at hand is that of 1.2: what 1.3 added is taken out, and the
    # colours, whose namespace that schema gets wrong.
    text = open(path("gexf"), encoding="utf-8").read()
    text = text.replace("http://gexf.net/1.3", "http://www.gexf.net/1.2draft").replace('version="1.3"', 'version="1.2"')
    tree = etree.fromstring(text.encode())
    for e in list(tree.iter()):
        e.attrib.pop("kind", None)
        if etree.QName(e).localname == "color":
            e.getparent().remove(e)
    check = schema("gexf.xsd")
    if not check.validate(tree):
        wrong.append("gexf: %s" % check.error_log)

# STIX: valid, every reference leads to an object, nothing has a confidence of its own.
with open(path("stix"), encoding="utf-8") as f:
    bundle = json.load(f)
result = stix2validator.validate_instance(copy.deepcopy(bundle))
expect(result.is_valid, "stix: %s" % [str(e) for e in result.errors[:5]])
ids = {o["id"] for o in bundle["objects"]}
expect(len(ids) == len(bundle["objects"]), "stix: an id twice")
for o in bundle["objects"]:
    for ref in o.get("object_refs", []) + [o[k] for k in ("created_by_ref", "source_ref", "target_ref") if k in o]:
        expect(ref in ids, "stix: %s refers to %s, which isn't there" % (o["id"], ref))

for line in wrong[:40]:
    print(line)
sys.exit(1 if wrong else 0)
