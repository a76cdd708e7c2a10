"""PNML: as the standard lays it down, and allowing what the net allows."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from checker.cases.language import accepts, random_walk
from checker.cases.net import Net
from checker.cases.pnml import to_pnml
from tests.cases.nets import nets, nets_with_labels

PNML = "{http://www.pnml.org/version-2009/grammar/pnml}"
GRAMMAR = """\
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://www.pnml.org/version-2009/grammar/pnml"
         datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <!-- What ISO/IEC 15909-2 says of place/transition nets, without graphics, references and pages within pages. -->
  <start><element name="pnml"><oneOrMore><element name="net">
    <attribute name="id"><data type="ID"/></attribute>
    <attribute name="type"><value>http://www.pnml.org/version-2009/grammar/ptnet</value></attribute>
    <oneOrMore><element name="page">
      <attribute name="id"><data type="ID"/></attribute>
      <zeroOrMore><choice>
        <element name="place"><ref name="node"/><optional><element name="initialMarking">
          <element name="text"><data type="nonNegativeInteger"/></element></element></optional></element>
        <element name="transition"><ref name="node"/></element>
        <element name="arc">
          <attribute name="id"><data type="ID"/></attribute>
          <attribute name="source"><data type="IDREF"/></attribute>
          <attribute name="target"><data type="IDREF"/></attribute>
          <optional><element name="inscription"><element name="text"><data type="positiveInteger"/></element></element></optional>
        </element>
      </choice></zeroOrMore>
    </element></oneOrMore>
  </element></oneOrMore></element></start>
  <define name="node">
    <attribute name="id"><data type="ID"/></attribute>
    <interleave>
      <optional><element name="name"><element name="text"><text/></element></element></optional>
      <zeroOrMore><element name="toolspecific">
        <attribute name="tool"/><attribute name="version"/><zeroOrMore><ref name="anything"/></zeroOrMore>
      </element></zeroOrMore>
    </interleave>
  </define>
  <define name="anything"><element><anyName/><zeroOrMore><choice>
    <attribute><anyName/></attribute><text/><ref name="anything"/></choice></zeroOrMore></element></define>
</grammar>
"""
Marking = frozenset[tuple[str, int]]


class TokenGame:
    """A place/transition net as its file says it: which sequences of names it allows."""

    def __init__(self, data: bytes) -> None:
        (page,) = etree.fromstring(data).iter(f"{PNML}page")
        self.takes: dict[str, Counter[str]] = {}
        self.gives: dict[str, Counter[str]] = {}
        self.names = {t.get("id", ""): t.findtext(f"{PNML}name/{PNML}text") for t in page.iter(f"{PNML}transition")}
        for name in self.names:
            self.takes[name], self.gives[name] = Counter(), Counter()
        for arc in page.iter(f"{PNML}arc"):
            source, target = arc.get("source", ""), arc.get("target", "")
            if source in self.names:
                self.gives[source][target] += 1
            else:
                self.takes[target][source] += 1

    def fire(self, markings: Iterable[Marking], name: str | None) -> set[Marking]:
        found = set()
        for marking in markings:
            tokens = Counter(dict(marking))
            for transition, label in self.names.items():
                if label == name and all(tokens[place] >= n for place, n in self.takes[transition].items()):
                    after = tokens - self.takes[transition]
                    after.update(self.gives[transition])
                    found.add(frozenset(after.items()))
        return found

    def silently(self, markings: set[Marking]) -> set[Marking]:
        seen, fresh = set(markings), set(markings)
        while fresh:
            fresh = self.fire(fresh, None) - seen
            seen |= fresh
        return seen

    def allows(self, labels: Iterable[str]) -> bool:
        markings = self.silently({frozenset([("begin", 1)])})
        for label in labels:
            markings = self.silently(self.fire(markings, label))
        return frozenset([("end", 1)]) in markings


@given(nets())
def test_is_what_the_standard_lays_down(net: Net) -> None:
    grammar = etree.RelaxNG(etree.fromstring(GRAMMAR))
    grammar.assertValid(etree.fromstring(to_pnml(net)))


@given(nets_with_labels(), st.integers(0, 2**32))
def test_allows_what_the_net_allows(given: tuple[Net, list[str]], seed: int) -> None:
    net, labels = given
    game = TokenGame(to_pnml(net))
    assert game.allows(labels) is accepts(net, labels)
    assert game.allows(random_walk(net, random.Random(seed), 1))


def test_places_stand_for_both_ends_of_a_way_without_choice() -> None:
    data = to_pnml(Net.of(["a"], {"a": ["b"], "b": ["c", "d"], "c": ["b"]}, ["d"]))
    assert b"toolspecific" not in data, "nothing silent is needed"
    assert data.count(b"<place ") == 4


def test_activities_are_called_as_asked() -> None:
    data = to_pnml(Net.of(["1"], {}, ["1"]), {"1": "Revisar <A> & B"})
    assert [t.text for t in etree.fromstring(data).iter(f"{PNML}text")] == ["1", "Revisar <A> & B"]
