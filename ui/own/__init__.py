"""A person's own pictures and what is trained on them: kept for the visit, seen by nobody else."""
