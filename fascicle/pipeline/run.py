"""One run for one edition: what was asked for, what has been found, and the telling of steps."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from fascicle.core.diagnostics import Collector
from fascicle.core.events import Listener, Progress, StepBegun, StepDone
from fascicle.core.system.locks import lock_file, wait_for_lock
from fascicle.core.system.sandbox_trial import stand_for
from fascicle.project.manifest import state_folder
from fascicle.project.publication import PUBLICATION
from fascicle.project.sources import Sources

if TYPE_CHECKING:
    from fascicle.latex.assemble import Assembled
    from fascicle.typeset.job import Job, PassEvent, TypesetOutcome

    Typesetting = Callable[[Job, Assembled, Callable[[PassEvent], None]], TypesetOutcome]

BUILD = "build"
"""The folder of everything that is made, in the project folder."""


SECONDS = 120.0
"""Time that any text may take: enough for an article on a slow and busy machine."""
CHARACTERS_A_SECOND = 2_000
"""What each further second is for: a thesis of a million characters may take ten minutes, all passes together."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for on the command line."""

    project: Path
    """The publication's folder, absolute."""
    no_trust: bool = False
    """Take back whatever trust the publication gives itself."""
    trust_templates: bool = False
    """Use the publication's own templates all the same: inside the wall, with neither scripts nor raw LaTeX."""
    withheld: bool = False
    """True when nobody asked for that: trust is taken back because several publications are built at once."""
    allow_pending: bool = False
    """Accept placeholder plates where an edition forbids them."""
    strict: bool = False
    """Let warnings fail."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """Settings of the edition given on the command line (`--set`), in the form of `editions: NAME:`."""
    seconds: float | None = None
    """Longest time that typesetting one edition may take; None for what a text of its length may need."""
    hurried: bool = False
    """True while somebody waits for each page: what takes long and changes none, such as tags, is left out."""
    alone: bool = True
    """False while other editions are built beside this one, so that each keeps to one core."""
    imposed: Mapping[str, Any] = field(default_factory=dict)
    """What a collection states of the publication, such as its pages, in the form of publication.yaml."""
    place: Path | None = None
    """The folder whose `build/` takes the results, such as a collection's; None for the publication's own."""

    @property
    def home(self) -> Path:
        """The folder whose `build/` takes the results."""
        return self.place or self.project

    @property
    def state(self) -> Path:
        """The folder of what is kept from build to build: of an untrusted publication one of our own, outside it."""
        return Path(state_folder(self.home, untrusted=self.no_trust))

    def open_sources(self) -> Sources:
        """What reads the publication's files, held to the trust that it gets."""
        return Sources(self.project, trusted=not self.no_trust, templates=self.trust_templates)

    def allowed(self, length: int = 0) -> float:
        """Seconds that typesetting so many characters of LaTeX may take."""
        return self.seconds or SECONDS + length / CHARACTERS_A_SECOND


@dataclass
class Run:
    """A run of the steps for one edition."""

    request: Request
    """What was asked for."""
    edition: str
    """The edition's name."""
    listen: Listener
    """Is told what goes on."""
    problems: Collector = field(default_factory=Collector)
    """What has been found so far."""
    sources: Sources | None = None
    """What has been read so far; None before step 1."""
    typesetting: Typesetting | None = None
    """Typesets a job in the place of `typeset`: for a watcher, which has engines waiting."""
    untagged: str = ""
    """Why the PDF, which might be tagged, is not; empty for others."""
    forgone: bool = False
    """True once the edition has been tried with tags in vain."""
    stop: Event | None = None
    """Once it is set, nobody wants the result any more."""

    def __post_init__(self) -> None:
        """Every program of this run stands behind the wall that the publication needs."""
        stand_for(untrusted=self.request.no_trust)

    @contextmanager
    def step(self, number: int) -> Iterator[list[str]]:
        """Tell a step's begin and end; what is put into the list is told as its detail."""
        self.listen(StepBegun(number, self.edition))
        begun, detail = time.monotonic(), [""]
        yield detail
        self.listen(StepDone(number, self.edition, time.monotonic() - begun, detail[-1]))

    @contextmanager
    def locked(self, waiting: str) -> Iterator[None]:
        """Let no other process make the same; `waiting` is told when one does, and LockedError comes after the time limit."""
        if not (self.request.project / PUBLICATION).is_file():
            yield  # nothing can be made here, and a folder that is no publication is left as it is
            return
        with lock_file(self.build / "locks" / self.edition) as handle:
            reported = Progress(self.edition, waiting)
            wait_for_lock(handle, self.request.allowed(), lambda: self.listen(reported))
            yield

    @property
    def stopped(self) -> bool:
        """True when nobody wants the result any more."""
        return self.stop is not None and self.stop.is_set()

    @property
    def judged(self) -> Collector:
        """What has been found, warnings counted as errors when that was asked for."""
        return self.problems.with_warnings_as_errors() if self.request.strict else self.problems

    @property
    def build(self) -> Path:
        """The folder of everything that is kept from build to build."""
        return self.request.state
