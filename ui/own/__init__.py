"""A visitor's own pictures and the models trained on them: kept for the visit, and invisible to others."""
