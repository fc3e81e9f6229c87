"""What pages share: the frame, links, checkpoints and their networks, jobs, charts, pictures, downloads, components."""
