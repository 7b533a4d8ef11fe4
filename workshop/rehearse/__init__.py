"""A whole workshop, played against a running server by people who know of it only what their pages show.

Nothing of rules, state, session or regions is imported here: what is checked comes from sockets and downloads.
"""
