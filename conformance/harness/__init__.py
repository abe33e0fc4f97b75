"""Runs scenarios against libraries and judges their traces. See conformance/README.md."""
