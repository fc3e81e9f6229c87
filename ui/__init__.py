"""Code shared by the pages: the frame, links, networks, jobs, charts, pictures, downloads and components."""
