"""Words that attack a page which shows them unescaped, or that spoil one which shows them escaped."""

from __future__ import annotations

SCRIPTS = (
    "<script>alert('xss')</script>",
    '"><img src=x onerror="alert(1)">',
    "<svg/onload=alert(1)>",
    '<a href="javascript:alert(1)">click</a>',
    "</title></textarea><iframe src=//evil.example></iframe>",
    "{% url 'admin:index' %}{{ settings.SECRET_KEY }}",
    "<style>body{display:none}</style>",
    "<!--<script>-->",
    "]]></script><script>alert(1)</script>",
)
#: Marks that turn the direction of what follows, in a name that would read "exe.gpj".
BIDI = "\u202egpj.exe\u2066 \u200f\u061c"
LONG = "x" * 400
EVERY = " ".join(SCRIPTS)
#: What of it must nowhere stand in a page as it was written.
RAW = ("<script>alert", "<img src=x", "<svg/onload", "<iframe", "<style>body", '<a href="javascript:', "<!--<script>")
#: An address that a browser would run.
JAVASCRIPT = "javascript:alert(document.cookie)//https://news.example/"
