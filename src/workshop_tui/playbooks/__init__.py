"""Playbooks: the two that come with the app, and the reader of everybody's own."""
