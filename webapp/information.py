"""Pages that tell about the bank: /om, /om/sok, /om/kakor, /tillganglighet."""

from __future__ import annotations

from flask import Blueprint, render_template

bp = Blueprint("information", __name__)


@bp.get("/om")
def about() -> str:
    return render_template("about.html")


@bp.get("/om/sok")
def search_help() -> str:
    return render_template("search_help.html")


@bp.get("/om/kakor")
def cookies() -> str:
    return render_template("cookies.html")


@bp.get("/tillganglighet")
def accessibility() -> str:
    return render_template("accessibility.html")
