"""The part of SARIF 2.1.0's schema (OASIS, section 3) that concerns what we write, as strict models.

The schema itself comes with no package that we could install, so its rules are restated here: which properties an
object may and must have, of which kind they are, and their smallest values. A property not named here is refused.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel
from pydantic_core import Url


def _reference(uri: str) -> str:
    """A URI or relative reference of RFC 3986: ASCII, without what must be written as %XX."""
    if not uri.isascii() or any(character in uri for character in ' "<>\\^`{|}') or not uri.isprintable():
        raise ValueError("not a URI reference")
    return uri


Reference = Annotated[str, AfterValidator(_reference)]
Level = Literal["none", "note", "warning", "error"]
Positive = Annotated[int, Field(ge=1, strict=True)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", alias_generator=to_camel, strict=True)


class Text(Strict):
    text: str


class Configuration(Strict):
    level: Level


class Rule(Strict):
    id: str
    full_description: Text
    default_configuration: Configuration


class Driver(Strict):
    name: str
    version: str
    information_uri: Reference | None = None
    rules: list[Rule]

    @model_validator(mode="after")
    def _unique(self) -> Driver:
        assert len({rule.id for rule in self.rules}) == len(self.rules), "rules must differ"
        return self


class Tool(Strict):
    driver: Driver


class Region(Strict):
    start_line: Positive
    start_column: Positive
    end_line: Positive | None = None
    end_column: Positive | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Region:
        end = (self.end_line or self.start_line, self.end_column or self.start_column)
        assert end >= (self.start_line, self.start_column), "the region ends before it begins"
        return self


class Artifact(Strict):
    uri: Reference


class Physical(Strict):
    artifact_location: Artifact
    region: Region


class Location(Strict):
    physical_location: Physical


class Result(Strict):
    rule_id: str
    level: Level
    message: Text
    locations: list[Location] = []


class Run(Strict):
    tool: Tool
    column_kind: Literal["utf16CodeUnits", "unicodeCodePoints"]
    results: list[Result]

    @model_validator(mode="after")
    def _rules_are_there(self) -> Run:
        known = {rule.id for rule in self.tool.driver.rules}
        assert all(result.rule_id in known for result in self.results), "a result's rule is not listed"
        return self


class Log(BaseModel):
    model_config = ConfigDict(extra="forbid")
    schema_: Annotated[str, AfterValidator(lambda uri: str(Url(uri)))] = Field(alias="$schema")
    version: Literal["2.1.0"]
    runs: list[Run]
