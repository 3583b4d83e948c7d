"""What readers respond: a form of its own address, which a page can also open in place."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from reportedly.errors import QueryError
from reportedly.pages import visitors
from reportedly.pages.templatetags import linking
from reportedly.record import responses
from reportedly.record.responses import About

#: Characters of a response, at most.
LONGEST = 5000
#: Seconds that a person needs at least to write one, and for which a form stays good.
FASTEST, OLDEST = 3, 24 * 60 * 60
SALT = "reportedly.responses"


class ResponseForm(forms.Form):
    """Name, email, text; `website` is a trap that people do not see, `opened` says when the form was sent out."""

    name = forms.CharField(max_length=100, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(max_length=254, widget=forms.EmailInput({"autocomplete": "email"}))
    text = forms.CharField(
        max_length=LONGEST, strip=True, widget=forms.Textarea({"rows": 7, "maxlength": LONGEST}), label="Your response"
    )
    website = forms.CharField(required=False)
    opened = forms.CharField(required=False)

    def clean_name(self) -> str:
        """A name without marks that nobody sees."""
        return _seen(self.cleaned_data["name"], "Enter your name.")

    def clean_text(self) -> str:
        """A text without marks that nobody sees."""
        return _seen(self.cleaned_data["text"], "Enter your response.")

    def clean(self) -> dict[str, object] | None:
        """Refuse what programs send: a filled trap, or a form that is sent as soon as it is opened."""
        if self.cleaned_data.get("website"):
            raise forms.ValidationError("A field that stays empty was filled in. Please send the response again.")
        if not _opened_a_while_ago(self.cleaned_data.get("opened", "")):
            raise forms.ValidationError("This was sent very fast, or the page had been open for long. Send it again.")
        return None


def _seen(text: str, otherwise: str) -> str:
    found = responses.clean(text)
    if not found:
        raise forms.ValidationError(otherwise)
    return found


def _opened_a_while_ago(signed: str) -> bool:
    signer = signing.TimestampSigner(salt=SALT)
    try:
        signer.unsign(signed, max_age=OLDEST)
    except signing.BadSignature:
        return False
    try:
        signer.unsign(signed, max_age=FASTEST)
    except signing.SignatureExpired:
        return True
    return False


@never_cache
def respond(request: HttpRequest, kind: str, target: str) -> HttpResponse:
    """The form, and what is sent with it; an error keeps what was typed."""
    try:
        about = responses.about(kind, target)
    except QueryError as error:
        raise Http404(str(error)) from None
    if request.method == "POST":
        return _sent(request, about)
    return _form(request, about, ResponseForm(), 200)


def _sent(request: HttpRequest, about: About) -> HttpResponse:
    form = ResponseForm(request.POST)
    sender = responses.hashed(visitors.address(request), settings.SECRET_KEY)
    if form.is_valid() and responses.too_many(about.target, sender):
        form.add_error(None, "Many responses were sent just now. Please try again in an hour.")
        return _form(request, about, form, 429)
    if not form.is_valid():
        return _form(request, about, form, 400)
    given = form.cleaned_data
    responses.submit(about, given["name"], given["email"], given["text"], sender)
    return render(request, _part(request, "thanks"), {"about": about, "back": back(about)})


def _form(request: HttpRequest, about: About, form: ResponseForm, status: int) -> HttpResponse:
    for name in form.errors:
        if name in form.fields:
            form.fields[name].widget.attrs |= {"aria-invalid": "true", "aria-describedby": f"error-{name}"}
    content = {
        "about": about,
        "form": form,
        "back": back(about),
        "opened": signing.TimestampSigner(salt=SALT).sign("opened"),
        "longest": LONGEST,
        "within": _within(request),
    }
    # htmx leaves a page as it is at an error, and ours shows what to mend.
    shown = 200 if request.headers.get("HX-Request") else status
    return render(request, _part(request, "form"), content, status=shown)


def _part(request: HttpRequest, name: str) -> str:
    return f"pages/responses/_{name}.html" if _within(request) else f"pages/responses/{name}.html"


def _within(request: HttpRequest) -> bool:
    return request.headers.get("HX-Target") == "respond"


def back(about: About) -> str:
    """The page of what a response is about."""
    if about.kind == "statement":
        return linking.at(about.article, about.target)
    return reverse(about.kind, args=[about.target])
