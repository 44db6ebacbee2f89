"""Tests of reading; every file they read is made by `making`."""
