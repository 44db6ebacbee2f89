"""The yearly report: chosen by its address, compiled from engine and record, written as a page, HTML file and Word."""
