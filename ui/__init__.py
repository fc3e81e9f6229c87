"""Shared by all pages: the frame, links, checkpoints and networks, jobs, charts, pictures, downloads, components."""
