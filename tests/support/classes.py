"""Stand-ins for classes that may not be passed on: the commands that our templates use, over LaTeX's article."""

from __future__ import annotations

from collections.abc import Mapping

_COMMON = r"""
\NeedsTeXFormat{LaTeX2e}
\ProvidesClass{%s}
\DeclareOption*{}\ProcessOptions\relax
\LoadClass{article}
"""
STUBS: Mapping[str, str] = {
    "sn-jnl.cls": _COMMON % "sn-jnl"
    + r"""
\newcommand\sur[1]{#1}\newcommand\email[1]{\par #1}
\renewcommand\title[2][]{\gdef\@title{#2}}
\let\fa@authors\@empty
\RenewDocumentCommand\author{sO{}m}{\g@addto@macro\fa@authors{\par #3}}
\newcommand\affil[2][]{\g@addto@macro\fa@authors{\par #2}}
\renewcommand\abstract[1]{\gdef\fa@abstract{\par #1}}
\newcommand\keywords[1]{\gdef\fa@keywords{\par #1\par}}
\renewcommand\maketitle{{\LARGE\@title\par}\fa@authors\fa@abstract\fa@keywords}
""",
    "interact.cls": _COMMON % "interact"
    + r"""
\newcommand\name[1]{#1}\newcommand\affil[1]{\par #1}
\newenvironment{keywords}{\par}{\par}
""",
    "sagej.cls": _COMMON % "sagej"
    + r"""
\newcommand\runninghead[1]{}\newcommand\affilnum[1]{\textsuperscript{#1}}
\let\fa@affiliation\@empty \let\fa@abstract\@empty \let\fa@keywords\@empty
\newcommand\affiliation[1]{\gdef\fa@affiliation{\par #1}}
\newsavebox\fa@box
\renewenvironment{abstract}{\global\setbox\fa@box\vbox\bgroup\hsize\textwidth}{\egroup}
\newcommand\keywords[1]{\gdef\fa@keywords{\par #1\par}}
\renewcommand\maketitle{{\LARGE\@title\par}\@author\fa@affiliation\par\unvbox\fa@box\fa@keywords}
""",
}
"""By the name of the class's file."""
