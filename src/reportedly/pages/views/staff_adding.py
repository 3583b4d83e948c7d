"""Adding an address or a file, and how far that is."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from reportedly.articles import addresses
from reportedly.errors import InputError, ReadError
from reportedly.pages import roles, working
from reportedly.record import jobs
from reportedly.record.models import Job

#: Jobs that are listed, the latest first.
LISTED = 30


class AddForm(forms.Form):
    """An address, or a file; one of them."""

    address = forms.CharField(
        required=False, max_length=2000, strip=True, widget=forms.URLInput({"placeholder": "https://"})
    )
    file = forms.FileField(required=False, max_length=200, widget=forms.FileInput({"accept": ",".join(jobs.SUFFIXES)}))

    def clean(self) -> dict[str, object] | None:
        """Refuse neither, both, and addresses that are not of the public internet."""
        address, file = self.cleaned_data.get("address"), self.cleaned_data.get("file")
        if bool(address) == bool(file):
            raise forms.ValidationError("Give an address or a file, one of them.")
        if address:
            self._check(address)
        return None

    def _check(self, address: str) -> None:
        try:
            addresses.resolve(address, settings.REPORTEDLY.allow_private_addresses)
        except ReadError as error:
            self.add_error("address", error.reason)


@roles.needs("editor")
def add(request: HttpRequest) -> HttpResponseBase:
    """The form, and the latest jobs."""
    form = AddForm(request.POST, request.FILES) if request.method == "POST" else AddForm()
    if request.method == "POST" and form.is_valid():
        job = _given(request, form)
        if job is not None:
            working.wake()
            return redirect("staff-job", job.pk)
    working.wake()
    largest = settings.REPORTEDLY.max_download // 1_000_000
    content = {
        "form": form,
        "jobs": Job.objects.order_by("-pk")[:LISTED],
        "suffixes": jobs.SUFFIXES,
        "largest": largest,
    }
    return render(request, "pages/staff/add.html", content | {"here": "add"}, status=400 if form.errors else 200)


def _given(request: HttpRequest, form: AddForm) -> Job | None:
    user, file = request.user.get_username(), form.cleaned_data["file"]
    if not isinstance(file, UploadedFile):
        return jobs.give(form.cleaned_data["address"], user)
    try:
        return jobs.give_file(file.name or "", file.chunks(), user, settings.REPORTEDLY)
    except InputError as error:
        form.add_error("file", str(error))
        return None


@roles.needs("editor")
def job(request: HttpRequest, number: int) -> HttpResponse:
    """How far a job is; the page asks again by itself until it is over."""
    row = Job.objects.filter(pk=number).first()
    if row is None:
        raise Http404(f"{number}: no such job")
    working.wake()
    part = "pages/staff/_job.html" if request.headers.get("HX-Target") == "job" else "pages/staff/job.html"
    over = row.state in ("done", "failed")
    return render(request, part, {"job": row, "over": over, "lines": row.messages.split("\n"), "here": "add"})


@roles.needs("editor")
def again(request: HttpRequest, number: int) -> HttpResponseBase:
    """Take a failed job of an address up again."""
    row = Job.objects.filter(pk=number, state="failed", path="").first()
    if row is None or request.method != "POST":
        raise Http404(f"{number}: no such failed job of an address")
    fresh = jobs.give(row.source, request.user.get_username())
    messages.success(request, f"{row.source} is tried again.")
    working.wake()
    return redirect("staff-job", fresh.pk)
