"""Tests of the redline."""
