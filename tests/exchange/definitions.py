# SPDX-License-Identifier: Apache-2.0
"""Is a resource what FHIR R4 says, is an object what HSDS says? Reads the published definitions where they lie; they are
no part of this project. Of FHIR: names of members, cardinalities, JSON types, codes that a definition lists, nothing
empty. Of JSON Schema: the keywords that HSDS uses."""

import json
import re
import uuid
from urllib.parse import urlsplit

# The data types of FHIR that the directory uses; the published definitions at hand are those of resources alone.
# Each member with its type; * marks a list.
DATA_TYPES = {
    "Meta": {"versionId": "id", "lastUpdated": "instant", "source": "uri", "profile": "canonical*", "security": "Coding*", "tag": "Coding*"},
    "Identifier": {"use": "code", "type": "CodeableConcept", "system": "uri", "value": "string", "period": "Period", "assigner": "Reference"},
    "CodeableConcept": {"coding": "Coding*", "text": "string"},
    "Coding": {"system": "uri", "version": "string", "code": "code", "display": "string", "userSelected": "boolean"},
    "ContactPoint": {"system": "code", "value": "string", "use": "code", "rank": "positiveInt", "period": "Period"},
    "Address": {"use": "code", "type": "code", "text": "string", "line": "string*", "city": "string", "district": "string", "state": "string",
                "postalCode": "string", "country": "string", "period": "Period"},
    "Reference": {"reference": "string", "type": "uri", "identifier": "Identifier", "display": "string"},
    "Period": {"start": "dateTime", "end": "dateTime"},
    "Narrative": {"status": "code", "div": "string"},
    "Extension": {"url": "uri", "valueCoding": "Coding", "valueIdentifier": "Identifier"},
}
CODES = {("ContactPoint", "system"): {"phone", "fax", "email", "pager", "url", "sms", "other"},
         ("ContactPoint", "use"): {"home", "work", "temp", "old", "mobile"},
         ("Address", "use"): {"home", "work", "temp", "old", "billing"},
         ("Address", "type"): {"postal", "physical", "both"}}
PRIMITIVES = {
    "string": r"[ \r\n\t\S]+", "markdown": r"[ \r\n\t\S]+", "code": r"[^\s]+(\s[^\s]+)*", "id": r"[A-Za-z0-9\-.]{1,64}", "uri": r"\S+",
    "url": r"\S+", "canonical": r"\S+", "dateTime": r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?)?)?",
    "date": r"\d{4}(-\d\d(-\d\d)?)?", "instant": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", "time": r"\d\d:\d\d:\d\d(\.\d+)?",
    "http://hl7.org/fhirpath/System.String": r"[ \r\n\t\S]+",
}


class Fhir:
    def __init__(self, folder):
        self.folder = folder
        self.definitions = {}

    def elements(self, kind):
        """The elements of a resource by the path of what holds them."""
        if kind not in self.definitions:
            file = self.folder / f"{kind}.json"
            if not file.exists():
                return None
            below = {}
            for element in json.loads(file.read_text("utf-8"))["snapshot"]["element"]:
                if ":" in element["id"] or "." not in element["path"]:
                    continue
                holder, name = element["path"].rsplit(".", 1)
                below.setdefault(holder, {})[name] = element
            self.definitions[kind] = below
        return self.definitions[kind]

    def faults(self, resource):
        kind = resource.get("resourceType")
        below = self.elements(kind)
        if below is None:
            return [f"there is no definition of {kind}"]
        return list(self._object(below, kind, {name: value for name, value in resource.items() if name != "resourceType"}, kind))

    def _object(self, below, path, value, place):
        if not isinstance(value, dict) or not value and path.count("."):
            yield f"{place}: no object, or an empty one"
            return
        members = {}
        for name, element in below[path].items():
            types = [one["code"] for one in element.get("type", [])]
            if name.endswith("[x]"):
                for code in types:
                    members[name[:-3] + code[0].upper() + code[1:]] = (element, [code])
            else:
                members[name] = (element, types)
        for name in value:
            if name not in members:
                yield f"{place}/{name} is not defined"
        for name, (element, types) in members.items():
            if name not in value:
                if element["min"] > 0 and not element["path"].endswith("[x]"):
                    yield f"{place}/{name} is missing"
                continue
            found = value[name]
            many = element["base"]["max"] != "1"
            if isinstance(found, list) != many or found == []:
                yield f"{place}/{name}: {'a list' if many else 'no list'} with something in it is wanted"
                continue
            if element["max"] != "*" and isinstance(found, list) and len(found) > int(element["max"]):
                yield f"{place}/{name}: more than {element['max']}"
            for index, one in enumerate(found if many else [found]):
                here = f"{place}/{name}" + (f"/{index}" if many else "")
                yield from self._value(below, element, types, one, here)

    def _value(self, below, element, types, value, place):
        path = element["path"]
        if "contentReference" in element:
            yield from self._object(below, element["contentReference"].lstrip("#"), value, place)
        elif types[0] in ("BackboneElement", "Element"):
            yield from self._object(below, path, value, place)
        elif types[0] == "Resource":
            yield from (f"{place}: {one}" for one in self.faults(value))
        elif types[0] in DATA_TYPES:
            yield from data_type(types[0], value, place)
        else:
            yield from primitive(types[0], value, place)
            listed = [one.strip() for one in element.get("short", "").split("|")]
            if element.get("binding", {}).get("strength") == "required" and len(listed) > 1 and all(re.fullmatch(r"[a-z-]+", one) for one in listed) \
                    and value not in listed:
                yield f"{place}: {value!r} is none of {listed}"


def data_type(name, value, place):
    if not isinstance(value, dict) or not value:
        yield f"{place}: no {name}"
        return
    for member, found in value.items():
        wanted = DATA_TYPES[name].get(member)
        if wanted is None:
            yield f"{place}/{member} is not defined for {name}"
            continue
        if isinstance(found, list) != wanted.endswith("*") or found == []:
            yield f"{place}/{member}: a list with something in it, or none, is wanted"
            continue
        kind = wanted.rstrip("*")
        for one in found if isinstance(found, list) else [found]:
            yield from (data_type if kind in DATA_TYPES else primitive)(kind, one, f"{place}/{member}")
        if (name, member) in CODES and found not in CODES[name, member]:
            yield f"{place}/{member}: {found!r} is no code of it"


def primitive(kind, value, place):
    if kind == "boolean":
        good = isinstance(value, bool)
    elif kind in ("integer", "unsignedInt", "positiveInt"):
        good = isinstance(value, int) and not isinstance(value, bool) and value >= {"unsignedInt": 0, "positiveInt": 1}.get(kind, -2**31)
    elif kind == "decimal":
        good = isinstance(value, (int, float)) and not isinstance(value, bool)
    elif kind in PRIMITIVES:
        good = isinstance(value, str) and re.fullmatch(PRIMITIVES[kind], value) is not None and value.strip() != ""
    else:
        yield f"{place}: this test does not know the type {kind}"
        return
    if not good:
        yield f"{place}: {value!r} is no {kind}"


class Hsds:
    def __init__(self, folder):
        self.folder = folder
        self.schemas = {}

    def schema(self, name):
        if name not in self.schemas:
            self.schemas[name] = json.loads((self.folder / name).read_text("utf-8"))
        return self.schemas[name]

    def faults(self, name, value):
        return list(self._faults(self.schema(f"{name}.json"), value, name))

    def _faults(self, schema, value, place):
        if "$ref" in schema:
            schema = self.schema(schema["$ref"].rsplit("/", 1)[-1])
        types = {"object": dict, "array": list, "string": str, "number": (int, float), "integer": int, "boolean": bool}
        if "type" in schema and (not isinstance(value, types[schema["type"]]) or isinstance(value, bool) and schema["type"] != "boolean"):
            yield f"{place}: {value!r} is no {schema['type']}"
            return
        if "enum" in schema and value not in schema["enum"]:
            yield f"{place}: {value!r} is none of {schema['enum']}"
        if "format" in schema and isinstance(value, str) and not has_format(schema["format"], value):
            yield f"{place}: {value!r} is no {schema['format']}"
        if isinstance(value, dict):
            for name in schema.get("required", []):
                if name not in value:
                    yield f"{place}/{name} is missing"
            for name, member in value.items():
                if name not in schema["properties"]:
                    yield f"{place}/{name} is not defined"
                else:
                    yield from self._faults(schema["properties"][name], member, f"{place}/{name}")
        if isinstance(value, list):
            for index, item in enumerate(value):
                yield from self._faults(schema["items"], item, f"{place}/{index}")


def has_format(name, value):
    try:
        if name == "uuid":
            return str(uuid.UUID(value)) == value
        if name == "uri":
            return bool(urlsplit(value).scheme)
    except ValueError:
        return False
    return name != "email" or "@" in value
