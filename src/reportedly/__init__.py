"""Reportedly reads reports of war and builds a sourced record of who said what happened."""

from reportedly.data import Article, CodedArticle

__version__ = "0.1.0"
__all__ = ["Article", "CodedArticle", "__version__"]
