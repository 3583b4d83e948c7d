"""Articles as they were read: addresses, revisions of the text, codings of a revision, and who rests on whom."""

from __future__ import annotations

from django.db import models


class Article(models.Model):
    """One report of one outlet, whatever its address and however often it was changed.

    `public_id` is the id that the article came with, else `articles.reader.identity` of what was read first.
    `revision` and `coding` are those that count now; `profile` is what linking keeps of the text as a whole
    (`events.mentions.LinkMention.profile`), once for all its mentions.
    """

    public_id = models.CharField(max_length=64, unique=True)
    outlet = models.ForeignKey("Source", null=True, on_delete=models.PROTECT, related_name="articles")
    title = models.TextField(blank=True)
    published = models.CharField(max_length=40, blank=True)
    day = models.DateField(null=True, db_index=True)
    added = models.DateTimeField(auto_now_add=True)
    profile = models.BinaryField(default=b"")
    revision = models.OneToOneField("Revision", null=True, on_delete=models.PROTECT, related_name="+")
    coding = models.OneToOneField("Coding", null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.title or self.public_id


class Address(models.Model):
    """An address at which an article was found; several may lead to one article. `key` is its canonical form
    (`identity.address`), `url` what it is fetched by."""

    key = models.TextField(unique=True)
    url = models.TextField()
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="addresses")

    class Meta:
        verbose_name_plural = "addresses"

    def __str__(self) -> str:
        return self.url


class Revision(models.Model):
    """The text of an article as it stood at one time; never altered. `content` is the SHA-256 of outlet, headline
    and text (`identity.content`), by which the same report is known again at any address."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    content = models.CharField(max_length=64, db_index=True)
    title = models.TextField(blank=True)
    text = models.TextField()
    published = models.CharField(max_length=40, blank=True)
    modified = models.CharField(max_length=40, blank=True)
    publisher = models.TextField(blank=True)
    author = models.TextField(blank=True)
    language = models.CharField(max_length=16, blank=True)
    fetched = models.CharField(max_length=40, blank=True)
    archive = models.CharField(max_length=64, blank=True)
    added = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="one_revision_a_number")]
        ordering = ["article", "number"]

    def __str__(self) -> str:
        return f"{self.article_id} revision {self.number}"


class Coding(models.Model):
    """What one version of the coder made of a revision: the whole coded article, as JSON bytes of the format."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="codings")
    program = models.CharField(max_length=40)
    model = models.CharField(max_length=80)
    lexicons = models.CharField(max_length=40)
    coded = models.BinaryField()
    added = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revision", "program", "model", "lexicons"], name="one_coding_a_version")
        ]

    def __str__(self) -> str:
        return coder(self.program, self.model, self.lexicons)


def coder(program: str = "", model: str = "", lexicons: str = "") -> str:
    """What coded an article, in words."""
    parts = (("Reportedly", program), ("language model", model), ("lexicons", lexicons))
    return ", ".join(f"{what} {version}" for what, version in parts if version) or "a coder that does not say which"


class CopyBand(models.Model):
    """A key under which near-copies of an article are looked for (`events.copies.bands`), as a number
    (`hashing.number`)."""

    band = models.BigIntegerField(db_index=True)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="bands")

    def __str__(self) -> str:
        return str(self.band)


class Dependency(models.Model):
    """An article that copies another (`events.findings.Dependency` of the kind "copy")."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="rests_on")
    on = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="copied_by")
    similarity = models.FloatField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "on"], name="one_dependency_a_pair")]

    def __str__(self) -> str:
        return f"{self.article_id} rests on {self.on_id}"


class Credit(models.Model):
    """An outlet that an article credits for its text ("(AP)", "Agencies"; `events.copies_credits`)."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="credits")
    name = models.TextField()

    def __str__(self) -> str:
        return self.name


class StoryTerm(models.Model):
    """One of an article's rarest terms, as a number, by which articles of the same story are looked up
    (`events.linking.Linker.story`)."""

    term = models.BigIntegerField(db_index=True)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="story_terms")

    def __str__(self) -> str:
        return str(self.term)
