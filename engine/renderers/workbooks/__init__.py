"""Workbooks: one way to make them and one look, whatever they hold."""
